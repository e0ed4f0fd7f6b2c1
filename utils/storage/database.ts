import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';

import type { Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import type { SnapshotInfo } from '../vault/retention';
import type { KeyStore, RecordArea, SentinelArea, SnapshotArea } from '../vault/store';

interface Schema extends DBSchema {
  values: { key: string; value: unknown };
  /** Apart from their bytes, so that listing them costs nothing. */
  snapshots: { key: string; value: SnapshotInfo };
  'snapshot-bytes': { key: string; value: unknown };
}

/** Wait for the medium, not just for the browser: this store is the commit point. */
const strict = { durability: 'strict' } as const;

let connection: Promise<IDBPDatabase<Schema>> | undefined;

/** The one connection of this worker. A failed or closed one is opened anew the next time. */
function database(): Promise<IDBPDatabase<Schema>> {
  const forget = (): void => {
    connection = undefined;
  };
  connection ??= openDB<Schema>('stepfill', 1, {
    upgrade(db) {
      db.createObjectStore('values');
      db.createObjectStore('snapshots');
      db.createObjectStore('snapshot-bytes');
    },
    terminated: forget,
  }).catch((error: unknown) => {
    forget();
    throw error;
  });
  return connection;
}

async function readValue(key: string): Promise<unknown> {
  return (await database()).get('values', key);
}

async function writeValue(key: string, value: unknown): Promise<void> {
  const transaction = (await database()).transaction('values', 'readwrite', strict);
  await Promise.all([transaction.store.put(value, key), transaction.done]);
}

async function readBytes(key: string): Promise<Bytes | undefined> {
  return asBytes(await readValue(key));
}

function asBytes(value: unknown): Bytes | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Uint8Array)) throw new ExtensionError('vault-unreadable');
  return new Uint8Array(value);
}

export const databaseRecord: RecordArea = {
  read: () => readBytes('record'),
  write: (bytes) => writeValue('record', bytes),
};

export const databaseDeviceKey: KeyStore = {
  read: () => readBytes('device-key'),
  write: (key) => writeValue('device-key', key),
  remove: async () => (await database()).delete('values', 'device-key'),
};

const markSchema = v.object({ vaultId: v.string(), revision: v.number() });

export const databaseSentinel: SentinelArea = {
  read: async () => {
    const value = await readValue('sentinel');
    return v.is(markSchema, value) ? value : undefined;
  },
  write: (mark) => writeValue('sentinel', mark),
};

const snapshotStores = ['snapshots', 'snapshot-bytes'] as const;

export const databaseSnapshots: SnapshotArea = {
  list: async () => (await database()).getAll('snapshots'),
  read: async (id) => asBytes(await (await database()).get('snapshot-bytes', id)),
  add: async (info, bytes) => {
    const transaction = (await database()).transaction(snapshotStores, 'readwrite', strict);
    await Promise.all([
      transaction.objectStore('snapshots').put(info, info.id),
      transaction.objectStore('snapshot-bytes').put(bytes, info.id),
      transaction.done,
    ]);
  },
  remove: async (ids) => {
    const transaction = (await database()).transaction(snapshotStores, 'readwrite');
    const removed = ids.flatMap((id) =>
      snapshotStores.map((name) => transaction.objectStore(name).delete(id)),
    );
    await Promise.all([...removed, transaction.done]);
  },
};
