import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { discard, purgeTrash, rememberUndo, restore, TRASH_MS, undo } from '@/utils/vault/changes';
import { emptyContents } from '@/utils/vault/contents';

import { aStoredAccount } from '../../builders';

const now = 1_700_000_000_000;

function contentsWith(...ids: string[]) {
  return { ...emptyContents(), accounts: ids.map((id) => aStoredAccount({ id })) };
}

describe('the trash', () => {
  it('keeps an account for thirty days, and gives it back as it was', () => {
    const contents = contentsWith('a', 'b');
    const [before] = structuredClone(contents.accounts);
    discard(contents, 'a', now);
    purgeTrash(contents, now + TRASH_MS - 1);
    expect(contents.accounts.map(({ id }) => id)).toEqual(['b']);
    restore(contents, 'a');
    expect(contents.accounts.find(({ id }) => id === 'a')).toEqual(before);
    expect(contents.trash).toEqual([]);
  });

  it('lets go of it after that', () => {
    const contents = contentsWith('a');
    discard(contents, 'a', now);
    purgeTrash(contents, now + TRASH_MS);
    expect(contents.trash).toEqual([]);
    expect(() => restore(contents, 'a')).toThrow(new ExtensionError('account-missing'));
  });

  it('case 109: keeps what was put there by a clock that was ahead', () => {
    const contents = contentsWith('a');
    discard(contents, 'a', now + 365 * 24 * 3_600_000);
    purgeTrash(contents, now);
    expect(contents.trash).toHaveLength(1);
  });
});

describe('undo', () => {
  it('puts back what was changed, and takes away what was added', () => {
    const contents = contentsWith('a');
    const [account] = contents.accounts;
    if (!account) throw new Error('no account');
    const undoId = rememberUndo(contents, { before: [account], added: ['b'] }, now);
    account.issuer = 'Other';
    contents.accounts.push(aStoredAccount({ id: 'b' }));
    undo(contents, undoId, now);
    expect(contents.accounts.map(({ id, issuer }) => [id, issuer])).toEqual([['a', 'Example']]);
    expect(contents.trash.map(({ account: { id } }) => id)).toEqual(['b']);
  });

  it('works once', () => {
    const contents = contentsWith('a');
    const undoId = rememberUndo(contents, { before: [], added: [] }, now);
    undo(contents, undoId, now);
    expect(() => undo(contents, undoId, now)).toThrow(new ExtensionError('undo-expired'));
  });

  it('never takes a counter back, whatever is undone in whatever order', () => {
    const step = fc.constantFrom('use', 'edit', 'remove', 'undo', 'restore');
    const property = fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const contents = emptyContents();
      contents.accounts.push(aStoredAccount({ id: 'a', type: 'hotp', counter: 0 }));
      let used = 0;
      for (const each of steps) {
        const [account] = contents.accounts;
        const last = contents.undo.at(-1);
        if (each === 'use' && account) used = account.counter = (account.counter ?? 0) + 1;
        if (each === 'edit' && account) {
          rememberUndo(contents, { before: [account], added: [] }, now);
          account.issuer = 'Other';
        }
        if (each === 'remove' && account) {
          rememberUndo(contents, { before: [account], added: [] }, now);
          discard(contents, 'a', now);
        }
        if (each === 'undo' && last) undo(contents, last.id, now);
        if (each === 'restore' && contents.trash.length > 0) restore(contents, 'a');
        const everywhere = [...contents.accounts, ...contents.trash.map((item) => item.account)];
        expect(everywhere).toHaveLength(1);
        expect(everywhere[0]?.counter).toBe(used);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
