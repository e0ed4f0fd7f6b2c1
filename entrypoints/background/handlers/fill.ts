import { ExtensionError } from '@/utils/errors';
import type { Handlers, Sender } from '@/utils/messaging/handler';
import type { FillAnswer } from '@/utils/messaging/protocol';
import { announceChange } from '@/utils/messaging/serve';
import { matchSite } from '@/utils/sites/match';
import { readOrigin } from '@/utils/sites/origin';
import type { StoredAccount } from '@/utils/vault/contents';

import { requireAccount } from '../account';
import { authorizeFill, type FillWorld, type Grant } from '../authorize-fill';
import { showBadge } from '../badge';
import { readFrame, readFrames, writeChoice, writeFrame, type FrameState } from '../frames';
import { rememberAccepted, rememberFill } from '../history';
import { advance } from './otp';

/** A code with less than this left would be refused by the time it is sent. */
const MIN_VALIDITY_MS = 3000;
/** How long the page has to come and get the code that the person chose for it. */
const CHOICE_MS = 10_000;

export function fillHandlers(world: FillWorld): Handlers<'fill'> {
  return {
    'fill.choose': async ({ tabId, accountId }) => {
      const frames = await readFrames(tabId);
      const target =
        frames.find(({ state }) => state.report.fields > 0) ??
        frames.find(({ state }) => state.report.delivery !== 'unknown');
      if (!target) throw new ExtensionError('page-unreachable');
      const { origin, documentId } = target.state;
      await writeChoice(tabId, {
        accountId,
        frameId: target.frameId,
        origin,
        ...(documentId !== undefined && { documentId }),
        expiresAt: world.clock() + CHOICE_MS,
      });
      await announceChange([tabId]);
    },

    'fill.report': async (report, sender) => {
      const before = await readSender(sender);
      // A document that is going says so after the next one has spoken: that one counts.
      if (before && before.documentId !== sender.documentId && !sender.active) return;
      if (before?.accountId && report.fields === 0) watchOutcome(world, sender, before.accountId);
      await record(sender, { report });
    },

    'fill.request': async (report, sender) => {
      let grant = await authorizeFill(world, sender, report);
      const left = grant.allowed ? grant.otp.validUntil - world.clock() : MIN_VALIDITY_MS;
      if (grant.allowed && left < MIN_VALIDITY_MS && !grant.chosen) {
        await pause(left + 50);
        grant = await authorizeFill(world, sender, report);
      }
      if (!grant.allowed) {
        await record(sender, { report, refusal: grant.refusal });
        const { refusal, retryAt } = grant;
        return { refusal, ...(retryAt !== undefined && { retryAt }) };
      }
      await record(sender, { report, accountId: grant.account.id });
      return release(world, grant, sender);
    },

    'fill.done': async ({ outcome }, sender) => {
      const frame = await readSender(sender);
      if (!frame) return;
      const { report, accountId } = frame;
      const kept = outcome === 'filled' && accountId !== undefined;
      await record(sender, { report, filled: kept, ...(kept && { accountId }) });
    },
  };
}

/** How long a site gets to show its form again, which is how it says no. */
const VERDICT_MS = 4000;

/** The form is gone after a code went in. When it stays away, the site has taken the code. */
function watchOutcome(world: FillWorld, sender: Sender, accountId: string): void {
  world.later(async () => {
    await pause(VERDICT_MS);
    const frame = await readSender(sender);
    if (frame && frame.report.fields > 0) return;
    const page = readOrigin(sender.origin);
    if (page) await rememberAccepted({ accountId, host: page.host });
    if (sender.incognito) return;
    const { accounts } = await world.vault.read();
    if (accounts.find(({ id }) => id === accountId)?.confirmedAt !== undefined) return;
    await world.vault.change((contents) => {
      requireAccount(contents, accountId).confirmedAt = world.clock();
    });
    await announceChange();
  });
}

function pause(timeoutMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeoutMs));
}

type Allowed = Extract<Grant, { allowed: true }>;

/** What was done in a private window leaves no trace on disk, except for a counter that has to move. */
async function release(
  world: FillWorld,
  grant: Allowed,
  { incognito }: Sender,
): Promise<FillAnswer> {
  const { account, page, otp } = grant;
  const now = world.clock();
  // A counter has to be stored before its code is known to anybody; a time of use can wait.
  const used = account.type === 'hotp' ? await useCounter(world, grant, now, incognito) : otp.code;
  if (account.type !== 'hotp' && !incognito) world.later(() => rememberUse(world, grant, now));
  await rememberFill({ accountId: account.id, host: page.host }, otp.validUntil, now);
  // Field by field: what stands here is what the page's process gets to know.
  return { code: used, origin: page.origin };
}

async function useCounter(
  world: FillWorld,
  grant: Allowed,
  now: number,
  incognito: boolean,
): Promise<string> {
  return world.vault.change((contents) => {
    const stored = requireAccount(contents, grant.account.id);
    if (!incognito) rememberSite(stored, grant);
    const { lastUsedAt } = stored;
    const { code } = advance(stored, now);
    if (!incognito) return code;
    if (lastUsedAt === undefined) delete stored.lastUsedAt;
    else stored.lastUsedAt = lastUsedAt;
    return code;
  });
}

async function rememberUse(world: FillWorld, grant: Allowed, now: number): Promise<void> {
  await world.vault.change((contents) => {
    const stored = requireAccount(contents, grant.account.id);
    rememberSite(stored, grant);
    stored.lastUsedAt = now;
  });
}

/** A neighbouring host that the person chose once belongs to the account from then on. */
function rememberSite(stored: StoredAccount, { chosen, page }: Allowed): void {
  if (chosen && matchSite(stored.sites, page) === 'related') {
    stored.sites.push({ host: page.host, scope: 'host', source: 'used' });
  }
}

async function readSender({ tabId, frameId }: Sender): Promise<FrameState | undefined> {
  return tabId === undefined || frameId === undefined ? undefined : readFrame(tabId, frameId);
}

/** Keeps what the sender's document said and what came of it, and shows it on the toolbar. */
async function record(
  sender: Sender,
  outcome: Pick<FrameState, 'report'> & Partial<FrameState>,
): Promise<void> {
  const { tabId, frameId, origin, documentId } = sender;
  if (tabId === undefined || frameId === undefined) return;
  await writeFrame(tabId, frameId, {
    origin,
    ...(documentId !== undefined && { documentId }),
    filled: false,
    ...outcome,
  });
  const frames = await readFrames(tabId);
  await showBadge(
    tabId,
    frames.map(({ state }) => state),
  );
  await announceChange();
}
