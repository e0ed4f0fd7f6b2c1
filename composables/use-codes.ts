import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';

import { send } from '@/utils/messaging/client';
import type { OtpCodeView } from '@/utils/messaging/protocol';

export interface CodesFace {
  codes: Readonly<ShallowRef<ReadonlyMap<string, OtpCodeView>>>;
  /** The code of one account, asked for when it is not at hand. Absent for counter-based ones. */
  find: (accountId: string) => Promise<OtpCodeView | undefined>;
  /** The next code of a counter-based account. Each call uses one up. */
  advance: (accountId: string) => Promise<OtpCodeView>;
}

/** Not more often than this, whatever the clocks of page and background make of each other. */
const LEAST_WAIT_MS = 100;
const RETRY_MS = 2000;

/**
 * The codes of the `wanted` accounts: asked for when an account comes into sight, and again at the
 * moment the first of them runs out.
 */
export function useCodes(wanted: () => readonly string[], clock = Date.now): CodesFace {
  const codes = shallowRef<ReadonlyMap<string, OtpCodeView>>(new Map());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let askAgain = false;
  let disposed = false;

  async function refresh() {
    if (disposed) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    clearTimeout(timer);
    let failed = false;
    try {
      await ask();
    } catch {
      // Locked, most likely. What is not to be had is not to be shown.
      failed = true;
      codes.value = new Map();
    }
    asking = false;
    if (disposed) return;
    if (askAgain) {
      askAgain = false;
      void refresh();
    } else if (failed) {
      timer = setTimeout(() => void refresh(), RETRY_MS);
    } else {
      wait();
    }
  }

  async function ask() {
    const ids = wanted();
    const now = clock();
    const kept = new Map(
      ids.flatMap((id) => {
        const code = codes.value.get(id);
        return code && code.validUntil > now ? [[id, code] as const] : [];
      }),
    );
    const missing = ids.filter((id) => !kept.has(id));
    const answers = missing.length > 0 ? await send('otp.generate', { accountIds: missing }) : [];
    if (disposed) return;
    // A counter may have been advanced meanwhile.
    for (const id of ids) {
      const code = codes.value.get(id);
      if (code && code.validUntil > now) kept.set(id, code);
    }
    for (const code of answers) kept.set(code.accountId, code);
    codes.value = kept;
  }

  function wait() {
    const ends = [...codes.value.values()].map(({ validUntil }) => validUntil);
    if (ends.length === 0) return;
    const waitMs = Math.min(...ends) - clock();
    // Counter-based codes never run out, and a timer of more than 24 days fires at once.
    if (waitMs > 86_400_000) return;
    timer = setTimeout(() => void refresh(), Math.max(LEAST_WAIT_MS, waitMs));
  }

  async function find(accountId: string): Promise<OtpCodeView | undefined> {
    const known = codes.value.get(accountId);
    if (known && known.validUntil > clock()) return known;
    const [code] = await send('otp.generate', { accountIds: [accountId] });
    return code;
  }

  async function advance(accountId: string): Promise<OtpCodeView> {
    const code = await send('otp.advance', { accountId });
    if (!disposed) codes.value = new Map(codes.value).set(accountId, code);
    return code;
  }

  watch(
    () => wanted().join(),
    () => void refresh(),
    { immediate: true },
  );
  onScopeDispose(() => {
    disposed = true;
    clearTimeout(timer);
    codes.value = new Map();
  });
  return { codes, find, advance };
}
