import path from 'node:path';

import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

import { requiredEnvironment } from '../e2e/chromium.ts';
import { milliseconds, report, summarize } from './measure.ts';

const RUNS = 60;

/** A scan of a large page, beside the bare reads that nobody can do without. */
export async function benchDetect(): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { detectOtpForm } from './utils/detect/detect.ts'; globalThis.detectOtpForm = detectOtpForm;",
      resolveDir: path.resolve('.'),
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const browser = await puppeteer.launch({
    executablePath: requiredEnvironment('STEPFILL_CHROMIUM'),
    args: [
      '--disable-background-networking',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const page = await browser.newPage();
    await page.setContent(largePage(20_000, 300));
    await page.evaluate(outputFiles[0]?.text ?? '');
    const times = await page.evaluate(measureBoth, RUNS);
    const scan = summarize(times.scan);
    const bare = summarize(times.bare);
    report('scan of 20,000 nodes with 300 inputs', milliseconds(scan));
    report('bare reads of the same page', milliseconds(bare));
    report('ratio', `${(scan.median / bare.median).toFixed(2)} ×`, '≤ 5 ×');
  } finally {
    await browser.close();
  }
}

function largePage(nodes: number, inputs: number): string {
  const every = Math.floor(nodes / inputs);
  const parts = Array.from({ length: nodes / 2 }, (_, index) =>
    index % (every / 2) === 0
      ? `<div><label>Field ${index} <input type="text" name="field${index}"></label></div>`
      : `<div><span>Some text of row ${index}</span></div>`,
  );
  return `<!doctype html><title>Large</title><h1>Many rows</h1>${parts.join('')}`;
}

/** Runs in the page. Layout is made stale before each run, so that both arms pay for it. */
function measureBoth(runs: number): { scan: number[]; bare: number[] } {
  const detect = Reflect.get(globalThis, 'detectOtpForm') as (document: Document) => unknown;
  const stale = (): void => {
    document.body.style.paddingTop = `${Math.random() * 10}px`;
  };
  const time = (work: () => void): number => {
    stale();
    const begin = performance.now();
    work();
    return performance.now() - begin;
  };
  const readBare = (): void => {
    for (const input of document.querySelectorAll('input')) {
      void getComputedStyle(input).visibility;
      void input.getBoundingClientRect().width;
    }
  };
  const scan: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(time(readBare));
    scan.push(time(() => detect(document)));
  }
  return { scan: scan.slice(10), bare: bare.slice(10) };
}
