/** Why a record was kept: `recent` for the ones just replaced, the others for what was about to happen. */
export type SnapshotKind = 'recent' | 'import' | 'migration' | 'rekey' | 'fork' | 'left-over';

export interface SnapshotInfo {
  id: string;
  kind: SnapshotKind;
  revision: number;
  /** When it was put away, in milliseconds since the epoch. */
  at: number;
  bytes: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The newest of each hour, day and week, this many of them. */
const thinning = [
  { span: HOUR, count: 24 },
  { span: DAY, count: 14 },
  { span: 7 * DAY, count: 8 },
];
const RECENT = 10;
/** Of those that were made before something dangerous. */
const EVENTS = 8;
/** Vaults of thousands of accounts keep fewer snapshots, not a full disk. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The snapshots that may go. Counted from the newest snapshot and not from the clock, so that a
 * clock set forward or back deletes nothing.
 */
export function findExpired(snapshots: readonly SnapshotInfo[]): string[] {
  const newestFirst = snapshots.toSorted((a, b) => b.at - a.at || b.revision - a.revision);
  const kept = new Set<string>();
  const recent = newestFirst.filter(({ kind }) => kind === 'recent');
  const events = newestFirst.filter(({ kind }) => kind !== 'recent');
  for (const { id } of recent.slice(0, RECENT)) kept.add(id);
  for (const { id } of events.slice(0, EVENTS)) kept.add(id);
  for (const { span, count } of thinning) {
    const spans = new Map<number, string>();
    for (const { id, at } of recent) {
      const slot = Math.floor(at / span);
      if (!spans.has(slot) && spans.size < count) spans.set(slot, id);
    }
    for (const id of spans.values()) kept.add(id);
  }

  let bytes = 0;
  return newestFirst
    .filter(({ id, bytes: size }, index) => {
      bytes += size;
      return !kept.has(id) || (bytes > MOST_BYTES && index > 2);
    })
    .map(({ id }) => id);
}
