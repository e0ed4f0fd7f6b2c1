const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** "12 minutes ago", from two times in milliseconds since the epoch. */
export function relativeTime(then: number, now: number): string {
  for (const { unit, ms } of units) {
    const count = Math.floor((now - then) / ms);
    if (count > 0) return format.format(-count, unit);
  }
  return format.format(0, 'second');
}
