import type { Page } from 'puppeteer-core';

import { eventually } from './popup.ts';

/** What a person does on the demo sites. */

export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const password = await page.waitForSelector('#password');
  // The user name stands there already, as browsers fill it.
  await password?.type('any password');
  await Promise.all([page.waitForNavigation(), password?.press('Enter')]);
}

/** Waits until the page's fields hold a whole code, and returns it. */
export async function waitForCode(page: Page, timeoutMs = 35_000): Promise<string> {
  let code = '';
  await eventually(
    async () => {
      code = await codeIn(page);
      return /^\d{6}$/.test(code);
    },
    () => `no code was filled into ${page.url()}, only “${code}”`,
    timeoutMs,
  );
  return code;
}

export function codeIn(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input:not([type="hidden"])')]
      .map(({ value }) => value)
      .join(''),
  );
}

/** Presses Enter where the code stands. */
export async function submit(page: Page): Promise<void> {
  await page.focus('input:not([type="hidden"])');
  await page.keyboard.press('Enter');
}

export async function waitForText(page: Page, text: string): Promise<void> {
  await eventually(
    () => page.evaluate((expected) => document.body.innerText.includes(expected), text),
    async () => `“${text}” is not in ${page.url()}`,
  );
}

export async function signOut(page: Page): Promise<void> {
  await page.deleteCookie(...(await page.cookies()));
}
