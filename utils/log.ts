/**
 * The only caller of the console. It takes the name of what failed and where, never a value: an
 * error's message may hold what a person typed.
 */
export function logFailure(where: string, error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const place =
    error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 4).join('\n') : '';
  // oxlint-disable-next-line no-console -- the one place that may
  console.error(`[stepfill] ${where}: ${kind}\n${place}`);
}
