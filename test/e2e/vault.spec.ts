import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TestBrowser } from './browser.ts';
import { copyProfile, levelDbDamages, sqliteDamages, stores } from './damage.ts';
import {
  addAccountFor,
  browserNames,
  openBrowser,
  openWorld,
  sendMessage,
  type BrowserName,
} from './fixture.ts';
import { eventually } from './popup.ts';
import { createProfile, removeProfile, searchProfile, secretNeedles } from './profile.ts';
import { signIn, waitForCode } from './site-steps.ts';

const ACCOUNTS = 5;
const KILLS = Number(process.env.STEPFILL_KILLS ?? 100);

const aSecret = (index: number): string =>
  `JBSWY3DPEHPK3P${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[index % 32]}${'ABCDEFGH'[Math.floor(index / 32)]}`;

async function addAccount(browser: TestBrowser, index: number): Promise<void> {
  const account = { issuer: `Issuer ${index}`, accountName: 'ada', secret: aSecret(index) };
  await sendMessage(browser, 'account.add', account);
}

async function accountsIn(browser: TestBrowser): Promise<string[]> {
  const list = (await sendMessage(browser, 'account.list')) as { issuer: string }[];
  return list.map(({ issuer }) => issuer);
}

const damages = { chromium: levelDbDamages, firefox: sqliteDamages };
const combinations = [['local'], ['database'], ['local', 'database']] as const;
const rows = browserNames.flatMap((name) =>
  damages[name].flatMap((damage) =>
    combinations.map((hit) => ({
      name,
      damage,
      hit,
      title: `${damage.name} in ${hit.join(' and ')}`,
    })),
  ),
);

describe.each(browserNames)('the vault in %s, damaged while the browser was closed', (name) => {
  let profile: string;

  beforeAll(async () => {
    profile = createProfile();
    const browser = await openBrowser(name, profile);
    for (let index = 0; index < ACCOUNTS; index++) await addAccount(browser, index);
    await browser.close();
  });
  afterAll(() => removeProfile(profile));

  test.each(rows.filter((row) => row.name === name))(
    'cases 94–97, 107: $title: every account is there, or the recovery page; never a first run',
    async ({ damage, hit }) => {
      const damaged = createProfile();
      copyProfile(profile, damaged);
      const folders = stores[name](damaged);
      for (const store of hit) damage.apply(folders[store]);

      const browser = await openBrowser(name, damaged);
      try {
        const { state } = (await sendMessage(browser, 'vault.status')) as { state: string };
        if (hit.length === 1) expect(state).toBe('unlocked');
        if (state === 'unlocked') expect(await accountsIn(browser)).toHaveLength(ACCOUNTS);
        else expect(['lost', 'unreadable']).toContain(state);
      } finally {
        await browser.close();
        removeProfile(damaged);
      }
    },
  );
});

describe('the vault in chromium, killed', () => {
  test(`case 93: right after “saved”, ${KILLS} times: nothing is lost`, async () => {
    const profile = createProfile();
    try {
      for (let round = 0; round < KILLS; round++) {
        const browser = await openBrowser('chromium', profile);
        expect(await accountsIn(browser)).toHaveLength(round);
        await addAccount(browser, round);
        await browser.kill();
      }
      const browser = await openBrowser('chromium', profile);
      expect(await accountsIn(browser)).toHaveLength(KILLS);
      await browser.close();
    } finally {
      removeProfile(profile);
    }
  }, 900_000);

  test('case 80: in the middle of setting a passphrase: no secret is on the disk in the clear', async () => {
    const profile = createProfile();
    const browser = await openBrowser('chromium', profile);
    await addAccount(browser, 0);
    const passphrase = 'correct horse battery';
    void sendMessage(browser, 'vault.protect', { passphrase, keepDevice: false }).catch(
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    await browser.kill();
    const raw = Buffer.from(Secret.fromBase32(aSecret(0)).bytes);
    const needles = secretNeedles(aSecret(0), raw);
    const found = searchProfile(profile, { ...needles, passphrase: Buffer.from(passphrase) });
    removeProfile(profile);
    expect(found).toEqual([]);
  });
});

describe.each(browserNames)('the vault in %s, written to from everywhere', (name: BrowserName) => {
  test('case 92: twenty accounts added at once, while the worker writes on its own, are twenty accounts', async () => {
    const world = await openWorld(name);
    const { browser, sites } = world;
    try {
      await browser.grant('*://*.localhost/*');
      await addAccountFor(world, 'single-field');
      const site = await browser.newPage();
      const popup = await browser.openExtensionPage('popup.html');
      const manager = await browser.openExtensionPage('options.html');
      const add = (page: typeof popup, index: number) => {
        const data = { issuer: `Issuer ${index}`, accountName: 'ada', secret: aSecret(index) };
        const message = JSON.stringify({ id: index, type: 'account.add', data, timestamp: 0 });
        return page.evaluate(
          `new Promise((resolve) => chrome.runtime.sendMessage(${message}, resolve))`,
        );
      };
      // The fill makes the worker write down when the account was used.
      await site.bringToFront();
      await Promise.all([
        signIn(site, sites.url('single-field', '/login')).then(() => waitForCode(site)),
        ...Array.from({ length: 20 }, (_, index) => add(index % 2 === 0 ? popup : manager, index)),
      ]);
      await eventually(
        async () => {
          const list = (await sendMessage(browser, 'account.list')) as { lastUsedAt?: number }[];
          return list.length === 21 && list.some(({ lastUsedAt }) => lastUsedAt !== undefined);
        },
        async () => `not all is there: ${(await accountsIn(browser)).length}`,
      );
    } finally {
      await world.close();
    }
  });
});
