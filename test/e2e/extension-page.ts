import type { Page } from 'puppeteer-core';

import { eventually, focusNamed, textOf, type Popup } from './popup.ts';

/** A page of the extension in a tab, or Chromium's popup, driven as a person would: by names and keys. */
export function drivePage(page: Page): Popup {
  const text = (): Promise<string> => evaluate(page, textOf);
  const focus = async (name: string, kind: 'button' | 'field'): Promise<void> =>
    eventually(
      () => evaluate(page, focusNamed, name, kind),
      async () => `no ${kind} “${name}” in: ${await text()}`,
    );
  return {
    text,
    see: (expected) =>
      eventually(
        async () => (await text()).includes(expected),
        async () => `“${expected}” is not in: ${await text()}`,
      ),
    press: async (name) => {
      await focus(name, 'button');
      await page.keyboard.press('Enter').catch((error: unknown) => {
        // The popup closes when the browser asks the person something, mid-key as it may be.
        if (!(error instanceof Error) || error.name !== 'TargetCloseError') throw error;
      });
    },
    type: async (label, value) => {
      await focus(label, 'field');
      await page.keyboard.type(value);
    },
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    setColorScheme: (value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]),
    close: async () => {
      if (!page.isClosed()) await page.close();
    },
  };
}

function evaluate<Args extends unknown[], Result>(
  page: Page,
  task: (document: Document, ...args: Args) => Result,
  ...args: Args
): Promise<Awaited<Result>> {
  const call = `(${task.toString()})(document, ...${JSON.stringify(args)})`;
  return page.evaluate(call) as Promise<Awaited<Result>>;
}
