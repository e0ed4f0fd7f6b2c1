import { randomBytes, toBase64Url, type Bytes } from '@/utils/bytes';
import type { Account } from '@/utils/otp/account';
import type { StoredAccount } from '@/utils/vault/contents';
import type { KeyStore, RecordStore, VaultSession } from '@/utils/vault/store';
import { Vault } from '@/utils/vault/vault';

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

/** Stores in memory, which can be looked into and spoiled. */
export function aStore(): RecordStore & { record: Bytes | undefined } {
  const store = {
    record: undefined as Bytes | undefined,
    read: async () => store.record,
    write: async (record: Bytes) => {
      store.record = record;
    },
  };
  return store;
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
  return {
    key: aKeyStore(),
    readLockedAt: async () => lockedAt,
    writeLockedAt: async (time) => {
      lockedAt = time;
    },
  };
}

export function aVaultWorld(clock: () => number = () => 1_700_000_000_000) {
  const store = aStore();
  const deviceKey = aKeyStore();
  const session = aSession();
  return { store, deviceKey, session, locks: navigator.locks, clock };
}

export function aVault(world = aVaultWorld()): Vault {
  return new Vault(world);
}
