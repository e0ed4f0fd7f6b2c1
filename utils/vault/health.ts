import type { VaultHealth } from '../messaging/protocol';
import { parseContents } from './contents';
import { openRecord } from './record';
import type { Copy } from './store';
import type { Vault } from './vault';

/** What the vault can say about its copies. Needs no passphrase but for the counts of accounts. */
export async function readHealth(vault: Vault): Promise<VaultHealth> {
  const { store, journal } = vault.world;
  const head = await store.read();
  const snapshots = await store.listSnapshots().catch(() => []);
  const { healedAt, selfTest, autoBackup } = await journal.read();
  const contents = await vault.read().catch(() => undefined);
  const copies = head.copies.map(viewOfCopy);
  const bytes =
    head.copies.reduce((sum, { record }) => sum + (record?.length ?? 0), 0) +
    snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  return {
    copies,
    snapshots: snapshots
      .toSorted((a, b) => b.at - a.at)
      .map(({ id, kind, revision, at }) => ({ id, kind, revision, at })),
    accounts: contents?.accounts.length ?? 0,
    trashed: contents?.trash.length ?? 0,
    bytes,
    ...(contents?.lastBackupAt !== undefined && { lastBackupAt: contents.lastBackupAt }),
    ...(autoBackup && { autoBackup: { at: autoBackup.at, good: autoBackup.good } }),
    ...(selfTest && { lastSelfTest: selfTest }),
    ...(healedAt !== undefined && { healedAt }),
  };
}

/**
 * Reads every copy, mends those that differ, and opens the record and the newest snapshot with the
 * vault's own key: what lies there is not only the same bytes, but can be read.
 */
export async function runSelfTest(vault: Vault): Promise<void> {
  const { store, journal, clock } = vault.world;
  const healed = await vault.mend();
  const { vaultKey } = await vault.requireKey();
  const head = await store.read();
  let good = head.state === 'found' && head.healthy;
  if (head.state === 'found') good &&= await opens(head.record);

  const snapshots = (await store.listSnapshots()).filter(({ kind }) => kind !== 'left-over');
  const [newest] = snapshots.toSorted((a, b) => b.at - a.at);
  const record = newest && (await store.readSnapshot(newest.id));
  if (newest) good &&= record !== undefined && (await opens(record));
  await journal.write({ ...(await journal.read()), selfTest: { at: clock(), good, healed } });

  async function opens(bytes: Uint8Array): Promise<boolean> {
    try {
      parseContents((await openRecord(bytes, vaultKey)).plaintext);
      return true;
    } catch {
      return false;
    }
  }
}

function viewOfCopy({ place, state, header }: Copy): VaultHealth['copies'][number] {
  return {
    place,
    // A copy of a later format is whole, though not for this version to read.
    state: state === 'newer' ? 'good' : state,
    ...(header && { revision: header.revision, writtenAt: header.writtenAt }),
  };
}
