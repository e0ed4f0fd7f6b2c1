import type { Handlers } from '@/utils/messaging/handler';
import { cleanName } from '@/utils/otp/account';
import type { Vault } from '@/utils/vault/vault';

import { addAccount, readDraft, requireAccount, summaryOf } from '../account';

export function accountHandlers(
  vault: Vault,
  clock: () => number,
  changed: () => Promise<void>,
): Handlers<'account'> {
  return {
    'account.list': async () => (await vault.read()).accounts.map(summaryOf),

    'account.add': async (draft) => {
      const { account, typedSecret } = readDraft(draft);
      const added = await vault.change((contents) =>
        addAccount(contents, account, typedSecret, clock()),
      );
      await changed();
      return summaryOf(added);
    },

    'account.rename': async ({ accountId, issuer, accountName }) => {
      await vault.change((contents) => {
        const account = requireAccount(contents, accountId);
        account.issuer = cleanName(issuer);
        account.accountName = cleanName(accountName);
      });
      await changed();
    },

    'account.remove': async ({ accountId }) => {
      await vault.change((contents) => {
        const account = requireAccount(contents, accountId);
        contents.accounts.splice(contents.accounts.indexOf(account), 1);
      });
      await changed();
    },
  };
}
