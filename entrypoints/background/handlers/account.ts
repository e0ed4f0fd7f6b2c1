import type { Handlers } from '@/utils/messaging/handler';
import { cleanName } from '@/utils/otp/account';
import { discard, rememberUndo, restore, TRASH_MS, undo } from '@/utils/vault/changes';
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
      const undoId = await vault.change((contents) => {
        const account = requireAccount(contents, accountId);
        const id = rememberUndo(contents, { before: [account], added: [] }, clock());
        account.issuer = cleanName(issuer);
        account.accountName = cleanName(accountName);
        return id;
      });
      await changed();
      return { undoId };
    },

    'account.remove': async ({ accountId }) => {
      const undoId = await vault.change((contents) => {
        const account = requireAccount(contents, accountId);
        const id = rememberUndo(contents, { before: [account], added: [] }, clock());
        discard(contents, accountId, clock());
        return id;
      });
      await changed();
      return { undoId };
    },

    'account.trash': async () =>
      (await vault.read()).trash.map(({ account, deletedAt }) => ({
        ...summaryOf(account),
        deletedAt,
        purgeAt: deletedAt + TRASH_MS,
      })),

    'account.restore': async ({ accountId }) => {
      const undoId = await vault.change((contents) => {
        restore(contents, accountId);
        return rememberUndo(contents, { before: [], added: [accountId] }, clock());
      });
      await changed();
      return { undoId };
    },

    'account.undo': async ({ undoId }) => {
      await vault.change((contents) => undo(contents, undoId, clock()));
      await changed();
    },
  };
}
