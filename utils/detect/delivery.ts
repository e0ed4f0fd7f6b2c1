import type { FieldSnapshot } from './snapshot';
import { AUTHENTICATOR, EMAIL, PUSH, SMS } from './words';

export type Delivery = 'authenticator' | 'sms' | 'email' | 'push' | 'unknown';

/**
 * How the code reaches the person, by what the page says, nearest text first. A text that names
 * the app and another way offers a choice, and the app is the one in use when it stands first.
 */
export function readDelivery({ attributes, label, nearby, headings }: FieldSnapshot): Delivery {
  for (const text of [`${attributes} ${label}`, nearby, headings]) {
    const delivery = firstNamed(text);
    if (delivery) return delivery;
  }
  return 'unknown';
}

function firstNamed(text: string): Delivery | undefined {
  const places: [Delivery, RegExp][] = [
    ['authenticator', AUTHENTICATOR],
    ['sms', SMS],
    ['email', EMAIL],
    ['push', PUSH],
  ];
  let first: { delivery: Delivery; index: number } | undefined;
  for (const [delivery, words] of places) {
    const index = text.search(words);
    if (index >= 0 && (!first || index < first.index)) first = { delivery, index };
  }
  return first?.delivery;
}
