import type { Page } from 'puppeteer-core';

import type { World } from './fixture.ts';
import { signIn, signOut, submit, waitForCode, waitForText } from './site-steps.ts';

/** The story of the README, a step at a time: what a person does, and what has to come of it. */
export interface Step {
  name: string;
  /** For the file name of its picture. */
  id: string;
  play: (world: World, take: (id: string, picture: Picture) => Promise<void>) => Promise<void>;
}

/** Anything that can be photographed. */
export interface Picture {
  screenshot(path: string): Promise<void>;
}

export const story: readonly Step[] = [
  {
    id: 'enroll',
    name: 'The QR code on the security page becomes an account, and the site accepts its code',
    async play({ browser, sites }, take) {
      const page = await browser.newPage();
      await signIn(page, sites.url('console', '/login'));
      await page.goto(sites.url('console', '/security'));
      const popup = await browser.openPopup(page);
      await popup.press('Scan page');
      await popup.see('Found one account');
      await popup.see('console.localhost');
      await take('popup-found', popup);
      await browser.answeringPermission(true, () => popup.press('Save'));
      await waitForCode(page);
      await take('enrollment-filled', photoOf(page));
      await submit(page);
      await waitForText(page, 'Two-step sign-in is on');
      await popup.close();
      await page.close();
    },
  },
  {
    id: 'sign-in',
    name: 'The worker is stopped, and the next sign-in is filled all the same',
    async play({ browser, sites }, take) {
      await browser.stopBackground();
      const page = await browser.newPage();
      await signOut(page);
      await signIn(page, sites.url('console', '/login'));
      await waitForCode(page);
      await take('sign-in-filled', photoOf(page));
      await submit(page);
      await waitForText(page, 'Signed in as');
      await page.close();
    },
  },
  {
    id: 'copy',
    name: 'The popup copies the code',
    async play({ browser, sites }, take) {
      const page = await browser.newPage();
      await page.goto(sites.url('two-forms'));
      const popup = await browser.openPopup(page);
      await popup.press('Foundry Demo');
      await popup.see('Copied');
      await take('popup-copied', popup);
      const copied = await browser.readClipboard();
      if (!/^\d{6}$/.test(copied)) throw new Error(`the clipboard holds “${copied}”`);
      await popup.close();
      await page.close();
    },
  },
  {
    id: 'restart',
    name: 'The browser is restarted, and the account is there',
    async play({ browser, sites }) {
      await browser.restart();
      const page = await browser.newPage();
      await signOut(page);
      await signIn(page, sites.url('console', '/login'));
      await waitForCode(page);
      await submit(page);
      await waitForText(page, 'Signed in as');
      await page.close();
    },
  },
];

function photoOf(page: Page): Picture {
  return {
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
  };
}
