import type { ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type { ChangeReceipt, VaultHealth } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface HealthFace {
  /** Absent while locked. */
  health: Readonly<ShallowRef<VaultHealth | undefined>>;
  refresh: () => Promise<void>;
  /** Reads every copy again and heals what is damaged. */
  check: () => Promise<VaultHealth>;
  restoreSnapshot: (snapshotId: string) => Promise<ChangeReceipt>;
}

/** How the stored copies are, and when they were last looked at. */
export function useHealth(): HealthFace {
  const { value: health, refresh } = useAnswer(() => send('vault.health'));

  return {
    health,
    refresh,
    async check() {
      const found = await send('vault.selfTest');
      await refresh();
      return found;
    },
    async restoreSnapshot(snapshotId) {
      const receipt = await send('vault.restoreSnapshot', { snapshotId });
      await refresh();
      return receipt;
    },
  };
}
