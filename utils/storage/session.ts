import * as v from 'valibot';

import { browser } from '../browser';
import { fromBase64Url, toBase64Url } from '../bytes';
import { pinSchema, type VaultSession } from '../vault/session';
import type { KeyStore } from '../vault/store';

/**
 * `storage.session`: memory of the browser, gone when it closes, kept while the worker is stopped.
 * Content scripts have no access. It takes JSON only: a byte array would come back as `{}`.
 */
export async function readSession<Schema extends v.GenericSchema>(
  key: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  const { [key]: value } = await browser.storage.session.get(key);
  const checked = v.safeParse(schema, value);
  return checked.success ? checked.output : undefined;
}

/** Everything under keys that begin with `prefix`, by the rest of the key. */
export async function readSessionFolder<Schema extends v.GenericSchema>(
  prefix: string,
  schema: Schema,
): Promise<Map<string, v.InferOutput<Schema>>> {
  const found = new Map<string, v.InferOutput<Schema>>();
  for (const [key, value] of Object.entries(await browser.storage.session.get(null))) {
    const checked = key.startsWith(prefix) ? v.safeParse(schema, value) : undefined;
    if (checked?.success) found.set(key.slice(prefix.length), checked.output);
  }
  return found;
}

export async function writeSession(key: string, value: unknown): Promise<void> {
  await browser.storage.session.set({ [key]: value });
}

export async function removeSession(...keys: string[]): Promise<void> {
  await browser.storage.session.remove(keys);
}

export async function removeSessionFolder(prefix: string): Promise<void> {
  const keys = Object.keys(await browser.storage.session.get(null));
  await removeSession(...keys.filter((key) => key.startsWith(prefix)));
}

function sessionKey(name: string): KeyStore {
  return {
    read: async () => {
      const text = await readSession(name, v.string());
      return text === undefined ? undefined : fromBase64Url(text);
    },
    write: (key) => writeSession(name, toBase64Url(key)),
    remove: () => removeSession(name),
  };
}

export const vaultSession: VaultSession = {
  key: sessionKey('vault/key'),
  pendingRecovery: sessionKey('vault/pending-recovery'),
  readLockedAt: () => readSession('vault/locked-at', v.number()),
  writeLockedAt: (time) =>
    time === undefined ? removeSession('vault/locked-at') : writeSession('vault/locked-at', time),
  readPin: () => readSession('vault/pin', pinSchema),
  writePin: (pin) =>
    pin === undefined ? removeSession('vault/pin') : writeSession('vault/pin', pin),
};
