import { readonly, ref, type Ref } from 'vue';

import { errorCodeOf, type ErrorCode } from '@/utils/errors';

export interface Request {
  busy: Readonly<Ref<boolean>>;
  /** How the last attempt failed. */
  error: Readonly<Ref<ErrorCode | undefined>>;
  /** Whether `work` succeeded; if not, `error` says why. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** One thing a person asks for: under way, done, or failed with a code that has a sentence. */
export function useRequest(): Request {
  const busy = ref(false);
  const error = ref<ErrorCode>();

  async function run(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    error.value = undefined;
    try {
      await work();
      return true;
    } catch (failure) {
      error.value = errorCodeOf(failure);
      return false;
    } finally {
      busy.value = false;
    }
  }

  function clear() {
    error.value = undefined;
  }

  return { busy: readonly(busy), error: readonly(error), run, clear };
}
