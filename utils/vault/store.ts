import type { Bytes } from '../bytes';

/** Where the sealed record lies. Reading never repairs, and a failed write leaves the old record. */
export interface RecordStore {
  read(): Promise<Bytes | undefined>;
  write(record: Bytes): Promise<void>;
}

/** Where one key lies: the device slot's on disk, the unlocked vault key in memory. */
export interface KeyStore {
  read(): Promise<Bytes | undefined>;
  write(key: Bytes): Promise<void>;
  remove(): Promise<void>;
}

/** What outlives a stop of the worker but not the browser. */
export interface VaultSession {
  key: KeyStore;
  /** When the person locked the vault, in milliseconds since the epoch. */
  readLockedAt(): Promise<number | undefined>;
  writeLockedAt(time: number | undefined): Promise<void>;
}
