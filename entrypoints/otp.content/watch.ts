/** A scan may take this share of the time at most, however busy the page is. */
const DUTY = 0.02;
/** Late fields appear in bursts; one scan after the burst sees them all. */
const BURST_MS = 4;

/**
 * Calls `scan` now and after each change of the document that may have brought, removed or shown a
 * field. Pages that change all the time are scanned less often, not more. Returns what stops it.
 */
export function watchDocument(document: Document, scan: () => Iterable<Node>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next scan is within its share, on `performance.now()`'s clock. */
  let affordableAt = 0;
  const watched = new WeakSet<Node>();

  const run = (): void => {
    timer = undefined;
    const begin = performance.now();
    // Mutations inside a shadow tree are seen by whoever watches its root.
    for (const root of scan()) watch(root);
    const end = performance.now();
    affordableAt = end + (end - begin) / DUTY;
  };
  const schedule = (): void => {
    timer ??= setTimeout(run, Math.max(BURST_MS, affordableAt - performance.now()));
  };
  const observer = new MutationObserver(schedule);
  const watch = (root: Node): void => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['type', 'style', 'class', 'hidden', 'disabled', 'readonly', 'open'],
    });
  };

  watch(document);
  run();
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
