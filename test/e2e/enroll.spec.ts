import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { browserNames, openWorld, sendMessage, type World } from './fixture.ts';
import { signIn } from './site-steps.ts';

describe.each(browserNames)('enrolling in %s', (name) => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world.close());

  test.each([
    { show: 'none', says: 'There is no QR code' },
    { show: 'qr-url', says: 'holds no authenticator account' },
    { show: 'digits', says: 'digits' },
    { show: 'empty-secret', says: 'key' },
  ])(
    'a page that shows $show is answered with a sentence, and nothing is stored',
    async ({ show, says }) => {
      const page = await world.browser.newPage();
      await page.goto(world.sites.url('bad-codes', `/?show=${show}`));
      const popup = await world.browser.openPopup(page);
      await popup.press('Scan page');
      await popup.see(says);
      expect(await popup.text()).not.toMatch(/error_|undefined|\bnull\b/);
      expect(await sendMessage(world.browser, 'account.list')).toEqual([]);
      await popup.close();
      await page.close();
    },
  );

  test('an enrolment that was left open is there when the popup opens again', async () => {
    const page = await world.browser.newPage();
    await signIn(page, world.sites.url('console', '/login'));
    await page.goto(world.sites.url('console', '/security'));
    let popup = await world.browser.openPopup(page);
    await popup.press('Scan page');
    await popup.see('Found one account');
    await popup.close();

    popup = await world.browser.openPopup(page);
    await popup.see('Found one account');
    await popup.close();
    await page.close();
  });

  test('access that is denied leaves the account stored and the site alone', async () => {
    const page = await world.browser.newPage();
    await signIn(page, world.sites.url('console', '/login'));
    await page.goto(world.sites.url('console', '/security'));
    const popup = await world.browser.openPopup(page);
    await popup.press('Scan page');
    await popup.see('Found one account');
    if (name === 'chromium')
      await world.browser.answeringPermission(false, () => popup.press('Save'));
    // Firefox’s prompt can be answered with yes alone from here.
    else await popup.close();

    const accounts = (await sendMessage(world.browser, 'account.list')) as unknown[];
    expect(accounts).toHaveLength(name === 'chromium' ? 1 : 0);
    expect(await world.browser.grantedOrigins()).toEqual([]);
    await page.close();
  });
});
