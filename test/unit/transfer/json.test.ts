import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { utf8 } from '@/utils/bytes';
import { parseJson } from '@/utils/transfer/json';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(utf8.encode(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('counts no brackets inside strings', () => {
    const value = { a: '['.repeat(1000), '{"\\': '\\"{{{'.repeat(100) };
    expect(parseJson(utf8.encode(JSON.stringify(value)))).toEqual(value);
  });

  it.each([
    ['case 71: brackets a million deep', nested(1_000_000)],
    ['case 71: brackets one too deep', nested(65)],
    ['case 71: brackets that never close', '{"a":'.repeat(100_000)],
    ['nothing', ''],
    ['half an object', '{"a":1'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseJson(utf8.encode(text))).toThrow();
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => parseJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow();
  });

  it('takes brackets as deep as it says', () => {
    expect(() => parseJson(utf8.encode(nested(64)))).not.toThrow();
  });
});
