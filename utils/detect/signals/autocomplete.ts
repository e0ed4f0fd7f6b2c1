import type { Signal } from '../signal';

/**
 * The page says what the field is. `one-time-code` all but settles the matter; any other autofill
 * field name (WHATWG HTML, "Autofill") is a claim to be something else.
 */
export const autocomplete: Signal = ({ autocomplete: attribute }) => {
  const tokens = attribute.split(/\s+/).filter(Boolean);
  if (tokens.includes('one-time-code'))
    return { weight: 100, reason: 'autocomplete=one-time-code' };

  // Sites write these on real code fields as often as on any other, so they say nothing.
  const silent = ['off', 'on', 'false', 'nope', 'new-password', 'do-not-autofill'];
  const claim = tokens.find((token) => !silent.includes(token));
  return claim ? { weight: -70, reason: `autocomplete=${claim}` } : undefined;
};
