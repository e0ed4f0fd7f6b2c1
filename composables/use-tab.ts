import { shallowRef, type ShallowRef } from 'vue';

import { browser } from '@/utils/browser';

export interface TabFace {
  /** Absent until known, and where there is no tab to work on. */
  tabId: Readonly<ShallowRef<number | undefined>>;
  settled: Promise<void>;
}

/** The tab that the popup is about: the active one, or the one that the address names (`?tab=7`). */
export function useTab(search = location.search): TabFace {
  const tabId = shallowRef<number>();
  const named = Number.parseInt(new URLSearchParams(search).get('tab') ?? '', 10);
  if (Number.isInteger(named)) {
    tabId.value = named;
    return { tabId, settled: Promise.resolve() };
  }

  async function find() {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    tabId.value = tab?.id;
  }
  return { tabId, settled: find() };
}
