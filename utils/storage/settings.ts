import { browser } from '../browser';
import type { Settings } from '../messaging/protocol';
import { parseSettings } from '../settings/settings';

export async function readSettings(): Promise<Settings> {
  // Where the store does not answer the defaults hold, which lock sooner rather than later.
  const stored = await browser.storage.local.get('settings').catch(() => ({}));
  return parseSettings(Reflect.get(stored, 'settings'));
}

export async function writeSettings(settings: Settings): Promise<void> {
  await browser.storage.local.set({ settings });
}
