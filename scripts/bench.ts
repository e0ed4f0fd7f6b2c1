import { benchDetect } from '../test/bench/detect.ts';
import { benchFill } from '../test/bench/fill.ts';
import { benchSize } from '../test/bench/size.ts';
import { benchVault } from '../test/bench/vault.ts';
import { say } from './tools.ts';

/** In this order, as `fill` measures what `size` has built. */
const parts: Record<string, () => Promise<void>> = {
  size: benchSize,
  detect: benchDetect,
  fill: benchFill,
  vault: benchVault,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  say(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`\n${name}`);
    await run();
  }
}
