import type { Signal } from '../signal';
import { OTHER_CODE, RECOVERY } from '../words';

/** A code of another kind: coupons, postcodes, card numbers, recovery codes. */
export const otherCode: Signal = ({ attributes, label }) => {
  const own = `${attributes} ${label}`;
  const other = OTHER_CODE.exec(own) ?? RECOVERY.exec(own);
  return other ? { weight: -110, reason: `asks for “${other[0]}”` } : undefined;
};
