import { ExtensionError } from '@/utils/errors';
import type { Handlers } from '@/utils/messaging/handler';
import { putBack, rememberUndo } from '@/utils/vault/changes';
import { parseContents } from '@/utils/vault/contents';
import { readHealth, runSelfTest } from '@/utils/vault/health';
import { openRecord } from '@/utils/vault/record';
import { defaultKdf } from '@/utils/vault/slots';
import type { Vault } from '@/utils/vault/vault';
import {
  addPasskey,
  confirmRecoveryCode,
  createRecoveryCode,
  removeSlot,
  setPassphrase,
  setPin,
  unlockWithPasskey,
  unlockWithPassphrase,
  unlockWithPin,
  unlockWithRecoveryCode,
} from '@/utils/vault/ways-in';

export function vaultHandlers(vault: Vault, changed: () => Promise<void>): Handlers<'vault'> {
  /** Does something after which pages have to look again. */
  const thenTell = async (work: Promise<void>): Promise<void> => {
    await work;
    await changed();
  };
  return {
    'vault.status': () => vault.status(),
    'vault.unlock': ({ passphrase }) => thenTell(unlockWithPassphrase(vault, passphrase)),
    'vault.unlockWithPasskey': (passkey) => thenTell(unlockWithPasskey(vault, passkey)),
    'vault.unlockWithRecoveryCode': ({ code }) => thenTell(unlockWithRecoveryCode(vault, code)),
    'vault.unlockWithPin': async ({ pin }) => {
      // A wrong one has used up a try, which pages show.
      await unlockWithPin(vault, pin).finally(changed);
    },
    'vault.lock': () => thenTell(vault.lock()),

    'vault.protect': ({ passphrase, current, keepDevice, cost }) => {
      const dear = cost && { cost: { ...defaultKdf, ...cost } };
      return thenTell(setPassphrase(vault, { passphrase, current, keepDevice, ...dear }));
    },
    'vault.addPasskey': (passkey) => thenTell(addPasskey(vault, passkey)),
    'vault.createRecoveryCode': async () => ({ code: await createRecoveryCode(vault) }),
    'vault.confirmRecoveryCode': ({ groups }) => thenTell(confirmRecoveryCode(vault, groups)),
    'vault.removeSlot': ({ slotId }) => thenTell(removeSlot(vault, slotId)),
    'vault.setPin': ({ pin }) => thenTell(setPin(vault, pin)),

    'vault.health': () => readHealth(vault),
    'vault.selfTest': async () => {
      await runSelfTest(vault);
      return readHealth(vault);
    },
    'vault.startOver': () => thenTell(vault.startOver()),
    'vault.restoreSnapshot': async ({ snapshotId }) => {
      const undoId = await restoreSnapshot(vault, snapshotId);
      await changed();
      return { undoId };
    },
  };
}

/** Adds what a snapshot has and the vault has not. What is here stays as it is. */
async function restoreSnapshot(vault: Vault, snapshotId: string): Promise<string> {
  const record = await vault.world.store.readSnapshot(snapshotId);
  if (!record) throw new ExtensionError('vault-unreadable');
  const { vaultKey } = await vault.requireKey();
  const { accounts } = parseContents((await openRecord(record, vaultKey)).plaintext);
  const now = vault.world.clock();
  return vault.change((contents) => {
    const here = new Set(contents.accounts.map(({ id }) => id));
    const missing = accounts.filter(({ id }) => !here.has(id));
    const added = missing.map(({ id }) => id);
    const undoId = rememberUndo(contents, { before: [], added }, now);
    for (const account of missing) putBack(contents, account);
    return undoId;
  }, 'import');
}
