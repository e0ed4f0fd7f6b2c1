import type messages from '../public/_locales/en/messages.json';
import { browser } from './browser';
import type { ErrorCode } from './errors';

export type MessageKey = keyof typeof messages;

/** The sentence of `key` in the browser's language, with `$1`, `$2`… replaced. */
export function t(key: MessageKey, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String));
}

/** The sentence that tells a person what went wrong and what to do. */
export function errorText(code: ErrorCode): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a contract test checks that every code has its sentence
  return t(`error_${code.replaceAll('-', '_')}` as MessageKey);
}
