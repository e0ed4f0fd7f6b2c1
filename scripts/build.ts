import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { root, runTool, say } from './tools.ts';

const targets = [
  { browser: 'Chromium', folder: '.output/chrome-mv3', args: ['-b', 'chrome', '--mv3'] },
  { browser: 'Firefox', folder: '.output/firefox-mv3', args: ['-b', 'firefox', '--mv3'] },
];

const command = process.argv.includes('--zip') ? ['zip'] : ['build'];

for (const { browser, folder, args } of targets) {
  const { exitCode, output } = await runTool('wxt', [...command, ...args], { show: false });
  if (exitCode !== 0) {
    say(output.trim());
    say(`The ${browser} build failed.`);
    process.exit(1);
  }
  report(browser, folder);
}
if (command.includes('zip')) reportZips();

function report(browser: string, folder: string): void {
  const sizes = filesOf(path.join(root, folder)).map((file) => statSync(file).size);
  say(`${browser}: ${folder}, ${kilobytes(sum(sizes))} in ${sizes.length} files`);
  const contentScript = path.join(root, folder, 'content-scripts', 'otp.js');
  if (!existsSync(contentScript)) return;
  const bytes = readFileSync(contentScript);
  say(`  content-scripts/otp.js ${kilobytes(bytes.length)}, ${kilobytes(gzipped(bytes))} gzip`);
}

function reportZips(): void {
  const folder = path.join(root, '.output');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.zip'))) {
    say(`.output/${name} ${kilobytes(statSync(path.join(folder, name)).size)}`);
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function gzipped(bytes: Buffer): number {
  return gzipSync(bytes, { level: 9 }).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
