import { createServer } from 'node:http';

import { openWorld, sendMessage } from '../e2e/fixture.ts';
import { freePort } from '../e2e/native-ui.ts';
import { milliseconds, report, summarize } from './measure.ts';

const HOSTS = 25;

const field =
  '<label>Authentication code <input name="otp" autocomplete="one-time-code" maxlength="6"></label>';
/** The page times itself, from its own two events. */
const timing = `<script>
  let from;
  const begin = () => { from = performance.now(); };
  document.addEventListener('input', () => { window.filledAfter ??= performance.now() - from; });
</script>`;
const atLoad = `<!doctype html><title>Sign in</title>${timing}<script>document.addEventListener('DOMContentLoaded', begin);</script><form>${field}</form>`;
const late = `<!doctype html><title>Sign in</title>${timing}<form id="form"></form><script>
  setTimeout(() => { begin(); document.getElementById('form').innerHTML = ${JSON.stringify(field)}; }, 400);
</script>`;

/** How long a person waits for a code, in a real browser with the built extension. */
export async function benchFill(): Promise<void> {
  const port = await freePort();
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/late' ? late : atLoad);
  }).listen(port, '127.0.0.1');
  const world = await openWorld('chromium');
  try {
    await world.browser.grant('*://*.localhost/*');
    // A host and account for each load: no code is given twice within its time step.
    const hosts = Array.from({ length: HOSTS * 2 }, (_, index) => `b${index}.localhost:${port}`);
    for (const [index, host] of hosts.entries()) {
      const secret = `JBSWY3DPEHPK3P${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[index % 32]}${'ABCDEFG'[Math.floor(index / 32)]}`;
      const account = { issuer: host, accountName: 'ada', secret, period: 3600, host };
      await sendMessage(world.browser, 'account.add', account);
    }
    const page = await world.browser.newPage();
    const visit = async (url: string): Promise<number> => {
      await page.goto(url);
      const handle = await page.waitForFunction('window.filledAfter');
      return Number(await handle.jsonValue());
    };
    const times = { load: [] as number[], late: [] as number[] };
    for (const host of hosts.slice(0, HOSTS)) times.load.push(await visit(`http://${host}/`));
    for (const host of hosts.slice(HOSTS)) times.late.push(await visit(`http://${host}/late`));
    report(
      'field present at load, from DOMContentLoaded',
      milliseconds(summarize(times.load)),
      '≤ 100 ms',
    );
    report('late field, from its appearance', milliseconds(summarize(times.late)), '≤ 50 ms');
  } finally {
    await world.close();
    server.close();
  }
}
