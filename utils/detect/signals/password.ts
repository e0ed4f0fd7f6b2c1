import type { Signal } from '../signal';

/** Some sites mask the code. A masked field has to say so in other ways. */
export const password: Signal = ({ type }) =>
  type === 'password' ? { weight: -30, reason: 'a masked field' } : undefined;
