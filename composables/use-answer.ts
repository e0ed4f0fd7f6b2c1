import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

import { errorCodeOf, type ErrorCode } from '@/utils/errors';
import { onStateChanged } from '@/utils/messaging/client';

export interface Answer<Value> {
  /** Absent until the first answer, and after a failure: what was shown may not be shown any more. */
  value: Readonly<ShallowRef<Value | undefined>>;
  error: Readonly<ShallowRef<ErrorCode | undefined>>;
  refresh: () => Promise<void>;
}

/** What the background answers to `ask`, asked again whenever it says that something changed. */
export function useAnswer<Value>(ask: () => Promise<Value>): Answer<Value> {
  const value = shallowRef<Value>();
  const error = shallowRef<ErrorCode>();
  let latest = Promise.resolve();
  let turn = 0;

  function refresh(): Promise<void> {
    latest = attempt(++turn);
    return latest;
  }

  async function attempt(mine: number): Promise<void> {
    try {
      const answer = await ask();
      // Answers may overtake each other; the last question wins.
      if (mine !== turn) return latest;
      value.value = answer;
      error.value = undefined;
    } catch (failure) {
      if (mine !== turn) return latest;
      value.value = undefined;
      error.value = errorCodeOf(failure);
    }
    return undefined;
  }

  onScopeDispose(onStateChanged(() => void refresh()));
  onScopeDispose(() => {
    turn++;
    latest = Promise.resolve();
  });
  void refresh();
  return { value, error, refresh };
}
