import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addAccountFor, browserNames, openWorld, type World } from './fixture.ts';
import { eventually } from './popup.ts';
import { codeIn, signIn, submit, waitForText } from './site-steps.ts';

describe.each(browserNames)('filling in %s', (name) => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await openWorld(name);
    await world.browser.grant('*://*.localhost/*');
    for (const site of [
      'single-field',
      'six-boxes',
      'late-render',
      'controlled-inputs',
      'react-inputs',
      'iframe',
      'sms-prompt',
      'email-prompt',
      'two-forms',
    ]) {
      await addAccountFor(world, site);
    }
    page = await world.browser.newPage();
  });
  afterAll(() => world.close());

  const accepted = (site: string): boolean =>
    world.sites.attempts(site).some((attempt) => attempt.accepted);

  test.each([
    ['single-field', 'a bare field whose label stands beside it'],
    ['late-render', 'a field that appears long after the page'],
    ['controlled-inputs', 'a field whose value a Vue component owns'],
    ['react-inputs', 'a field whose value a React component owns'],
  ])('%s: %s is filled, and the site accepts the code', async (site) => {
    await signIn(page, world.sites.url(site, '/login'));
    await eventually(
      async () => /^\d{6}$/.test(await codeIn(page)),
      async () => `not filled: ${await codeIn(page)}`,
    );
    await submit(page);
    await waitForText(page, 'Signed in as');
    expect(accepted(site)).toBe(true);
  });

  test('six-boxes: one digit goes into each box, and the page submits by itself', async () => {
    await signIn(page, world.sites.url('six-boxes', '/login'));
    await waitForText(page, 'Signed in as');
    expect(world.sites.attempts('six-boxes')).toHaveLength(1);
  });

  test('iframe: a frame of the site’s own is filled', async () => {
    await signIn(page, world.sites.url('iframe', '/login'));
    await eventually(
      async () => accepted('iframe') || (await framesFilled(page)),
      () => 'no frame was filled',
    );
  });

  test.each([
    ['sms-prompt', 'text message'],
    ['email-prompt', 'e-mail'],
  ])(
    '%s: a code that comes by %s is left to the person, and the popup says so',
    async (site, words) => {
      await signIn(page, world.sites.url(site, '/login'));
      const popup = await world.browser.openPopup(page);
      await popup.see(words);
      expect(await codeIn(page)).toBe('');
      await popup.close();
    },
  );

  test('two-forms: search, coupons and newsletters are left alone', async () => {
    await page.goto(world.sites.url('two-forms'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const values = await page.$$eval('input', (inputs) =>
      inputs.map(({ value }) => value).join(''),
    );
    expect(values).toBe('');
  });

  test('a page keeps its document as it was, the value apart', async () => {
    await page.goto(world.sites.url('two-forms'));
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  async function framesFilled(of: Page): Promise<boolean> {
    for (const frame of of.frames()) {
      const values = await frame
        .$$eval('input', (inputs) => inputs.map(({ value }) => value))
        .catch(() => []);
      if (values.some((value) => /^\d{6}$/.test(value))) return true;
    }
    return false;
  }
});
