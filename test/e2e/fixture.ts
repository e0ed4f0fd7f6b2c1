import path from 'node:path';

import { startSites, type Sites } from '../sites/server.ts';
import type { TestBrowser } from './browser.ts';
import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import { createProfile, removeProfile } from './profile.ts';

export type BrowserName = TestBrowser['name'];
export const browserNames: readonly BrowserName[] = ['chromium', 'firefox'];

const folders: Record<BrowserName, string> = {
  chromium: '.output/chrome-mv3',
  firefox: '.output/firefox-mv3',
};

export interface World {
  browser: TestBrowser;
  sites: Sites;
  /** Closes everything; the profile stays until then, for tests that look into it. */
  close(): Promise<void>;
}

/** The built extension in a browser with this profile. */
export function openBrowser(
  name: BrowserName,
  profile: string,
  headless = true,
): Promise<TestBrowser> {
  const launch = name === 'chromium' ? launchChromium : launchFirefox;
  return launch({ profile, headless, extension: path.resolve(folders[name]) });
}

export async function openWorld(name: BrowserName, headless = true): Promise<World> {
  const sites = await startSites();
  const profile = createProfile();
  const browser = await openBrowser(name, profile, headless);
  return {
    browser,
    sites,
    close: async () => {
      await browser.close();
      await sites.close();
      removeProfile(profile);
    },
  };
}

/** An account for a demo site, added as the manager adds one. */
export async function addAccountFor({ browser, sites }: World, site: string): Promise<void> {
  const { issuer, accountName, secret } = sites.account(site);
  const { host } = new URL(sites.url(site));
  await sendMessage(browser, 'account.add', { issuer, accountName, secret, host });
}

/** Sends a message from a page of the extension, where the person's own clicks come from. */
export async function sendMessage(
  browser: TestBrowser,
  type: string,
  data?: object,
): Promise<unknown> {
  const page = await browser.openExtensionPage('options.html');
  const message = JSON.stringify({ id: 1, type, data, timestamp: 0 });
  const answer = (await page.evaluate(
    `new Promise((resolve) => chrome.runtime.sendMessage(${message}, resolve))`,
  )) as { res?: { ok: boolean; value?: unknown; code?: string } } | undefined;
  await page.close();
  if (!answer?.res?.ok) throw new Error(`${type}: ${answer?.res?.code ?? 'no answer'}`);
  return answer.res.value;
}
