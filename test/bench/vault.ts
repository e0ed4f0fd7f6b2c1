import { createServer } from 'node:http';
import path from 'node:path';

import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

import { requiredEnvironment } from '../e2e/chromium.ts';
import { freePort } from '../e2e/native-ui.ts';
import { milliseconds, report, summarize } from './measure.ts';

const ACCOUNTS = 10_000;
const RUNS = 20;

/** A vault of 10,000 accounts in real Chromium, beside what the KDF and the bare cipher cost. */
export async function benchVault(): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { measureVault } from './test/bench/vault-page.ts'; globalThis.measureVault = measureVault;",
      resolveDir: path.resolve('.'),
    },
    alias: { '@': path.resolve('.') },
    bundle: true,
    write: false,
    format: 'iife',
  });
  // Web Crypto wants a page from this computer, not an empty one.
  const port = await freePort();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Vault</title>');
  }).listen(port, '127.0.0.1');
  const browser = await puppeteer.launch({
    executablePath: requiredEnvironment('STEPFILL_CHROMIUM'),
    protocolTimeout: 300_000,
    args: [
      '--disable-background-networking',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.evaluate(outputFiles[0]?.text ?? '');
    const times = (await page.evaluate(`measureVault(${ACCOUNTS}, ${RUNS})`)) as Record<
      string,
      number[]
    >;
    const figures = new Map(
      Object.entries(times).map(([name, values]) => [name, summarize(values)]),
    );
    const raw = figures.get('raw')?.median ?? Number.NaN;
    const lines = [
      ['open', '10,000 accounts: open', '≤ 100 ms'],
      ['edit', '10,000 accounts: edit one and store', '≤ 100 ms'],
      ['search', '10,000 accounts: search', '≤ 16 ms'],
      ['raw', 'one raw AES-GCM pass over the same bytes', ''],
      ['kdf', 'the KDF (Argon2id, 64 MiB, 3 passes)', ''],
    ] as const;
    for (const [name, what, promise] of lines) {
      const figure = figures.get(name);
      if (!figure) continue;
      const ratio =
        name === 'open' || name === 'edit' ? `, ${(figure.median / raw).toFixed(1)} × raw` : '';
      report(what, milliseconds(figure) + ratio, promise);
    }
  } finally {
    await browser.close();
    server.close();
  }
}
