import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { zipSync } from 'fflate';
import { build } from 'wxt';

import { report } from './measure.ts';

/** Bytes: of the script that runs in pages, and of the package that people download. */
export async function benchSize(): Promise<void> {
  await build({ browser: 'chrome', manifestVersion: 3 });
  const folder = path.resolve('.output/chrome-mv3');
  const script = readFileSync(path.join(folder, 'content-scripts/otp.js'));
  report('content script, minified', kilobytes(script.length), '≤ 24 kB');
  report('content script, compressed', kilobytes(gzipSync(script, { level: 9 }).length), '≤ 9 kB');

  const files: Record<string, Uint8Array> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) files[name] = readFileSync(file);
  }
  report('package, zipped', kilobytes(zipSync(files, { level: 9 }).length), '≤ 1200 kB');
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
