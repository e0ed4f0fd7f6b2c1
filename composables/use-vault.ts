import type { ShallowRef } from 'vue';

import type { ErrorCode } from '@/utils/errors';
import { send } from '@/utils/messaging/client';
import type { MessageData, SlotView, VaultStatus } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';
import { measureKdfCost } from './use-kdf-cost';
import { createPasskey, readPasskey } from './use-passkey';

export interface VaultFace {
  status: Readonly<ShallowRef<VaultStatus | undefined>>;
  error: Readonly<ShallowRef<ErrorCode | undefined>>;
  refresh: () => Promise<void>;
  unlock: (passphrase: string) => Promise<void>;
  unlockWithPin: (pin: string) => Promise<void>;
  unlockWithRecoveryCode: (code: string) => Promise<void>;
  /** Has the browser ask for one of the passkeys. Never from the popup, which would close. */
  unlockWithPasskey: () => Promise<void>;
  lock: () => Promise<void>;
  protect: (data: MessageData<'vault.protect'>) => Promise<void>;
  addPasskey: () => Promise<void>;
  createRecoveryCode: () => Promise<string>;
  confirmRecoveryCode: (groups: [string, string]) => Promise<void>;
  removeSlot: (slotId: string) => Promise<void>;
  /** An empty one takes the PIN away. */
  setPin: (pin: string) => Promise<void>;
  startOver: () => Promise<void>;
}

/** Whether the vault is open, and what opens it. */
export function useVault(): VaultFace {
  const { value: status, error, refresh } = useAnswer(() => send('vault.status'));

  /** Also after a refusal: it may have used up a try. */
  async function then(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } finally {
      await refresh();
    }
  }

  return {
    status,
    error,
    refresh,
    unlock: (passphrase) => then(send('vault.unlock', { passphrase })),
    unlockWithPin: (pin) => then(send('vault.unlockWithPin', { pin })),
    unlockWithRecoveryCode: (code) => then(send('vault.unlockWithRecoveryCode', { code })),
    async unlockWithPasskey() {
      const answer = await readPasskey(status.value?.slots ?? []);
      await then(send('vault.unlockWithPasskey', answer));
    },
    lock: () => then(send('vault.lock')),
    async protect(data) {
      const cost = await measureKdfCost();
      await then(send('vault.protect', { ...data, ...(cost && { cost }) }));
    },
    async addPasskey() {
      await then(send('vault.addPasskey', await createPasskey()));
    },
    async createRecoveryCode() {
      return (await send('vault.createRecoveryCode')).code;
    },
    confirmRecoveryCode: (groups) => then(send('vault.confirmRecoveryCode', { groups })),
    removeSlot: (slotId) => then(send('vault.removeSlot', { slotId })),
    setPin: (pin) => then(send('vault.setPin', { pin })),
    startOver: () => then(send('vault.startOver')),
  };
}

/** There is a way in that asks a person, so that locking keeps nobody out for good. */
export function isLockable(slots: readonly SlotView[]): boolean {
  return slots.some(({ type }) => type === 'passphrase' || type === 'passkey');
}
