import type { ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type { ChangeReceipt, TrashedAccount } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface TrashFace {
  /** Absent while locked. */
  trash: Readonly<ShallowRef<TrashedAccount[] | undefined>>;
  refresh: () => Promise<void>;
  restore: (accountId: string) => Promise<ChangeReceipt>;
}

/** Removed accounts, until they go for good. */
export function useTrash(): TrashFace {
  const { value: trash, refresh } = useAnswer(() => send('account.trash'));

  return {
    trash,
    refresh,
    async restore(accountId) {
      const receipt = await send('account.restore', { accountId });
      await refresh();
      return receipt;
    },
  };
}
