import type { Sender } from '@/utils/messaging/handler';
import type { FillRefusal, FormReport } from '@/utils/messaging/protocol';
import { generateCode, type OtpCode } from '@/utils/otp/generate';
import { matchSite } from '@/utils/sites/match';
import { permissionPattern, readOrigin, type PageOrigin } from '@/utils/sites/origin';
import type { StoredAccount } from '@/utils/vault/contents';
import type { Vault } from '@/utils/vault/vault';

import { takeChoice } from './frames';
import { judgeRepeat } from './history';

/** The world a decision is made in. */
export interface FillWorld {
  vault: Vault;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Whether the person granted access to a match pattern. */
  hasAccess: (pattern: string) => Promise<boolean>;
  /** Does something after the answer is on its way. */
  later: (work: () => Promise<void>) => void;
}

export type Grant =
  | { allowed: true; account: StoredAccount; page: PageOrigin; chosen: boolean; otp: OtpCode }
  | {
      allowed: false;
      refusal: FillRefusal;
      /** When it is worth asking again, in ms since the epoch. */ retryAt?: number;
    };

const refuse = (refusal: FillRefusal): Grant => ({ allowed: false, refusal });

/**
 * The one place that lets a code out to a page, whichever way it was asked for. The page is the
 * sender's, by the browser's word. Without a choice of the person, it has to be a secure page that
 * was granted access and is one of the account's own, in the top frame or among its own kind.
 */
export async function authorizeFill(
  world: FillWorld,
  sender: Sender,
  report: FormReport,
): Promise<Grant> {
  const page = readOrigin(sender.origin);
  if (!page || !sender.active) return refuse('page-opaque');
  const choice = await takeChoice(sender, world.clock());
  const { state } = await world.vault.status();

  if (choice) {
    if (state !== 'unlocked') return refuse('vault-locked');
    const { accounts } = await world.vault.read();
    const account = accounts.find(({ id }) => id === choice.accountId);
    if (!account) return refuse('account-missing');
    const otp = generateCode(account, world.clock());
    return { allowed: true, account, page, chosen: true, otp };
  }

  if (!page.secure) return refuse('page-insecure');
  if (report.fields === 0) return refuse('delivery-other');
  if (!(await world.hasAccess(permissionPattern(page.host)))) return refuse('access-missing');
  if (state !== 'unlocked') return refuse('vault-locked');
  const { accounts } = await world.vault.read();
  return authorizeAutomatic(world, sender, report, page, accounts);
}

async function authorizeAutomatic(
  world: FillWorld,
  sender: Sender,
  report: FormReport,
  page: PageOrigin,
  accounts: readonly StoredAccount[],
): Promise<Grant> {
  const own = accounts.filter(({ sites }) => matchSite(sites, page) === 'own');
  const [account] = own;
  if (!account) {
    const related = accounts.some(({ sites }) => matchSite(sites, page) === 'related');
    return refuse(related ? 'site-related' : 'account-missing');
  }
  if (own.length > 1) return refuse('account-choice');
  if (!isAmongItsOwn(sender, report, account)) return refuse('frame-foreign');
  // A counter moves with every code, so that one is never given away without a click.
  if (account.type === 'hotp') return refuse('account-choice');

  const otp = generateCode(account, world.clock());
  const fill = { accountId: account.id, host: page.host };
  const verdict = await judgeRepeat(fill, otp.validUntil, world.clock(), lastUseOf(account, otp));
  if (verdict === 'stop') return refuse('already-filled');
  if (verdict === 'wait') {
    return { allowed: false, refusal: 'code-used', retryAt: otp.validUntil };
  }
  return { allowed: true, account, page, chosen: false, otp };
}

/** What is left of the history when the browser was restarted: whether this very code has been used. */
function lastUseOf({ lastUsedAt = 0 }: StoredAccount, { validFrom, validUntil }: OtpCode) {
  return lastUsedAt >= validFrom ? validUntil : undefined;
}

/** The top frame, or a frame all of whose ancestors belong to the account's sites as well. */
function isAmongItsOwn(sender: Sender, report: FormReport, account: StoredAccount): boolean {
  if (sender.frameId === 0) return true;
  // The list comes from the content script; the tab's address, from the browser, has to agree.
  const ancestors = report.ancestors ?? [];
  const top = readOrigin(sender.tabUrl);
  if (ancestors.length === 0 || top?.origin !== ancestors.at(-1)) return false;
  return ancestors.every((origin) => {
    const page = readOrigin(origin);
    return page?.secure === true && matchSite(account.sites, page) === 'own';
  });
}
