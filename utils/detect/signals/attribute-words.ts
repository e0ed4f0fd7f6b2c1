import type { Signal } from '../signal';
import { ATTRIBUTE_STRONG, ATTRIBUTE_WEAK } from '../words';

/** What the page's authors call the field. */
export const attributeWords: Signal = ({ attributes }) => {
  const strong = ATTRIBUTE_STRONG.exec(attributes);
  if (strong) return { weight: 60, reason: `named “${strong[0]}”` };
  const weak = ATTRIBUTE_WEAK.exec(attributes);
  return weak ? { weight: 25, reason: `named “${weak[0]}”` } : undefined;
};
