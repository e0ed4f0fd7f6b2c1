import { HOTP, Secret, TOTP } from 'otpauth';

import { ExtensionError } from '../errors';
import { checkAlgorithm, checkCounter, checkDigits, checkPeriod, type Account } from './account';
import { normalizeSecret, secretBytes } from './secret';

export interface OtpCode {
  code: string;
  /** Milliseconds since the epoch. */
  validFrom: number;
  /** Milliseconds since the epoch; {@link NEVER} for a code that a counter, not the clock, retires. */
  validUntil: number;
}

/** The last moment a `Date` can name. `Infinity` would not survive JSON. */
export const NEVER = 8_640_000_000_000_000;

/** The code at `now` (milliseconds since the epoch). For HOTP, the code of `account.counter`. */
export function generateCode(account: Account, now: number): OtpCode {
  const algorithm = checkAlgorithm(account.algorithm);
  const digits = checkDigits(account.digits);
  const secret = new Secret({ buffer: secretBytes(normalizeSecret(account.secret)).buffer });

  switch (account.type) {
    case 'totp': {
      const period = checkPeriod(account.period);
      const code = new TOTP({ secret, algorithm, digits, period }).generate({ timestamp: now });
      const validFrom = startOfTimeStep(period, now);
      return { code, validFrom, validUntil: validFrom + period * 1000 };
    }
    case 'hotp': {
      const counter = checkCounter(account.counter ?? 0);
      const code = new HOTP({ secret, algorithm, digits, counter }).generate({ counter });
      return { code, validFrom: now, validUntil: NEVER };
    }
    default:
      throw new ExtensionError('type-unsupported');
  }
}

/** RFC 6238 §4.2, with T0 = 0: the beginning of the time step that holds `now`, in milliseconds. */
function startOfTimeStep(period: number, now: number): number {
  const step = period * 1000;
  return Math.floor(now / step) * step;
}
