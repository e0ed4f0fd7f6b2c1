import * as v from 'valibot';

import { readSession, writeSession } from '@/utils/storage/session';

/** After this long without a fill, a site starts afresh. */
const MEMORY_MS = 3 * 60_000;
/** The first code and one more: after that something is wrong that another code will not mend. */
const MAX_FILLS = 2;

const historySchema = v.object({ count: v.number(), validUntil: v.number(), at: v.number() });

interface Fill {
  accountId: string;
  host: string;
}

const keyOf = ({ accountId, host }: Fill): string => `fills/${accountId}/${host}`;

/**
 * Whether a code may go to a site without a click. A code serves once (RFC 6238 §5.2), so a site
 * that asks again within its time step gets the next one. A site that goes on asking refuses them
 * all, and one that submits by itself would lock the account out in seconds.
 */
export async function judgeRepeat(
  fill: Fill,
  validUntil: number,
  now: number,
  usedUntil: number | undefined,
): Promise<'fill' | 'wait' | 'stop'> {
  const last = await readSession(keyOf(fill), historySchema);
  if (!last || now - last.at > MEMORY_MS) return usedUntil === validUntil ? 'wait' : 'fill';
  if (last.count >= MAX_FILLS) return 'stop';
  return last.validUntil === validUntil ? 'wait' : 'fill';
}

/** The site took the code: it may ask again as often as it likes, though not for the same code. */
export async function rememberAccepted(fill: Fill): Promise<void> {
  const last = await readSession(keyOf(fill), historySchema);
  if (last) await writeSession(keyOf(fill), { ...last, count: 0 });
}

export async function rememberFill(fill: Fill, validUntil: number, now: number): Promise<void> {
  const last = await readSession(keyOf(fill), historySchema);
  const recent = last && now - last.at <= MEMORY_MS;
  await writeSession(keyOf(fill), { count: recent ? last.count + 1 : 1, validUntil, at: now });
}
