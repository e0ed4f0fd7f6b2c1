import { DurableStore, type KeyStore } from '../vault/store';
import type { VaultWorld } from '../vault/vault';
import { cacheSentinel } from './cache';
import { databaseDeviceKey, databaseRecord, databaseSentinel, databaseSnapshots } from './database';
import { localA, localB, localDeviceKey, localJournal, localSentinel, syncSentinel } from './local';
import { vaultSession } from './session';

/** The vault's places in a real browser. */
export function browserVaultWorld(clock: () => number): VaultWorld {
  return {
    store: new DurableStore({
      localA,
      localB,
      database: databaseRecord,
      snapshots: databaseSnapshots,
      sentinels: [localSentinel, databaseSentinel, cacheSentinel, syncSentinel],
    }),
    deviceKey: inBoth(localDeviceKey, databaseDeviceKey),
    session: vaultSession,
    journal: localJournal,
    locks: navigator.locks,
    clock,
  };
}

/**
 * A damaged database is recreated empty without a word, so a key that lay there alone would lose a
 * vault that has no other way in. Being in two places makes it no less protected: either is on disk.
 */
function inBoth(first: KeyStore, second: KeyStore): KeyStore {
  return {
    read: async () => {
      const key = await first.read().catch(() => undefined);
      return key ?? second.read().catch(() => undefined);
    },
    write: async (key) => {
      await Promise.all([first.write(key), second.write(key)]);
    },
    remove: async () => {
      await Promise.all([first.remove(), second.remove()]);
    },
  };
}
