import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { authorizeFill, type FillWorld } from '@/entrypoints/background/authorize-fill';
import { writeChoice } from '@/entrypoints/background/frames';
import { rememberFill } from '@/entrypoints/background/history';
import type { Sender } from '@/utils/messaging/handler';
import type { FormReport } from '@/utils/messaging/protocol';
import { generateCode } from '@/utils/otp/generate';
import type { StoredAccount } from '@/utils/vault/contents';
import { setPassphrase } from '@/utils/vault/ways-in';

import { aStoredAccount, aVault } from '../../builders';

const now = 1_700_000_010_000;
const form: FormReport = { purpose: 'sign-in', delivery: 'unknown', fields: 1 };
const top: Sender = {
  tabId: 1,
  frameId: 0,
  documentId: 'D1',
  origin: 'https://example.com',
  tabUrl: 'https://example.com/login',
  active: true,
  incognito: false,
};
const own = aStoredAccount({ id: 'own' });

async function aWorld(accounts: StoredAccount[], fields: Partial<FillWorld> = {}) {
  const vault = aVault();
  await vault.change((contents) => contents.accounts.push(...accounts));
  return {
    vault,
    clock: () => now,
    hasAccess: async () => true,
    later: () => undefined,
    ...fields,
  };
}

const choose = (accountId: string, frame: Partial<Sender> = {}) => {
  const { frameId = 0, origin, documentId = 'D1' } = { ...top, ...frame };
  return writeChoice(1, { accountId, frameId, origin, documentId, expiresAt: now + 1000 });
};

