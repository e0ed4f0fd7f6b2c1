import type { ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type { Settings } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface SettingsFace {
  settings: Readonly<ShallowRef<Settings | undefined>>;
  refresh: () => Promise<void>;
  change: (parts: Partial<Settings>) => Promise<void>;
}

export function useSettings(): SettingsFace {
  const { value: settings, refresh } = useAnswer(() => send('settings.get'));

  return {
    settings,
    refresh,
    async change(parts) {
      await send('settings.set', parts);
      await refresh();
    },
  };
}
