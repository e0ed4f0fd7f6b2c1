import { onScopeDispose, readonly, ref, type Ref } from 'vue';

export interface NowOptions {
  intervalMs?: number;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

/** The time, renewed on every full `intervalMs` of the clock: seconds change when the clock's do. */
export function useNow({ intervalMs = 1000, clock = Date.now }: NowOptions = {}): Readonly<
  Ref<number>
> {
  const now = ref(clock());
  let timer: ReturnType<typeof setTimeout>;

  function wait() {
    timer = setTimeout(
      () => {
        now.value = clock();
        wait();
      },
      intervalMs - (clock() % intervalMs),
    );
  }

  wait();
  onScopeDispose(() => clearTimeout(timer));
  return readonly(now);
}
