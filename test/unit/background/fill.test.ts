import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { writeChoice } from '@/entrypoints/background/frames';
import type { Sender } from '@/utils/messaging/handler';
import type { FormReport } from '@/utils/messaging/protocol';
import { generateCode } from '@/utils/otp/generate';
import type { StoredAccount } from '@/utils/vault/contents';

import { aStoredAccount, aVault, aVaultWorld } from '../../builders';

/** webextension-polyfill goes on only in what looks like an extension. */
Reflect.set(fakeBrowser.runtime, 'id', 'stepfill');
Reflect.set(fakeBrowser.i18n, 'getMessage', (key: string) => key);
Reflect.set(fakeBrowser, 'action', {
  setBadgeText: async () => undefined,
  setBadgeBackgroundColor: async () => undefined,
  setTitle: async () => undefined,
});

const { fillHandlers } = await import('@/entrypoints/background/handlers/fill');

const now = 1_700_000_010_000;
const report: FormReport = { purpose: 'sign-in', delivery: 'unknown', fields: 1 };

const aSender = (fields: Partial<Sender> = {}): Sender => ({
  tabId: 1,
  frameId: 0,
  documentId: 'D1',
  origin: 'https://example.com',
  tabUrl: 'https://example.com/login',
  active: true,
  incognito: false,
  ...fields,
});

async function aBackground(account: StoredAccount) {
  const vaultWorld = aVaultWorld(() => now);
  const vault = aVault(vaultWorld);
  await vault.change(({ accounts }) => void accounts.push(account));
  const after: (() => Promise<void>)[] = [];
  const handlers = fillHandlers({
    vault,
    clock: () => now,
    hasAccess: async () => true,
    later: (work) => void after.push(work),
  });
  return {
    request: async (sender: Sender) => {
      const answer = await handlers['fill.request'](report, sender);
      for (const work of after.splice(0)) await work();
      return answer;
    },
    stored: async () => (await aVault(vaultWorld).read()).accounts,
    revision: async () => {
      const head = await vaultWorld.store.read();
      return head.state === 'found' ? head.header.revision : undefined;
    },
  };
}

/** The person points at the account on a neighbouring host, which then belongs to it. */
async function chooseNearby(fields: Partial<Sender>): Promise<Sender> {
  const sender = aSender({ origin: 'https://console.example.com', ...fields });
  const { origin } = sender;
  const expiresAt = now + 1000;
  await writeChoice(1, { accountId: 'own', frameId: 0, origin, documentId: 'D1', expiresAt });
  return sender;
}

describe('fill.request', () => {
  beforeEach(() => fakeBrowser.storage.resetState());

  const totp = aStoredAccount({ id: 'own' });
  const hotp = aStoredAccount({ id: 'own', type: 'hotp', counter: 4 });
  const { code } = generateCode(totp, now);

  it('remembers when an account was used', async () => {
    const { request, stored } = await aBackground(totp);
    expect(await request(aSender())).toMatchObject({ code });
    expect(await stored()).toEqual([{ ...totp, lastUsedAt: now }]);
  });

  it('remembers the site that the person chose an account for', async () => {
    const { request, stored } = await aBackground(hotp);
    await request(await chooseNearby({}));
    const [account] = await stored();
    expect(account).toMatchObject({ counter: 5, lastUsedAt: now });
    expect(account?.sites.at(-1)).toMatchObject({ host: 'console.example.com', source: 'used' });
  });

  it('case 110: in a private window gives the code, and writes nothing', async () => {
    const { request, stored, revision } = await aBackground(totp);
    const before = await revision();
    expect(await request(aSender({ incognito: true }))).toMatchObject({ code });
    expect(await request(await chooseNearby({ incognito: true }))).toMatchObject({ code });
    expect(await stored()).toEqual([totp]);
    expect(await revision()).toBe(before);
  });

  it('case 110: in a private window moves a counter on, and remembers neither site nor time', async () => {
    const { request, stored } = await aBackground(hotp);
    const answer = await request(await chooseNearby({ incognito: true }));
    expect(answer).toMatchObject({ code: generateCode(hotp, now).code });
    expect(await stored()).toEqual([{ ...hotp, counter: 5 }]);
  });
});
