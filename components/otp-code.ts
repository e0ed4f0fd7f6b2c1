import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';

import { t } from '@/utils/i18n';

/** In the last seconds code and ring turn amber. */
export const EXPIRING_SECONDS = 5;

/** Shown in halves, because that is how people carry a code across. */
export function codeHalves(code: string): [string, string] {
  const middle = Math.ceil(code.length / 2);
  return [code.slice(0, middle), code.slice(middle)];
}

/** Seconds until `validUntil`, both in milliseconds since the epoch. Never negative. */
export function secondsLeft(validUntil: number, now: number): number {
  return Math.max(0, Math.ceil((validUntil - now) / 1000));
}

const seconds = new Intl.NumberFormat(undefined, {
  style: 'unit',
  unit: 'second',
  unitDisplay: 'long',
});

/** A code as a screen reader should say it: digit by digit, and how long it holds. */
export function spokenCode(code: string, left?: number): string {
  const digits = code.split('').join(' ');
  return left === undefined ? digits : t('code_spoken', digits, seconds.format(left));
}

/**
 * The same as a label of something that can have the focus. A screen reader says a label again
 * when it changes under the focus, so there the time stands still until the code itself changes.
 */
export function useSpokenCode(
  code: () => string | undefined,
  left: () => number | undefined,
  focused: Ref<boolean>,
): ComputedRef<string> {
  const heldLeft = ref(left());
  watch([code, left], ([next], [previous]) => {
    if (!focused.value || next !== previous) heldLeft.value = left();
  });
  return computed(() => {
    const shown = code();
    return shown === undefined ? '' : spokenCode(shown, heldLeft.value);
  });
}
