import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ExtensionError, type ErrorCode } from '@/utils/errors';
import type { Account } from '@/utils/otp/account';
import { formatOtpauthUri, parseOtpauthUri, readOtpauthUri } from '@/utils/otp/otpauth-uri';

const uri = (query: string, label = 'Example:ada'): string => `otpauth://totp/${label}?${query}`;

describe('parseOtpauthUri', () => {
  it('reads the example of the Key URI Format', () => {
    const text =
      'otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30';
    expect(parseOtpauthUri(text)).toEqual({
      type: 'totp',
      issuer: 'ACME Co',
      accountName: 'john.doe@email.com',
      secret: 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
  });

  it('takes what the format leaves out for what everybody means by it', () => {
    expect(parseOtpauthUri('otpauth://totp/ada?secret=jbsw%20y3dp')).toMatchObject({
      issuer: '',
      accountName: 'ada',
      secret: 'JBSWY3DP',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
    expect(parseOtpauthUri('otpauth://hotp/ada?secret=JBSWY3DP').counter).toBe(0);
  });

  it('keeps the counter of a counter-based account', () => {
    expect(parseOtpauthUri('otpauth://hotp/a?secret=JBSWY3DP&counter=41').counter).toBe(41);
  });

  it('keeps the secret as it was written beside its normal form', () => {
    const { account, typedSecret } = readOtpauthUri(uri('secret=jbsw y3dp=='));
    expect(typedSecret).toBe('jbsw y3dp==');
    expect(account.secret).toBe('JBSWY3DP');
  });

  it.each<{ name: string; text: string; code: ErrorCode }>([
    {
      name: 'case 56: a label of a megabyte',
      text: uri('secret=AA', 'x'.repeat(1e6)),
      code: 'uri-too-long',
    },
    {
      name: 'case 57: digits=99999999',
      text: uri('secret=AA&digits=99999999'),
      code: 'digits-invalid',
    },
    { name: 'case 57: digits=-1', text: uri('secret=AA&digits=-1'), code: 'digits-invalid' },
    { name: 'case 57: digits=1.5', text: uri('secret=AA&digits=1.5'), code: 'digits-invalid' },
    { name: 'case 57: digits=1e1', text: uri('secret=AA&digits=1e1'), code: 'digits-invalid' },
    { name: 'case 58: period=0', text: uri('secret=AA&period=0'), code: 'period-invalid' },
    {
      name: 'case 58: period=1000000000000',
      text: uri('secret=AA&period=1000000000000'),
      code: 'period-invalid',
    },
    {
      name: 'case 59: counter=2^53',
      text: 'otpauth://hotp/a?secret=AA&counter=9007199254740992',
      code: 'counter-invalid',
    },
    {
      name: 'case 60: two secrets',
      text: uri('secret=AA&secret=BB'),
      code: 'uri-duplicate-parameter',
    },
    {
      name: 'case 60: two issuers, one in disguise',
      text: uri('secret=AA&issuer=A&%69ssuer=B'),
      code: 'uri-duplicate-parameter',
    },
    { name: 'an empty secret', text: uri('secret='), code: 'secret-empty' },
    { name: 'no secret', text: uri('issuer=Example'), code: 'secret-empty' },
    {
      name: 'an unknown algorithm',
      text: uri('secret=AA&algorithm=MD5'),
      code: 'algorithm-unsupported',
    },
    { name: 'an unknown type', text: 'otpauth://push/a?secret=AA', code: 'type-unsupported' },
    { name: 'another scheme', text: 'https://example.com/?secret=AA', code: 'uri-invalid' },
    { name: 'no label at all', text: 'otpauth://totp?secret=AA', code: 'uri-invalid' },
    { name: 'nothing', text: '', code: 'uri-invalid' },
  ])('refuses $name', ({ text, code }) => {
    expect(() => parseOtpauthUri(text)).toThrow(new ExtensionError(code));
  });

  it('case 61: tells both names when label and parameter disagree', () => {
    const { account, labelIssuer } = readOtpauthUri(uri('secret=AA&issuer=GitHub', 'Evil:ada'));
    expect({ issuer: account.issuer, labelIssuer }).toEqual({
      issuer: 'GitHub',
      labelIssuer: 'Evil',
    });
  });

  it('case 62: takes the characters out of a name that would show another one', () => {
    const hostile = encodeURIComponent('Git\u202Ebuh\u200B\u0000 \uFEFFCo');
    expect(parseOtpauthUri(uri(`secret=AA&issuer=${hostile}`, 'ada')).issuer).toBe('Gitbuh Co');
    const flood = encodeURIComponent(`a${'\u0301'.repeat(500)}b`);
    expect(parseOtpauthUri(uri('secret=AA', flood)).accountName.length).toBeLessThan(10);
    const family = '👨\u200D👩\u200D👧';
    expect(parseOtpauthUri(uri('secret=AA', encodeURIComponent(family))).accountName).toBe(family);
  });

  it('throws nothing but an expected failure, whatever it is given', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `otpauth://totp/${text}`),
      fc.tuple(fc.string(), fc.string()).map(([a, b]) => `otpauth://hotp/${a}?secret=AA&${b}`),
    );
    const property = fc.property(hostile, (text) => {
      try {
        parseOtpauthUri(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ExtensionError);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('is undone by formatOtpauthUri', () => {
    const name = fc
      .stringMatching(/^[\p{L}\d@._%+&#?/-]{1,40}$/u)
      .map((text) => text.normalize('NFC'));
    const common = {
      issuer: name,
      accountName: name,
      secret: fc.stringMatching(/^[A-Z2-7]{2,64}$/),
      algorithm: fc.constantFrom('SHA1' as const, 'SHA256' as const, 'SHA512' as const),
      digits: fc.integer({ min: 4, max: 10 }),
    };
    const totp = fc.record({
      ...common,
      type: fc.constant('totp' as const),
      period: fc.integer({ min: 1, max: 3600 }),
    });
    const hotp = fc.record({
      ...common,
      type: fc.constant('hotp' as const),
      period: fc.constant(30),
      counter: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    });
    fc.assert(
      fc.property(fc.oneof<fc.Arbitrary<Account>[]>(totp, hotp), (account) => {
        expect(parseOtpauthUri(formatOtpauthUri(account))).toEqual(account);
      }),
    );
  });
});
