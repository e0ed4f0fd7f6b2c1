import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatRecoveryCode, matchesGroups, parseRecoveryCode } from '@/utils/vault/recovery-code';

const key = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => new Uint8Array(bytes));

describe('a recovery code', () => {
  it('gives its key back, however it was copied', async () => {
    const property = fc.asyncProperty(key, async (bytes) => {
      const code = await formatRecoveryCode(bytes);
      expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      const copied = code
        .toLowerCase()
        .replaceAll('-', ' ')
        .replaceAll('0', 'o')
        .replaceAll('1', 'l');
      expect(await parseRecoveryCode(copied)).toEqual(bytes);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('is refused when one character is another', async () => {
    const code = await formatRecoveryCode(new Uint8Array(20).fill(7));
    for (let at = 0; at < code.length; at++) {
      if (code[at] === '-') continue;
      const other = code[at] === 'A' ? 'B' : 'A';
      const wrong = code.slice(0, at) + other + code.slice(at + 1);
      expect(await parseRecoveryCode(wrong), `character ${at}`).toBeUndefined();
    }
  });

  it.each(['', 'ABCD', 'A'.repeat(36), '*'.repeat(36), 'A'.repeat(1e6)])(
    'is not %.20s',
    async (text) => {
      expect(await parseRecoveryCode(text)).toBeUndefined();
    },
  );

  it('is known again by its second and its last group', async () => {
    const code = await formatRecoveryCode(new Uint8Array(20).fill(7));
    const groups = code.split('-');
    const [second = '', last = ''] = [groups[1], groups.at(-1)];
    expect(matchesGroups(code, [second.toLowerCase(), ` ${last}`])).toBe(true);
    expect(matchesGroups(code, [last, second])).toBe(false);
  });
});
