import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { normalizeSecret, secretBytes } from '@/utils/otp/secret';

import rfc4648 from '../../vectors/rfc4648.json';

describe('secretBytes', () => {
  it.each(rfc4648.vectors)('decodes %s’s base32 (RFC 4648)', (text, base32) => {
    expect(new TextDecoder().decode(secretBytes(base32))).toBe(text);
  });

  // Odd lengths occur in the wild; the bits that fill no byte are dropped, not made into one.
  it.each([
    { secret: 'AAA', length: 1 },
    { secret: 'GEZDGNBVGY3', length: 6 },
    { secret: 'JBSWY3DPEHPK3PXPA', length: 10 },
  ])('takes $length bytes from $secret', ({ secret, length }) => {
    expect(secretBytes(secret)).toHaveLength(length);
  });
});

describe('normalizeSecret', () => {
  it.each([
    ['jrlr dm5t vlze jmnx', 'JRLRDM5TVLZEJMNX'],
    ['JBSW-Y3DP-EHPK-3PXP', 'JBSWY3DPEHPK3PXP'],
    ['MZXW6===', 'MZXW6'],
    ['\u00a0jbswy3dp\u200behpk3pxp\n', 'JBSWY3DPEHPK3PXP'],
  ])('reads %j as %s', (typed, normal) => {
    expect(normalizeSecret(typed)).toBe(normal);
  });

  it.each([
    { typed: '', code: 'secret-empty' },
    { typed: ' - ', code: 'secret-empty' },
    { typed: '====', code: 'secret-empty' },
    { typed: 'JBSW0189', code: 'secret-invalid' },
    { typed: 'JBSWÄ', code: 'secret-invalid' },
    { typed: 'A', code: 'secret-invalid' },
    { typed: 'A'.repeat(1025), code: 'secret-too-long' },
    { typed: ' '.repeat(1_000_000), code: 'secret-too-long' },
  ] as const)('refuses $typed.length characters with $code', ({ typed, code }) => {
    expect(() => normalizeSecret(typed)).toThrow(new ExtensionError(code));
  });

  it('is the same for a secret in its normal form', () => {
    const base32 = fc.stringMatching(/^[A-Z2-7]{2,200}$/);
    fc.assert(fc.property(base32, (secret) => normalizeSecret(secret) === secret));
  });
});
