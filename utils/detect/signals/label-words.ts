import type { Signal } from '../signal';
import { AUTHENTICATOR, ONE_TIME_CODE } from '../words';

/** What the page tells the person about this very field. */
export const labelWords: Signal = ({ label }) => {
  const strong = AUTHENTICATOR.exec(label) ?? ONE_TIME_CODE.exec(label);
  if (strong) return { weight: 60, reason: `labelled “${strong[0]}”` };
  const weak =
    /\b(?:code|pin|token|passcode)\b|código|codice|kod\b|код|kodu|رمز|コード|代码|코드/.exec(label);
  return weak ? { weight: 30, reason: `labelled “${weak[0]}”` } : undefined;
};