describe('authorizeFill', () => {
  beforeEach(() => fakeBrowser.reset());

  it('hands out the code of the one account that belongs to the page', async () => {
    const grant = await authorizeFill(await aWorld([own]), top, form);
    expect(grant).toMatchObject({ allowed: true, otp: generateCode(own, now), chosen: false });
  });

  it.each<{
    name: string;
    sender?: Partial<Sender>;
    report?: Partial<FormReport>;
    refusal: string;
  }>([
    {
      name: 'case 1: another site',
      sender: { origin: 'https://evil.test' },
      refusal: 'account-missing',
    },
    {
      name: 'case 4: another host of the same domain',
      sender: { origin: 'https://old.example.com' },
      refusal: 'site-related',
    },
    {
      name: 'case 8: the same host without encryption',
      sender: { origin: 'http://example.com' },
      refusal: 'page-insecure',
    },
    {
      name: 'case 12: a page without an origin',
      sender: { origin: 'null' },
      refusal: 'page-opaque',
    },
    {
      name: 'case 14: a sandboxed frame of the site',
      sender: { origin: 'null', frameId: 3 },
      refusal: 'page-opaque',
    },
    {
      name: 'case 19: a document that is not on screen',
      sender: { active: false },
      refusal: 'page-opaque',
    },
    {
      name: 'a form for a code by text message',
      report: { delivery: 'sms', fields: 0 },
      refusal: 'delivery-other',
    },
    {
      name: 'case 15: the site in a frame of another',
      sender: { frameId: 3, tabUrl: 'https://evil.test/' },
      report: { ancestors: ['https://evil.test'] },
      refusal: 'frame-foreign',
    },
    {
      name: 'case 15: a frame that says it is at home while the tab says otherwise',
      sender: { frameId: 3, tabUrl: 'https://evil.test/' },
      report: { ancestors: ['https://example.com'] },
      refusal: 'frame-foreign',
    },
    {
      name: 'case 15: a stranger between the site and its own frame',
      sender: { frameId: 3 },
      report: { ancestors: ['https://evil.test', 'https://example.com'] },
      refusal: 'frame-foreign',
    },
    {
      name: 'case 16: a stranger’s frame in the site',
      sender: { frameId: 3, origin: 'https://evil.test' },
      report: { ancestors: ['https://example.com'] },
      refusal: 'account-missing',
    },
    {
      name: 'a frame whose ancestors the browser does not tell',
      sender: { frameId: 3 },
      refusal: 'frame-foreign',
    },
  ])('refuses $name', async ({ sender, report, refusal }) => {
    const grant = authorizeFill(await aWorld([own]), { ...top, ...sender }, { ...form, ...report });
    expect(await grant).toMatchObject({ allowed: false, refusal });
  });

  it('fills a frame among its own kind', async () => {
    const framed = { ...top, frameId: 3 };
    const report = { ...form, ancestors: ['https://example.com'] };
    expect((await authorizeFill(await aWorld([own]), framed, report)).allowed).toBe(true);
  });

  it('gives nothing to a site that the person did not grant', async () => {
    const world = await aWorld([own], { hasAccess: async () => false });
    expect(await authorizeFill(world, top, form)).toMatchObject({ refusal: 'access-missing' });
  });

  it('leaves the choice among several accounts to the person', async () => {
    const world = await aWorld([own, aStoredAccount({ id: 'second' })]);
    expect(await authorizeFill(world, top, form)).toMatchObject({ refusal: 'account-choice' });
    await choose('second');
    expect(await authorizeFill(world, top, form)).toMatchObject({ account: { id: 'second' } });
  });

  it('never moves a counter on without a click', async () => {
    const world = await aWorld([aStoredAccount({ type: 'hotp', counter: 0 })]);
    expect(await authorizeFill(world, top, form)).toMatchObject({ refusal: 'account-choice' });
  });

  it('says that the vault is locked, and gives nothing even to a choice', async () => {
    const world = await aWorld([own]);
    const passphrase = 'correct horse battery';
    await setPassphrase(world.vault, { passphrase, current: undefined, keepDevice: false });
    await world.vault.lock();
    expect(await authorizeFill(world, top, form)).toMatchObject({ refusal: 'vault-locked' });
    await choose('own');
    expect(await authorizeFill(world, top, form)).toMatchObject({ refusal: 'vault-locked' });
  });

  it('a choice of the person fills a page that nothing else would', async () => {
    const world = await aWorld([own], { hasAccess: async () => false });
    const elsewhere = { ...top, origin: 'https://console.example.com' };
    await choose('own', elsewhere);
    const grant = await authorizeFill(world, elsewhere, { ...form, delivery: 'sms', fields: 0 });
    expect(grant).toMatchObject({ allowed: true, chosen: true });
  });

  // Case 18: between the choice and the answer, the tab may have gone somewhere else.
  it.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['another document of the same origin', { documentId: 'D2' }],
    ['another frame', { frameId: 7 }],
    ['another tab', { tabId: 2 }],
  ])('case 18: a choice does not serve %s', async (_name, changed) => {
    const world = await aWorld([own], { hasAccess: async () => false });
    await choose('own');
    expect((await authorizeFill(world, { ...top, ...changed }, form)).allowed).toBe(false);
  });

  it('a choice serves once, and not for long', async () => {
    const world = await aWorld([own], { hasAccess: async () => false });
    await choose('own');
    expect((await authorizeFill(world, top, form)).allowed).toBe(true);
    expect((await authorizeFill(world, top, form)).allowed).toBe(false);
    await choose('own');
    const late = { ...world, clock: () => now + 1000 };
    expect((await authorizeFill(late, top, form)).allowed).toBe(false);
  });

  it('sends no code twice in its time step, and says when the next one comes', async () => {
    const world = await aWorld([own]);
    const { validUntil } = generateCode(own, now);
    await rememberFill({ accountId: 'own', host: 'example.com' }, validUntil, now);
    expect(await authorizeFill(world, top, form)).toEqual({
      allowed: false,
      refusal: 'code-used',
      retryAt: validUntil,
    });
    const next = { ...world, clock: () => validUntil };
    expect((await authorizeFill(next, top, form)).allowed).toBe(true);
  });

  it('stops after two codes that the site refused', async () => {
    const fill = { accountId: 'own', host: 'example.com' };
    await rememberFill(fill, now - 60_000, now - 60_000);
    await rememberFill(fill, now - 30_000, now - 30_000);
    const grant = await authorizeFill(await aWorld([own]), top, form);
    expect(grant).toMatchObject({ refusal: 'already-filled' });
  });

  it('remembers over a restart of the browser that a code has been used', async () => {
    const used = aStoredAccount({ id: 'own', lastUsedAt: now });
    expect(await authorizeFill(await aWorld([used]), top, form)).toMatchObject({
      refusal: 'code-used',
    });
  });
});
