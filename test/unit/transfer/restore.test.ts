import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aStoredAccount } from '@/test/builders';
import { planRestore } from '@/utils/transfer/restore';
import type { StoredAccount } from '@/utils/vault/contents';

const OTHER_SECRET = 'JBSWY3DPEHPK3PXP';

const changesOf = (current: StoredAccount[], backup: StoredAccount[]) =>
  planRestore(current, backup).changes.map(({ change }) => change);

describe('planRestore', () => {
  it('adds to an empty vault what the backup has, ids and all', () => {
    const backup = [aStoredAccount(), aStoredAccount({ secret: OTHER_SECRET })];
    const plan = planRestore([], backup);
    expect(plan.add).toEqual(backup);
    expect(plan.counters).toEqual([]);
    expect(plan.changes).toEqual([
      { issuer: 'Example', accountName: 'ada@example.com', change: 'added' },
      { issuer: 'Example', accountName: 'ada@example.com', change: 'added' },
    ]);
  });

  it('adds nothing of what is there already, under whatever name', () => {
    const current = [aStoredAccount({ issuer: 'Renamed', accountName: 'since' })];
    const plan = planRestore(current, [aStoredAccount()]);
    expect(plan.changes).toMatchObject([{ issuer: 'Example', change: 'same' }]);
    expect(plan.add).toEqual([]);
  });

  it('case 75: keeps a secret when the backup has another one under its name and id', () => {
    const mine = aStoredAccount();
    const theirs = { ...mine, secret: OTHER_SECRET, typedSecret: OTHER_SECRET };
    const plan = planRestore([mine], [theirs]);
    expect(plan.changes).toMatchObject([{ change: 'other-secret' }]);
    const [added] = plan.add;
    expect(added).toEqual({ ...theirs, id: expect.any(String) });
    expect(added?.id).not.toBe(mine.id);
  });

  it('case 75: gives no site of a backup to an account that is there', () => {
    const mine = aStoredAccount();
    const theirs = aStoredAccount({
      sites: [{ host: 'evil.test', scope: 'domain', source: 'used' }],
    });
    expect(planRestore([mine], [theirs])).toMatchObject({ add: [], counters: [] });
  });

  it('case 75: never touches what is there, whatever the backup has', () => {
    const some = fc.array(
      fc
        .record({
          id: fc.constantFrom('a', 'b', 'c', 'd'),
          type: fc.constantFrom('totp' as const, 'hotp' as const),
          issuer: fc.constantFrom('A', 'B'),
          secret: fc.constantFrom('JBSWY3DP', OTHER_SECRET),
          digits: fc.constantFrom(6, 8),
          counter: fc.nat(9),
        })
        .map(aStoredAccount),
      { maxLength: 6 },
    );
    const owned = fc.uniqueArray(
      some.map(([first]) => first ?? aStoredAccount()),
      {
        selector: ({ id }) => id,
      },
    );
    fc.assert(
      fc.property(owned, some, (current, backup) => {
        const before = structuredClone(current);
        const { changes, add, counters } = planRestore(current, backup);
        expect(current).toEqual(before);
        expect(changes).toHaveLength(backup.length);
        expect(add).toHaveLength(changes.filter(({ change }) => change !== 'same').length);
        const ids = [...current, ...add].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { id, counter } of counters) {
          const known = current.find((account) => account.id === id);
          expect(known?.type).toBe('hotp');
          expect(counter).toBeGreaterThan(known?.counter ?? 0);
        }
        // What was restored is the same from then on.
        const after = [...current, ...add].map((account) => {
          const counter = counters.find(({ id }) => id === account.id)?.counter;
          return counter === undefined ? account : { ...account, counter };
        });
        const again = planRestore(after, backup);
        expect(again.changes.every(({ change }) => change === 'same')).toBe(true);
        expect(again.counters).toEqual([]);
      }),
    );
  });

  it.each<[string, Partial<StoredAccount>]>([
    ['type', { type: 'hotp' }],
    ['algorithm', { algorithm: 'SHA256' }],
    ['digits', { digits: 8 }],
    ['period', { period: 60 }],
  ])('takes accounts that differ in %s for two', (_name, changed) => {
    expect(changesOf([aStoredAccount()], [aStoredAccount(changed)])).toEqual(['other-secret']);
    expect(changesOf([aStoredAccount()], [aStoredAccount({ ...changed, issuer: 'B' })])).toEqual([
      'added',
    ]);
  });

  it.each([
    { here: 5, there: 9, counters: [{ id: 'mine', counter: 9 }] },
    { here: 9, there: 5, counters: [] },
    { here: 5, there: 5, counters: [] },
    { here: 0, there: 1, counters: [{ id: 'mine', counter: 1 }] },
  ])('lets no counter go back: $here here, $there in the backup', ({ here, there, counters }) => {
    const mine = aStoredAccount({ id: 'mine', type: 'hotp', counter: here });
    const theirs = aStoredAccount({ type: 'hotp', counter: there, period: 60 });
    const plan = planRestore([mine], [theirs]);
    expect(plan.counters).toEqual(counters);
    expect(plan.changes).toMatchObject([{ change: 'same' }]);
  });

  it('adds an account once that the backup has twice, with the counter that is further on', () => {
    const backup = [3, 8, 5].map((counter) => aStoredAccount({ type: 'hotp', counter }));
    const plan = planRestore([], backup);
    expect(plan.changes.map(({ change }) => change)).toEqual(['added', 'same', 'same']);
    expect(plan.add).toEqual([{ ...backup[0], counter: 8 }]);
  });

  it('uses no id twice, and none that is taken', () => {
    const backup = [
      aStoredAccount({ id: 'twice' }),
      aStoredAccount({ id: 'twice', secret: OTHER_SECRET }),
      aStoredAccount({ id: 'in-trash', digits: 8 }),
    ];
    const [first, second, third] = planRestore([], backup, ['in-trash']).add;
    expect(first?.id).toBe('twice');
    expect(new Set(['twice', 'in-trash', second?.id, third?.id]).size).toBe(4);
  });
});
