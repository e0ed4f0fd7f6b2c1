import { ref, type Ref } from 'vue';

const DAY_MS = 86_400_000;

export interface LaterFace {
  /** It was not put off, or long enough ago. */
  due: Readonly<Ref<boolean>>;
  later: () => void;
}

/** Something that a person may put off for some days. Kept by the page, since it is no secret. */
export function useLater(
  what: string,
  days: number,
  storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
  clock = Date.now,
): LaterFace {
  const key = `later/${what}`;
  const putOffAt = Number(storage.getItem(key) ?? 0);
  const due = ref(!(clock() - putOffAt < days * DAY_MS));

  return {
    due,
    later() {
      storage.setItem(key, String(clock()));
      due.value = false;
    },
  };
}
