import type { Signal } from '../signal';
import { AUTHENTICATOR, ONE_TIME_CODE } from '../words';

/** What stands around the field, for pages that label nothing. */
export const nearbyWords: Signal = ({ nearby, headings }) => {
  const near = AUTHENTICATOR.exec(nearby) ?? ONE_TIME_CODE.exec(nearby);
  if (near) return { weight: 40, reason: `near “${near[0]}”` };
  const heading = AUTHENTICATOR.exec(headings) ?? ONE_TIME_CODE.exec(headings);
  return heading ? { weight: 30, reason: `under the heading “${heading[0]}”` } : undefined;
};
