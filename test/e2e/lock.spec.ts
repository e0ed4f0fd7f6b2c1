import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addAccountFor, browserNames, openWorld, sendMessage, type World } from './fixture.ts';
import { codeIn, signIn, waitForCode } from './site-steps.ts';

const passphrase = 'correct horse battery';

describe.each(browserNames)('locking in %s', (name) => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(name);
    await world.browser.grant('*://*.localhost/*');
    await addAccountFor(world, 'single-field');
    await sendMessage(world.browser, 'vault.protect', { passphrase, keepDevice: false });
  });
  afterAll(() => world.close());

  test('a locked vault fills nothing, shows nothing, and fills the waiting page once it is unlocked', async () => {
    const { browser, sites } = world;
    await sendMessage(browser, 'vault.lock');
    const page = await browser.newPage();
    await signIn(page, sites.url('single-field', '/login'));

    const popup = await browser.openPopup(page);
    await popup.see('Unlock');
    expect(await popup.text()).not.toContain(sites.account('single-field').accountName);
    expect(await codeIn(page)).toBe('');

    await popup.type('Passphrase', 'not this one');
    await popup.press('Unlock');
    await popup.see('That passphrase does not open this vault');

    await popup.close();
    const again = await browser.openPopup(page);
    await again.type('Passphrase', passphrase);
    await again.press('Unlock');
    await waitForCode(page);
    await again.close();
  });

  test('a restart of the browser leaves it locked', async () => {
    await world.browser.restart();
    expect(await sendMessage(world.browser, 'vault.status')).toMatchObject({ state: 'locked' });
    await expect(sendMessage(world.browser, 'account.list')).rejects.toThrow('vault-locked');
  });
});
