import type { ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type {
  AccountDraft,
  AccountSummary,
  ChangeReceipt,
  MessageData,
} from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface AccountsFace {
  /** Absent while locked. */
  accounts: Readonly<ShallowRef<AccountSummary[] | undefined>>;
  refresh: () => Promise<void>;
  add: (draft: AccountDraft) => Promise<void>;
  rename: (data: MessageData<'account.rename'>) => Promise<ChangeReceipt>;
  remove: (accountId: string) => Promise<ChangeReceipt>;
}

export function useAccounts(): AccountsFace {
  const { value: accounts, refresh } = useAnswer(() => send('account.list'));

  return {
    accounts,
    refresh,
    async add(draft) {
      await send('account.add', draft);
      await refresh();
    },
    async rename(data) {
      const receipt = await send('account.rename', data);
      await refresh();
      return receipt;
    },
    async remove(accountId) {
      const receipt = await send('account.remove', { accountId });
      await refresh();
      return receipt;
    },
  };
}

/** The accounts whose issuer, account name or site holds every word of `query`. */
export function searchAccounts(
  accounts: readonly AccountSummary[],
  query: string,
): AccountSummary[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...accounts];
  return accounts.filter(({ issuer, accountName, sites }) => {
    const text = [issuer, accountName, ...sites.map(({ host }) => host)]
      .join('\n')
      .toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
