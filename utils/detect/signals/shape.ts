import type { Signal } from '../signal';

/** A field that takes a handful of digits and no more. */
export const shape: Signal = ({ inputMode, maxLength, pattern, type }) => {
  const short = maxLength >= 4 && maxLength <= 10;
  const numeric = inputMode === 'numeric' || type === 'tel' || type === 'number';
  const digits = /\\d|0-9/.test(pattern);
  if (short && (numeric || digits)) return { weight: 30, reason: `takes ${maxLength} digits` };
  if (short) return { weight: 15, reason: `takes ${maxLength} characters` };
  if (numeric || digits) return { weight: 10, reason: 'takes digits' };
  return maxLength > 10 ? { weight: -10, reason: `takes ${maxLength} characters` } : undefined;
};
