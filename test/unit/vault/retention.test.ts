import { describe, expect, it } from 'vitest';

import { findExpired, type SnapshotInfo } from '@/utils/vault/retention';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = 1_700_000_000_000;

const snapshot = (at: number, fields: Partial<SnapshotInfo> = {}): SnapshotInfo => ({
  id: `${at}-${fields.kind ?? 'recent'}`,
  kind: 'recent',
  revision: 1,
  at,
  bytes: 8000,
  ...fields,
});

/** What is left after a snapshot every ten minutes for some days, thinned each time. */
function afterDays(days: number): SnapshotInfo[] {
  let kept: SnapshotInfo[] = [];
  for (let at = now; at < now + days * DAY; at += HOUR / 2) {
    kept.push(snapshot(at));
    const expired = new Set(findExpired(kept));
    kept = kept.filter(({ id }) => !expired.has(id));
  }
  return kept;
}

describe('findExpired', () => {
  it('keeps the last ten, and then one an hour, a day and a week', () => {
    const kept = afterDays(70);
    const ages = kept.map(({ at }) => now + 70 * DAY - at);
    expect(kept.length).toBeLessThanOrEqual(10 + 24 + 14 + 8);
    expect(ages.filter((age) => age <= 5 * HOUR).length).toBeGreaterThanOrEqual(10);
    expect(ages.filter((age) => age > 2 * DAY && age <= 14 * DAY).length).toBeGreaterThanOrEqual(
      11,
    );
    expect(Math.max(...ages)).toBeGreaterThan(6 * 7 * DAY);
  });

  it('case 109: deletes nothing because a clock was set forward or back', () => {
    const before = Array.from({ length: 9 }, (_, index) => snapshot(now + index * 1000));
    expect(findExpired([...before, snapshot(now + 3650 * DAY)])).toHaveLength(0);
    expect(findExpired([...before, snapshot(now - 3650 * DAY)])).toHaveLength(0);
  });

  it('keeps what was put away before something dangerous apart from the rest', () => {
    const many = Array.from({ length: 100 }, (_, index) => snapshot(now + index));
    const rekey = snapshot(now - DAY, { kind: 'rekey' });
    expect(findExpired([...many, rekey])).not.toContain(rekey.id);
  });

  it('keeps fewer of a very large vault, and never fewer than three', () => {
    const large = Array.from({ length: 10 }, (_, index) =>
      snapshot(now + index, { bytes: 30 * 1024 * 1024 }),
    );
    expect(large.length - findExpired(large).length).toBe(3);
  });
});
