import { describe, expect, it } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { generateCode } from '@/utils/otp/generate';

import { aTotpAccount } from '../../builders';
import rfc4226 from '../../vectors/rfc4226.json';
import rfc6238 from '../../vectors/rfc6238.json';

describe('generateCode', () => {
  it.each(rfc6238.vectors)('gives $code for $algorithm at $seconds s (RFC 6238)', (vector) => {
    const algorithm = vector.algorithm as 'SHA1' | 'SHA256' | 'SHA512';
    const account = aTotpAccount({ algorithm, secret: rfc6238.secrets[algorithm], digits: 8 });
    expect(generateCode(account, vector.seconds * 1000).code).toBe(vector.code);
  });

  it.each(rfc4226.codes.map((code, counter) => ({ code, counter })))(
    'gives $code for counter $counter (RFC 4226)',
    ({ code, counter }) => {
      const account = aTotpAccount({ type: 'hotp', secret: rfc4226.secret, counter });
      expect(generateCode(account, 0).code).toBe(code);
    },
  );

  it('is valid to the end of the time step, not for a whole period', () => {
    expect(generateCode(aTotpAccount({ period: 30 }), 29_999)).toMatchObject({
      validFrom: 0,
      validUntil: 30_000,
    });
    expect(generateCode(aTotpAccount({ period: 30 }), 30_000).validUntil).toBe(60_000);
  });

  it.each([1, 7, 45, 3600])('keeps one code for the whole of a period of %d seconds', (period) => {
    const account = aTotpAccount({ period });
    const { code, validFrom, validUntil } = generateCode(account, 1_700_000_000_123);
    expect(generateCode(account, validFrom).code).toBe(code);
    expect(generateCode(account, validUntil - 1).code).toBe(code);
    expect(validUntil - validFrom).toBe(period * 1000);
  });

  it.each([4, 5, 6, 7, 8, 9, 10])('gives codes of %d digits', (digits) => {
    expect(generateCode(aTotpAccount({ digits }), 0).code).toMatch(new RegExp(`^\\d{${digits}}$`));
  });

  // Cases 57–59.
  it.each([
    { fields: { digits: 99_999_999 }, code: 'digits-invalid' },
    { fields: { digits: 0 }, code: 'digits-invalid' },
    { fields: { digits: 6.5 }, code: 'digits-invalid' },
    { fields: { period: 0 }, code: 'period-invalid' },
    { fields: { period: 1e12 }, code: 'period-invalid' },
    { fields: { type: 'hotp', counter: 2 ** 53 }, code: 'counter-invalid' },
    { fields: { type: 'hotp', counter: -1 }, code: 'counter-invalid' },
    { fields: { secret: '' }, code: 'secret-empty' },
  ] as const)('refuses $fields', ({ fields, code }) => {
    expect(() => generateCode(aTotpAccount(fields), 0)).toThrow(new ExtensionError(code));
  });
});
