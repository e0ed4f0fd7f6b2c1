import * as v from 'valibot';

import { browser } from '../browser';
import { fromBase64Url, toBase64Url, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import { journalSchema, type JournalStore } from '../vault/journal';
import type { KeyStore, RecordArea, SentinelArea } from '../vault/store';

/**
 * `storage.local`: on disk, and text only, hence base64url. One key is read at a time: reading them
 * all makes Chromium delete any that is damaged.
 */
function localArea(key: string): RecordArea {
  return {
    read: () => readBytes(key),
    write: (bytes) => writeText(key, toBase64Url(bytes)),
  };
}

export const localA = localArea('vault/a');
export const localB = localArea('vault/b');

export const localDeviceKey: KeyStore = {
  read: () => readBytes('vault/device-key'),
  write: (key) => writeText('vault/device-key', toBase64Url(key)),
  remove: () => browser.storage.local.remove('vault/device-key'),
};

const markSchema = v.object({ vaultId: v.string(), revision: v.number() });

export const localSentinel: SentinelArea = {
  read: async () => {
    const { 'vault/sentinel': value } = await browser.storage.local.get('vault/sentinel');
    if (value === undefined) return undefined;
    // Whatever is there, something was.
    return v.is(markSchema, value) ? value : { vaultId: '', revision: 0 };
  },
  write: (mark) => browser.storage.local.set({ 'vault/sentinel': mark }),
};

/**
 * The browser's synchronised storage lies in files of its own, so its mark outlives the loss of the
 * others. It holds no vault data, and no revision: other browsers of the person write it as well.
 */
export const syncSentinel: SentinelArea = {
  read: async () => {
    const { 'vault-sentinel': value } = await browser.storage.sync.get('vault-sentinel');
    return typeof value === 'string' ? { vaultId: value, revision: 0 } : undefined;
  },
  write: async ({ vaultId }) => {
    // Written once and not with every record: browsers allow few writes a minute.
    if ((await syncSentinel.read())?.vaultId === vaultId) return;
    await browser.storage.sync.set({ 'vault-sentinel': vaultId });
  },
};

/** A journal that cannot be read or written is an empty one: it only ever informs. */
export const localJournal: JournalStore = {
  read: async () => {
    const stored = await browser.storage.local.get('vault/journal').catch(() => ({}));
    const checked = v.safeParse(journalSchema, Reflect.get(stored, 'vault/journal'));
    return checked.success ? checked.output : {};
  },
  write: (journal) =>
    browser.storage.local.set({ 'vault/journal': journal }).catch(() => undefined),
};

/** Content scripts may read `storage.local` by default. Chromium can forbid it; Firefox cannot. */
export async function keepLocalFromPages(): Promise<void> {
  const { local } = browser.storage;
  if (!('setAccessLevel' in local) || typeof local.setAccessLevel !== 'function') return;
  await local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
}

async function readText(key: string): Promise<string | undefined> {
  const { [key]: value } = await browser.storage.local.get(key);
  if (value === undefined) return undefined;
  // Something is there, but not what was written: that is damage, never a first launch.
  if (typeof value !== 'string') throw new ExtensionError('vault-unreadable');
  return value;
}

async function readBytes(key: string): Promise<Bytes | undefined> {
  const text = await readText(key);
  if (text === undefined) return undefined;
  const bytes = fromBase64Url(text);
  if (!bytes) throw new ExtensionError('vault-unreadable');
  return bytes;
}

async function writeText(key: string, text: string): Promise<void> {
  try {
    await browser.storage.local.set({ [key]: text });
  } catch (error) {
    throw new ExtensionError('storage-failed', { cause: error });
  }
}
