import type { Handlers } from '@/utils/messaging/handler';
import type { Vault } from '@/utils/vault/vault';

export function vaultHandlers(vault: Vault, changed: () => Promise<void>): Handlers<'vault'> {
  return {
    'vault.status': () => vault.status(),

    'vault.unlock': async ({ passphrase }) => {
      await vault.unlock(passphrase);
      await changed();
    },

    'vault.lock': async () => {
      await vault.lock();
      await changed();
    },

    'vault.protect': async ({ passphrase, current, keepDevice }) => {
      await vault.protect({ passphrase, current, keepDevice });
      await changed();
    },
  };
}
