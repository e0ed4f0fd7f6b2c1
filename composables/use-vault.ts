import type { ShallowRef } from 'vue';

import type { ErrorCode } from '@/utils/errors';
import { send } from '@/utils/messaging/client';
import type { MessageData, VaultStatus } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface VaultFace {
  status: Readonly<ShallowRef<VaultStatus | undefined>>;
  error: Readonly<ShallowRef<ErrorCode | undefined>>;
  refresh: () => Promise<void>;
  unlock: (passphrase: string) => Promise<void>;
  lock: () => Promise<void>;
  protect: (data: MessageData<'vault.protect'>) => Promise<void>;
}

/** Whether the vault is open, and what opens it. */
export function useVault(): VaultFace {
  const { value: status, error, refresh } = useAnswer(() => send('vault.status'));

  return {
    status,
    error,
    refresh,
    async unlock(passphrase) {
      await send('vault.unlock', { passphrase });
      await refresh();
    },
    async lock() {
      await send('vault.lock');
      await refresh();
    },
    async protect(data) {
      await send('vault.protect', data);
      await refresh();
    },
  };
}
