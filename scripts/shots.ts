import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'puppeteer-core';
import { build } from 'wxt';

import { addAccountFor, openWorld, sendMessage, type World } from '../test/e2e/fixture.ts';
import { signIn } from '../test/e2e/site-steps.ts';
import { say } from './tools.ts';

const folder = path.resolve('output/shots');

/** Pictures of what people see, light and dark, from the built extension in a real browser. */
async function shoot(): Promise<void> {
  await build({ browser: 'chrome', manifestVersion: 3 });
  mkdirSync(folder, { recursive: true });
  const world = await openWorld('chromium');
  try {
    await shootAll(world);
  } finally {
    await world.close();
  }
}

async function shootAll(world: World): Promise<void> {
  const { browser, sites } = world;
  const page = await browser.newPage();
  await page.goto(sites.url('two-forms'));
  await takePopup(world, page, 'first-run');
  await page.goto(sites.url('bad-codes', '/?show=none'));
  const empty = await browser.openPopup(page);
  await empty.press('Scan page');
  await empty.see('There is no QR code');
  await empty.screenshot(file('scan-nothing'));
  await empty.close();

  await signIn(page, sites.url('console', '/login'));
  await page.goto(sites.url('console', '/security'));
  const scan = await browser.openPopup(page);
  await scan.press('Scan page');
  await scan.see('Found one account');
  await scan.screenshot(file('scan-found'));
  await scan.close();

  for (const [issuer, accountName] of people) {
    await sendMessage(browser, 'account.add', { issuer, accountName, secret: aSecret() });
  }
  await takePopup(world, page, 'no-account-here');
  for (const site of ['single-field', 'sms-prompt']) await addAccountFor(world, site);
  await signIn(page, sites.url('sms-prompt', '/login'));
  await takePopup(world, page, 'text-message');
  await signIn(page, sites.url('single-field', '/login'));
  await takePopup(world, page, 'access-missing');
  await browser.grant('*://*.localhost/*');
  await page.reload();
  await takePopup(world, page, 'popup');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await takeManager(world);
  const passphrase = 'correct horse battery';
  await sendMessage(browser, 'vault.protect', { passphrase, keepDevice: false });
  await sendMessage(browser, 'vault.lock');
  await takePopup(world, page, 'locked');
}

const people = [
  ['Foundry', 'ada@example.com'],
  ['Datica', 'ops@clinic.example'],
  ['ITS Private Cloud', 'jm'],
  ['Upsun', 'ada@example.com'],
  ['GitHub', 'ada-lovelace'],
  ['Proton', 'ada@proton.example'],
];

function aSecret(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = crypto.getRandomValues(new Uint8Array(32));
  return [...letters].map((byte) => alphabet[byte % 32]).join('');
}

const file = (name: string): string => path.join(folder, `${name}.png`);

async function takePopup({ browser }: World, page: Page, name: string): Promise<void> {
  const popup = await browser.openPopup(page);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await popup.screenshot(file(name));
  await popup.setColorScheme('dark');
  await popup.screenshot(file(`${name}-dark`));
  await popup.close();
}

async function takeManager({ browser }: World): Promise<void> {
  const manager = await browser.openExtensionPage('options.html');
  for (const width of [360, 1280]) {
    await manager.setViewport({ width, height: 800 });
    for (const scheme of ['light', 'dark']) {
      await manager.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await manager.screenshot({ path: file(`manager-${width}-${scheme}`) as `${string}.png` });
    }
  }
  await manager.close();
}

await shoot();
say(`Pictures: ${path.relative('.', folder)}/`);
