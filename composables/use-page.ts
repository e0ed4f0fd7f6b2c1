import { watch, type ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type { PageView } from '@/utils/messaging/protocol';

import { useAnswer } from './use-answer';

export interface PageFace {
  page: Readonly<ShallowRef<PageView | undefined>>;
  refresh: () => Promise<void>;
  fill: (accountId: string) => Promise<void>;
}

/** What the page in the tab asks for, and what can be done about it. */
export function usePage(tabId: Readonly<ShallowRef<number | undefined>>): PageFace {
  const { value: page, refresh } = useAnswer(async () =>
    tabId.value === undefined ? undefined : await send('page.get', { tabId: tabId.value }),
  );
  watch(tabId, refresh);

  return {
    page,
    refresh,
    async fill(accountId) {
      if (tabId.value === undefined) return;
      await send('fill.choose', { tabId: tabId.value, accountId });
      await refresh();
    },
  };
}
