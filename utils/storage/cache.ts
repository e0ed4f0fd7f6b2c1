import * as v from 'valibot';

import type { SentinelArea } from '../vault/store';

/** Nothing is ever fetched from here: the cache takes no other names than those of web pages. */
const ADDRESS = 'https://sentinel.invalid/vault';

const markSchema = v.object({ vaultId: v.string(), revision: v.number() });

/**
 * The cache lies in files apart from both stores, on this device alone. When both of them were set
 * back at once, this is who knows that there was more.
 */
export const cacheSentinel: SentinelArea = {
  read: async () => {
    const response = await open().then((cache) => cache?.match(ADDRESS));
    const checked = v.safeParse(markSchema, await response?.json().catch(() => undefined));
    return checked.success ? checked.output : undefined;
  },
  write: async (mark) => {
    const cache = await open();
    await cache?.put(ADDRESS, new Response(JSON.stringify(mark)));
  },
};

/** Some browsers keep no cache for extensions. */
async function open(): Promise<Cache | undefined> {
  if (typeof caches === 'undefined') return undefined;
  return caches.open('sentinel').catch(() => undefined);
}
