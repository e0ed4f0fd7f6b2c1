import type { Handlers } from '@/utils/messaging/handler';
import { readSettings, writeSettings } from '@/utils/storage/settings';

export function settingsHandlers(changed: () => Promise<void>): Handlers<'settings'> {
  return {
    'settings.get': () => readSettings(),

    'settings.set': async (change) => {
      const settings = { ...(await readSettings()), ...change };
      await writeSettings(settings);
      await changed();
      return settings;
    },
  };
}
