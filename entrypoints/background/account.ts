import { ExtensionError } from '@/utils/errors';
import type { AccountDraft, AccountSummary } from '@/utils/messaging/protocol';
import {
  checkAlgorithm,
  checkCounter,
  checkDigits,
  checkPeriod,
  cleanName,
  type Account,
  type Site,
} from '@/utils/otp/account';
import { readOtpauthUri } from '@/utils/otp/otpauth-uri';
import { normalizeSecret } from '@/utils/otp/secret';
import { readOrigin } from '@/utils/sites/origin';
import type { StoredAccount, VaultContents } from '@/utils/vault/contents';

/** What pages of the extension may know. Named field by field: a spread would take the secret along. */
export function summaryOf(account: StoredAccount): AccountSummary {
  const { id, type, issuer, accountName, digits, period, sites, confirmedAt, lastUsedAt } = account;
  return {
    id,
    type,
    issuer,
    accountName,
    digits,
    period,
    sites: sites.map(({ host, scope, source }) => ({ host, scope, source })),
    // Only what was read off a page can turn out to be another code than the one the site kept.
    unconfirmed: confirmedAt === undefined && sites.some(({ source }) => source === 'captured'),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  };
}

/** Adds an account, never over another one. The very same secret twice is a mistake and refused. */
export function addAccount(
  contents: VaultContents,
  account: Account,
  typedSecret: string,
  now: number,
): StoredAccount {
  if (findDuplicate(contents, account)) throw new ExtensionError('account-duplicate');
  const { type, issuer, accountName, secret, algorithm, digits, period, counter, sites } = account;
  const stored: StoredAccount = {
    id: crypto.randomUUID(),
    type,
    issuer,
    accountName,
    secret,
    typedSecret,
    algorithm,
    digits,
    period,
    ...(counter !== undefined && { counter }),
    sites: sites ?? [],
    createdAt: now,
  };
  contents.accounts.push(stored);
  return stored;
}

/** The account that makes the same codes, whatever it is called. */
export function findDuplicate(
  contents: VaultContents,
  { type, secret, algorithm, digits, period }: Account,
): StoredAccount | undefined {
  return contents.accounts.find(
    (other) =>
      other.secret === secret &&
      other.type === type &&
      other.algorithm === algorithm &&
      other.digits === digits &&
      (type === 'hotp' || other.period === period),
  );
}

export function requireAccount(contents: VaultContents, accountId: string): StoredAccount {
  const account = contents.accounts.find(({ id }) => id === accountId);
  if (!account) throw new ExtensionError('account-missing');
  return account;
}

/** An account entered by hand: a key as the site shows it, or a whole key URI in its place. */
export function readDraft(draft: AccountDraft): { account: Account; typedSecret: string } {
  const sites = readSites(draft.host);
  if (/^\s*otpauth:/i.test(draft.secret)) {
    const { account, typedSecret } = readOtpauthUri(draft.secret);
    const issuer = cleanName(draft.issuer) || account.issuer;
    const accountName = cleanName(draft.accountName) || account.accountName;
    return { account: { ...account, issuer, accountName, sites }, typedSecret };
  }
  const type = draft.type ?? 'totp';
  const account: Account = {
    type,
    issuer: cleanName(draft.issuer),
    accountName: cleanName(draft.accountName),
    secret: normalizeSecret(draft.secret),
    algorithm: checkAlgorithm(draft.algorithm ?? 'SHA1'),
    digits: checkDigits(draft.digits ?? 6),
    period: checkPeriod(draft.period ?? 30),
    ...(type === 'hotp' && { counter: checkCounter(draft.counter ?? 0) }),
    sites,
  };
  return { account, typedSecret: draft.secret.trim() };
}

function readSites(typed: string | undefined): Site[] {
  if (typed === undefined || typed.trim() === '') return [];
  const text = typed.trim();
  const page = readOrigin(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!page) throw new ExtensionError('host-invalid');
  return [{ host: page.host, scope: 'host', source: 'typed' }];
}
