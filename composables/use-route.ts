import { computed, onScopeDispose, ref, type ComputedRef } from 'vue';

import { browser } from '@/utils/browser';

export interface RouteFace {
  name: ComputedRef<string>;
  /** What of the page is meant: `#/security?passkey`. */
  detail: ComputedRef<string>;
  go: (to: string) => void;
}

/** Which page of the manager the address names: `#/security`. */
export function useRoute(): RouteFace {
  const fragment = ref(location.hash);

  function follow() {
    fragment.value = location.hash;
  }
  window.addEventListener('hashchange', follow);
  onScopeDispose(() => window.removeEventListener('hashchange', follow));

  const parts = computed(() => /^#\/?([\w-]*)(?:\?(.*))?$/.exec(fragment.value) ?? []);
  return {
    name: computed(() => parts.value[1] ?? ''),
    detail: computed(() => parts.value[2] ?? ''),
    go(to) {
      history.replaceState(undefined, '', `#/${to}`);
      follow();
    },
  };
}

/** Opens the manager in a tab of its own, on the page that `to` names. */
export async function openManager(to: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`options.html#/${to}`) });
  window.close();
}
