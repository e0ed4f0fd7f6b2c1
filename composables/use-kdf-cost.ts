/** As `vault.protect` takes it. */
export interface KdfCost {
  memoryKib: number;
  iterations: number;
}

const PATIENCE_MS = 8000;

/**
 * How dear the passphrase may be to guess, measured on this computer in a worker. `undefined` where
 * there is no worker, or none that answers: the default holds then, which no computer is too slow for.
 */
export function measureKdfCost(): Promise<KdfCost | undefined> {
  if (typeof Worker === 'undefined') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./kdf-worker.ts', import.meta.url), { type: 'module' });
    const finish = (memoryKib: unknown): void => {
      worker.terminate();
      clearTimeout(timer);
      resolve(typeof memoryKib === 'number' ? { memoryKib, iterations: 3 } : undefined);
    };
    const timer = setTimeout(finish, PATIENCE_MS, undefined);
    worker.addEventListener('message', ({ data }) => finish(data));
    worker.addEventListener('error', () => finish(undefined));
  });
}
