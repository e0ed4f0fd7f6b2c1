import * as v from 'valibot';

import { errorCodeOf, ExtensionError, type ErrorCode } from '@/utils/errors';
import type { Handlers } from '@/utils/messaging/handler';
import type { Candidate, Enrollment } from '@/utils/messaging/protocol';
import { cleanName } from '@/utils/otp/account';
import { generateCode } from '@/utils/otp/generate';
import { readOtpauthUri } from '@/utils/otp/otpauth-uri';
import { decodeQrCodes } from '@/utils/qr/decode';
import { readSession, removeSession, writeSession } from '@/utils/storage/session';
import type { VaultContents } from '@/utils/vault/contents';
import type { Vault } from '@/utils/vault/vault';

import { addAccount, findDuplicate, summaryOf } from '../account';
import type { Capture } from '../capture';

/** An enrolment waits this long for the person, in the browser's memory only. */
const PATIENCE_MS = 10 * 60_000;

const pendingSchema = v.object({
  host: v.string(),
  found: v.array(v.object({ id: v.string(), uri: v.string() })),
  refused: v.array(v.custom<ErrorCode>((value) => typeof value === 'string')),
  /** Milliseconds since the epoch. */
  expiresAt: v.number(),
});
type Pending = v.InferOutput<typeof pendingSchema>;

export interface EnrollWorld {
  vault: Vault;
  clock: () => number;
  capture: (tabId: number) => Promise<Capture>;
  /** The host that a tab shows, where the browser lets it be known. */
  hostOf: (tabId: number) => Promise<string | undefined>;
  changed: () => Promise<void>;
}

export function enrollHandlers(world: EnrollWorld): Handlers<'enroll'> {
  const { vault, clock, capture, hostOf, changed } = world;
  return {
    'enroll.scan': async ({ tabId }) => {
      const contents = await vault.read();
      const { page, picture } = await capture(tabId);
      const texts = await decodeQrCodes(picture);
      if (texts.length === 0) throw new ExtensionError('qr-missing');
      const pending = sort(texts, page.host, clock());
      if (pending.found.length > 0) await writeSession(keyOf(tabId), pending);
      return viewOf(pending, contents, clock());
    },

    'enroll.resume': async ({ tabId }) => {
      const pending = await readPending(tabId, clock());
      // A tab that has gone elsewhere has left its enrolment behind.
      if (pending?.host !== (await hostOf(tabId))) return undefined;
      return pending && viewOf(pending, await vault.read(), clock());
    },

    'enroll.save': async ({ tabId, candidateId, issuer, accountName }) => {
      const pending = await readPending(tabId, clock());
      const chosen = pending?.found.find(({ id }) => id === candidateId);
      if (!pending || !chosen) throw new ExtensionError('enrollment-expired');
      const { account, typedSecret } = readOtpauthUri(chosen.uri);
      const added = await vault.change((contents) => {
        const named = {
          ...account,
          issuer: cleanName(issuer),
          accountName: cleanName(accountName),
          // Bound to the page it was read from: what the code calls itself proves nothing.
          sites: [{ host: pending.host, scope: 'host' as const, source: 'captured' as const }],
        };
        return addAccount(contents, named, typedSecret, clock());
      });
      await forget(tabId, pending, candidateId);
      await changed();
      return summaryOf(added);
    },

    'enroll.discard': async ({ tabId }) => removeSession(keyOf(tabId)),
  };
}

/** Tells accounts from everything else that was found, each refusal with its reason. */
function sort(texts: readonly string[], host: string, now: number): Pending {
  const pending: Pending = { host, found: [], refused: [], expiresAt: now + PATIENCE_MS };
  for (const uri of texts) {
    try {
      if (!/^\s*otpauth:/i.test(uri)) throw new ExtensionError('qr-not-account');
      readOtpauthUri(uri);
      pending.found.push({ id: crypto.randomUUID(), uri });
    } catch (error) {
      pending.refused.push(errorCodeOf(error));
    }
  }
  return pending;
}

function viewOf(pending: Pending, contents: VaultContents, now: number): Enrollment {
  return {
    host: pending.host,
    candidates: pending.found.map(({ id, uri }) => candidateOf(id, uri, contents, now)),
    refused: pending.refused,
  };
}

function candidateOf(id: string, uri: string, contents: VaultContents, now: number): Candidate {
  const { account, labelIssuer } = readOtpauthUri(uri);
  const { code, validUntil } = generateCode(account, now);
  const duplicate = findDuplicate(contents, account);
  const { type, issuer, accountName, algorithm, digits, period } = account;
  return {
    id,
    type,
    issuer,
    ...(labelIssuer !== undefined && { otherIssuer: labelIssuer }),
    accountName,
    algorithm,
    digits,
    period,
    ...(duplicate && { duplicateOf: duplicate.issuer || duplicate.accountName }),
    code,
    validUntil,
  };
}

async function forget(tabId: number, pending: Pending, candidateId: string): Promise<void> {
  const found = pending.found.filter(({ id }) => id !== candidateId);
  if (found.length === 0) await removeSession(keyOf(tabId));
  else await writeSession(keyOf(tabId), { ...pending, found });
}

async function readPending(tabId: number, now: number): Promise<Pending | undefined> {
  const pending = await readSession(keyOf(tabId), pendingSchema);
  return pending && now < pending.expiresAt ? pending : undefined;
}

const keyOf = (tabId: number): string => `enroll/${tabId}`;
