import { ExtensionError } from '@/utils/errors';
import type { Handlers } from '@/utils/messaging/handler';
import type { OtpCodeView } from '@/utils/messaging/protocol';
import { generateCode } from '@/utils/otp/generate';
import type { StoredAccount } from '@/utils/vault/contents';
import type { Vault } from '@/utils/vault/vault';

import { requireAccount } from '../account';

export function otpHandlers(vault: Vault, clock: () => number): Handlers<'otp'> {
  return {
    'otp.generate': async ({ accountIds }) => {
      const now = clock();
      const { accounts } = await vault.read();
      const byId = new Map(accounts.map((account) => [account.id, account]));
      return accountIds
        .map((id) => byId.get(id))
        .filter((account) => account !== undefined)
        .filter(({ type }) => type === 'totp')
        .map((account) => viewOf(account, now));
    },

    'otp.advance': async ({ accountId }) =>
      vault.change((contents) => {
        const account = requireAccount(contents, accountId);
        if (account.type !== 'hotp') throw new ExtensionError('type-unsupported');
        return advance(account, clock());
      }),
  };
}

/** The code of the counter, and the counter moved on: a code that was shown once is used up. */
export function advance(account: StoredAccount, now: number): OtpCodeView {
  const { code, validUntil } = generateCode(account, now);
  account.counter = (account.counter ?? 0) + 1;
  account.lastUsedAt = now;
  return { accountId: account.id, code, validUntil, period: account.period };
}

function viewOf(account: StoredAccount, now: number): OtpCodeView {
  const { code, validUntil } = generateCode(account, now);
  const { code: nextCode } = generateCode(account, validUntil);
  return { accountId: account.id, code, nextCode, validUntil, period: account.period };
}
