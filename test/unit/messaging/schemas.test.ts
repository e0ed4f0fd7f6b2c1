import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { callers, messageTypes } from '@/utils/messaging/protocol';
import { schemas } from '@/utils/messaging/schemas';

describe('schemas', () => {
  it('case 46: answer any data with yes or no, and never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...messageTypes), fc.anything(), (type, data) => {
        expect(typeof v.safeParse(schemas[type], data).success).toBe('boolean');
      }),
      { numRuns: 5000 },
    );
  });

  it('case 46: refuse what a message has no field for, and values beyond all measure', () => {
    const report = { purpose: 'sign-in', delivery: 'unknown', fields: 1 };
    expect(v.safeParse(schemas['fill.request'], report).success).toBe(true);
    const hostile = [
      { ...report, accountId: 'x' },
      JSON.parse('{"purpose":"sign-in","delivery":"unknown","fields":1,"__proto__":{"a":1}}'),
      { ...report, fields: 1e9 },
      { ...report, ancestors: Array.from({ length: 1000 }, () => 'https://a.test') },
      { ...report, ancestors: ['x'.repeat(1e6)] },
    ];
    for (const data of hostile)
      expect(v.safeParse(schemas['fill.request'], data).success).toBe(false);
    const unlock = v.safeParse(schemas['vault.unlock'], { passphrase: 'x'.repeat(1e6) });
    expect(unlock.success).toBe(false);
  });

  it('case 41: let content scripts send what concerns their own form, and nothing else', () => {
    const open = messageTypes.filter((type) =>
      callers[type].some((caller) => caller === 'content-script'),
    );
    expect(open).toEqual(['fill.report', 'fill.request', 'fill.done']);
  });
});
