import type { Signal } from '../signal';
import { AUTHENTICATOR, RECOVERY } from '../words';

/** A page for recovery codes speaks of them around the field; one that only links to them also names the app. */
export const recovery: Signal = ({ nearby, headings }) => {
  const found =
    RECOVERY.exec(headings) ?? (AUTHENTICATOR.test(nearby) ? null : RECOVERY.exec(nearby));
  return found ? { weight: -60, reason: `near “${found[0]}”` } : undefined;
};
