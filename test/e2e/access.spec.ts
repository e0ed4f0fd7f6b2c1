import { readFileSync } from 'node:fs';

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { drivePage } from './extension-page.ts';
import { openWorld, sendMessage, type World } from './fixture.ts';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('everybody can use', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld('chromium');
    for (const [issuer, secret] of [
      ['Foundry', 'JBSWY3DPEHPK3PXP'],
      ['Datica', 'GEZDGNBVGY3TQOJQ'],
    ]) {
      await sendMessage(world.browser, 'account.add', { issuer, accountName: 'ada', secret });
    }
  });
  afterAll(() => world.close());

  test.each([
    { path: 'popup.html', says: 'Datica' },
    { path: 'options.html#/accounts', says: 'Datica' },
    { path: 'options.html#/backup', says: 'Make a backup' },
    { path: 'options.html#/security', says: 'Passphrase' },
    { path: 'options.html#/health', says: 'Check now' },
    { path: 'options.html#/help', says: 'Help' },
  ])('$path, light and dark', async ({ path, says }) => {
    const page = await world.browser.openExtensionPage(path);
    await drivePage(page).see(says);
    for (const scheme of ['light', 'dark'] as const) {
      await drivePage(page).setColorScheme(scheme);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await violations(page)).toEqual([]);
    }
    await page.close();
  });

  test('the popup by keyboard: type two letters, press Enter, and the code is copied', async () => {
    const page = await world.browser.openExtensionPage('popup.html');
    await drivePage(page).see('Datica');
    await page.keyboard.type('da');
    await page.keyboard.press('Enter');
    await drivePage(page).see('Copied');
    expect(await world.browser.readClipboard()).toMatch(/^\d{6}$/);
    await page.close();
  });
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
  return found as string[];
}
