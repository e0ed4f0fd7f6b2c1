import { argon2id } from 'hash-wasm';

/**
 * Finds out how dear Argon2id may be on this computer: the most memory of which three passes take
 * less than a second. Runs in a worker, because each try holds its thread up.
 */

const LIMIT_MS = 1000;
const sizesKib = [64 * 1024, 128 * 1024, 256 * 1024];

async function calibrate(deviceMemoryGib: number): Promise<number> {
  let chosen = sizesKib[0] ?? 0;
  for (const memoryKib of sizesKib) {
    // An eighth of the memory at most, as far as the browser tells how much there is.
    if (memoryKib > (deviceMemoryGib * 1024 * 1024) / 8) break;
    if ((await measure(memoryKib)) > LIMIT_MS) break;
    chosen = memoryKib;
  }
  return chosen;
}

async function measure(memoryKib: number): Promise<number> {
  const begin = performance.now();
  try {
    await argon2id({
      password: 'calibration',
      salt: crypto.getRandomValues(new Uint8Array(16)),
      memorySize: memoryKib,
      iterations: 3,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    });
  } catch {
    // Not enough memory for it.
    return Infinity;
  }
  return performance.now() - begin;
}

const { deviceMemory = 4 } = navigator as Navigator & { deviceMemory?: number };
void calibrate(deviceMemory).then((memoryKib) => postMessage(memoryKib));
