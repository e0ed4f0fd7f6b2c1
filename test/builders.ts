import { randomBytes, toBase64Url, type Bytes } from '@/utils/bytes';
import type { Account } from '@/utils/otp/account';
import type { StoredAccount } from '@/utils/vault/contents';
import type { Journal } from '@/utils/vault/journal';
import type { Pin, VaultSession } from '@/utils/vault/session';
import { DurableStore, type KeyStore } from '@/utils/vault/store';
import { Vault, type VaultWorld } from '@/utils/vault/vault';

import { Disk } from './vault/disk';

/** RFC 6238's own secret, so that its vectors apply. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export function aTotpAccount(fields: Partial<Account> = {}): Account {
  return {
    type: 'totp',
    issuer: 'Example',
    accountName: 'ada@example.com',
    secret: RFC_SECRET,
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    ...fields,
  };
}

export function aStoredAccount(fields: Partial<StoredAccount> = {}): StoredAccount {
  return {
    id: toBase64Url(randomBytes(9)),
    type: 'totp',
    issuer: 'Example',
    accountName: 'ada@example.com',
    secret: RFC_SECRET,
    typedSecret: RFC_SECRET,
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    sites: [{ host: 'example.com', scope: 'host', source: 'captured' }],
    createdAt: 0,
    ...fields,
  };
}

export function aKeyStore(): KeyStore & { key: Bytes | undefined } {
  const store = {
    key: undefined as Bytes | undefined,
    read: async () => store.key,
    write: async (key: Bytes) => {
      store.key = key;
    },
    remove: async () => {
      store.key = undefined;
    },
  };
  return store;
}

export function aSession(): VaultSession & { key: ReturnType<typeof aKeyStore> } {
  let lockedAt: number | undefined;
  let pin: Pin | undefined;
  return {
    key: aKeyStore(),
    pendingRecovery: aKeyStore(),
    readLockedAt: async () => lockedAt,
    writeLockedAt: async (time) => {
      lockedAt = time;
    },
    readPin: async () => pin,
    writePin: async (value) => {
      pin = value;
    },
  };
}

/** A lock like the browser's, for one test alone. */
function aLock(): VaultWorld['locks'] {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  return { request } as VaultWorld['locks'];
}

export type TestWorld = VaultWorld & {
  disk: Disk;
  deviceKey: ReturnType<typeof aKeyStore>;
  session: ReturnType<typeof aSession>;
};

export function aVaultWorld(
  clock: () => number = () => 1_700_000_000_000,
  disk = new Disk(),
): TestWorld {
  let journal: Journal = {};
  return {
    disk,
    store: new DurableStore(disk.areas),
    deviceKey: aKeyStore(),
    session: aSession(),
    journal: {
      read: async () => journal,
      write: async (value) => {
        journal = value;
      },
    },
    locks: aLock(),
    clock,
  };
}

export function aVault(world = aVaultWorld()): Vault {
  return new Vault(world);
}
