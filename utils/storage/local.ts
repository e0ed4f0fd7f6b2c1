import { browser } from '../browser';
import { fromBase64Url, toBase64Url, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import type { KeyStore, RecordStore } from '../vault/store';

/** `storage.local`: on disk, and text only, hence base64url. */
export const localRecord: RecordStore = {
  read: () => readBytes('vault/record'),
  write: (record) => writeBytes('vault/record', record),
};

export const localDeviceKey: KeyStore = {
  read: () => readBytes('vault/device-key'),
  write: (key) => writeBytes('vault/device-key', key),
  remove: () => browser.storage.local.remove('vault/device-key'),
};

/** Content scripts may read `storage.local` by default. Chromium can forbid it; Firefox cannot. */
export async function keepLocalFromPages(): Promise<void> {
  const { local } = browser.storage;
  if (!('setAccessLevel' in local) || typeof local.setAccessLevel !== 'function') return;
  await local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
}

async function readBytes(key: string): Promise<Bytes | undefined> {
  const { [key]: value } = await browser.storage.local.get(key);
  if (value === undefined) return undefined;
  const bytes = typeof value === 'string' ? fromBase64Url(value) : undefined;
  // Something is there, but not what was written: that is damage, never a first launch.
  if (!bytes) throw new ExtensionError('vault-unreadable');
  return bytes;
}

async function writeBytes(key: string, bytes: Bytes): Promise<void> {
  try {
    await browser.storage.local.set({ [key]: toBase64Url(bytes) });
  } catch (error) {
    throw new ExtensionError('storage-failed', { cause: error });
  }
}
