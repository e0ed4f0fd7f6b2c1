/** Median, 95th percentile and count of some measurements. */
export function summarize(values: readonly number[]): { median: number; p95: number; n: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), n: sorted.length };
}

export function milliseconds({ median, p95, n }: ReturnType<typeof summarize>): string {
  return `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, n = ${n}`;
}

/** One line of a benchmark: what was measured, the figure, and the promise it is held against. */
export function report(what: string, figure: string, promise = ''): void {
  console.log(`${what.padEnd(52)} ${figure}${promise && `  (promised: ${promise})`}`);
}
