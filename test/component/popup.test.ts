// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import App from '@/entrypoints/popup/App.vue';

import {
  aCandidate,
  aCode,
  aHealth,
  anAccount,
  aPage,
  giveElementsSize,
  Refusal,
  runBackground,
  slotsOf,
  type Answers,
  type Background,
} from './setup';

const copied: string[] = [];
const asked: unknown[] = [];
const opened: (string | undefined)[] = [];
let popup: VueWrapper | undefined;

beforeEach(() => {
  giveElementsSize();
  copied.length = 0;
  asked.length = 0;
  opened.length = 0;
  localStorage.clear();
  vi.spyOn(window, 'close').mockImplementation(() => undefined);
  Reflect.set(fakeBrowser.tabs, 'create', async ({ url }: { url?: string }) => {
    opened.push(url);
    return {};
  });
  history.replaceState(undefined, '', '?tab=7');
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  });
  Reflect.set(fakeBrowser, 'permissions', {
    request: async (permissions: unknown) => {
      asked.push(permissions);
      return true;
    },
  });
});
afterEach(() => popup?.unmount());

const accounts = [
  anAccount(),
  anAccount({ id: 'a2', issuer: 'Datica', accountName: 'ops', sites: [] }),
];

const usual: Answers = {
  'vault.status': () => ({ state: 'unlocked', slots: slotsOf('device', 'passphrase') }),
  'account.list': () => accounts,
  'otp.generate': ({ accountIds }) =>
    accountIds.map((accountId) =>
      aCode({
        accountId,
        code: accountId === 'a1' ? '418902' : '207551',
        validUntil: Date.now() + 20_000,
      }),
    ),
  'page.get': () => aPage(),
  'enroll.resume': () => undefined,
  'fill.choose': () => undefined,
};

async function open(answers: Answers = {}): Promise<Background> {
  const background = runBackground({ ...usual, ...answers });
  popup = mount(App, { attachTo: document.body });
  await settle();
  return background;
}

async function settle() {
  for (let turn = 0; turn < 5; turn++) await flushPromises();
}

function text(): string {
  return document.body.textContent ?? '';
}

function find(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button')].find(
    (button) => button.textContent?.trim() === name || button.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button "${name}" in: ${text()}`);
  return found;
}

async function press(key: string) {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  // A keyboard presses the button that has the focus; a made-up event does not.
  if (key === 'Enter' && target instanceof HTMLButtonElement && !event.defaultPrevented) {
    target.click();
  }
  await settle();
}

async function search(query: string) {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) throw new Error('no search');
  field.value = query;
  field.dispatchEvent(new Event('input'));
  await settle();
}

describe('the popup', () => {
  it('opens on what the page asks for, with the search under the hand', async () => {
    await open();
    expect(text()).toContain('console.example.com asks for an authenticator code');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
  });

  it('fills the page on Enter when nothing is typed', async () => {
    const background = await open();
    await press('Enter');
    expect(background.sent).toContainEqual({
      type: 'fill.choose',
      data: { tabId: 7, accountId: 'a1' },
    });
    expect(copied).toEqual([]);
  });

  it('copies the first match on Enter when something is typed', async () => {
    const background = await open();
    await search('dat');
    await press('Enter');
    expect(copied).toEqual(['207551']);
    expect(background.sent.some(({ type }) => type === 'fill.choose')).toBe(false);
  });

  it('copies what was typed for even before its code came into sight', async () => {
    await open({
      'otp.generate': async ({ accountIds }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return accountIds.map((accountId) => aCode({ accountId, validUntil: Date.now() + 20_000 }));
      },
    });
    await search('dat');
    await press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(copied).toEqual(['418902']);
  });

  it('moves into the list with the arrow keys, and copies there', async () => {
    await open();
    await press('ArrowDown');
    await press('Enter');
    expect(copied).toEqual(['207551']);
    expect(text()).toContain('Copied');
  });

  it('clears the search with Esc, and finds it again with /', async () => {
    await open();
    await search('dat');
    await press('Escape');
    expect(document.querySelector<HTMLInputElement>('input[type=search]')?.value).toBe('');
    document.querySelector<HTMLElement>('footer button')?.focus();
    await press('/');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
  });

  it('fills another account of the choice on the page that asks', async () => {
    const background = await open();
    find('More').click();
    await settle();
    find('Use another account').click();
    await settle();
    expect(text()).toContain('Fill on console.example.com');
    await search('dat');
    await press('Enter');
    expect(background.sent).toContainEqual({
      type: 'fill.choose',
      data: { tabId: 7, accountId: 'a2' },
    });
  });

  it('says why the page could not be filled', async () => {
    await open({ 'fill.choose': () => new Refusal('page-changed') as never });
    await press('Enter');
    expect(text()).toContain('The page has changed meanwhile.');
  });

  it('takes names and codes off the screen as soon as it is locked', async () => {
    const background = await open();
    expect(text()).toContain('Datica');
    background.answers['vault.status'] = () => ({ state: 'locked', slots: slotsOf('passphrase') });
    background.answers['account.list'] = () => new Refusal('vault-locked');
    await background.change();
    await settle();
    expect(text()).not.toContain('Datica');
    expect(text()).not.toContain('418');
    expect(text()).toContain('Unlock to fill it');
  });

  it('keeps asking when a passphrase does not open the vault', async () => {
    await open({
      'vault.status': () => ({
        state: 'locked',
        slots: slotsOf('passphrase'),
        lockedAt: Date.now(),
      }),
      'vault.unlock': () => new Refusal('passphrase-wrong') as never,
      'page.get': () => aPage({ asks: 'nothing', own: [] }),
    });
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(text()).toContain('That passphrase does not open this vault.');
  });

  it('asks for a passphrase before the first lock', async () => {
    await open({ 'vault.status': () => ({ state: 'unlocked', slots: slotsOf('device') }) });
    find('Lock').click();
    await settle();
    expect(text()).toContain('A passphrase is needed before Stepfill can be locked.');
  });

  it('goes on with the enrollment that was left open, and asks for access in the click that saves', async () => {
    const background = await open({
      'page.get': () => aPage({ access: false, own: [] }),
      'enroll.resume': () => ({
        host: 'console.example.com',
        candidates: [aCandidate({ validUntil: Date.now() + 20_000 })],
        refused: [],
      }),
    });
    expect(text()).toContain('Found one account on this page');
    background.answers['enroll.resume'] = () => undefined;
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(asked).toEqual([{ origins: ['*://console.example.com/*'] }]);
    await settle();
    expect(background.sent.some(({ type }) => type === 'enroll.save')).toBe(true);
    expect(document.querySelector('[role=status]')?.textContent).toBe('Saved');
    expect(text()).toContain('Accounts');
  });

  it('says what a scan did not find, and offers to enter the key', async () => {
    await open({ 'enroll.scan': () => new Refusal('qr-missing') as never });
    find('Scan page').click();
    await settle();
    expect(text()).toContain('There is no QR code in what the tab shows.');
    find('Add by hand').click();
    await settle();
    expect(text()).toContain('Add an account');
  });

  it('opens a tab for a passkey, because the question would close the popup', async () => {
    await open({
      'vault.status': () => ({ state: 'locked', slots: slotsOf('passphrase', 'passkey') }),
    });
    find('Use a passkey').click();
    await settle();
    expect(opened).toEqual([expect.stringContaining('options.html#/unlock?passkey')]);
  });

  it('takes an account back with Ctrl+Z after it was removed', async () => {
    const background = await open({
      'account.remove': () => ({ undoId: 'u1' }),
      'account.undo': () => undefined,
    });
    find('More').click();
    await settle();
    find('Remove account').click();
    await settle();
    expect(text()).toContain('Removed Foundry');
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }),
    );
    await settle();
    expect(background.sent).toContainEqual({ type: 'account.undo', data: { undoId: 'u1' } });
  });

  it('offers to protect what only this browser opens, until that is put off', async () => {
    await open({ 'vault.status': () => ({ state: 'unlocked', slots: slotsOf('device') }) });
    expect(text()).toContain('Protect it, and keep a way back');
    find('Passphrase').click();
    await settle();
    expect(opened).toEqual([expect.stringContaining('options.html#/security?passphrase')]);
    find('Later').click();
    await settle();
    expect(text()).not.toContain('Protect it, and keep a way back');
    popup?.unmount();
    await open({ 'vault.status': () => ({ state: 'unlocked', slots: slotsOf('device') }) });
    expect(text()).not.toContain('Protect it, and keep a way back');
  });

  it('says in one line that there is no recent backup', async () => {
    await open({
      'vault.health': () => aHealth({ lastBackupAt: Date.now() - 120 * 86_400_000 }),
      'settings.get': () => ({
        lockAfterMinutes: 0,
        lockOnSystemLock: false,
        backupReminderDays: 90,
        autoBackup: 'off',
      }),
    });
    expect(text()).toContain('No backup for 120 days.');
    find('Make a backup').click();
    await settle();
    expect(opened).toEqual([expect.stringContaining('options.html#/backup')]);
  });

  it('says that nothing is changed while storage is unsure, and shows everything', async () => {
    await open({
      'vault.status': () => ({
        state: 'unlocked',
        slots: slotsOf('passphrase'),
        readOnly: 'storage-unsure',
      }),
    });
    expect(text()).toContain('Everything can be read, nothing is changed.');
    expect(text()).toContain('Datica');
  });

  it.each([
    { state: 'unreadable', says: 'cannot be read right now' },
    { state: 'newer', says: 'need a newer Stepfill' },
    { state: 'lost', says: 'Neither copy of your accounts can be read' },
  ] as const)('is calm about a vault that is $state', async ({ state, says }) => {
    await open({ 'vault.status': () => ({ state, slots: [] }) });
    expect(text()).toContain(says);
    expect(text()).toContain('Nothing is deleted');
    expect(text()).not.toContain('Add your first account');
  });

  it('starts with one sentence and two ways in when there is no account', async () => {
    await open({
      'account.list': () => [],
      'page.get': () => aPage({ asks: 'nothing', own: [] }),
    });
    expect(text()).toContain('Add your first account');
    expect(find('Add by hand')).toBeTruthy();
  });

  it('says nothing about a page that extensions cannot work on', async () => {
    await open({
      'page.get': () => ({ access: false, asks: 'nothing', own: [], related: [], filled: false }),
    });
    expect(document.querySelector('.page-card')).toBeNull();
  });

  it('asks only for the codes in sight of a long list', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => anAccount({ id: `t${index}` }));
    const { sent } = await open({
      'account.list': () => many,
      'page.get': () => aPage({ asks: 'nothing', own: [] }),
    });
    const ids = sent.flatMap(({ type, data }) =>
      type === 'otp.generate' ? (data as { accountIds: string[] }).accountIds : [],
    );
    expect(new Set(ids).size).toBeLessThan(30);
    expect(ids).toContain('t0');
  });
});
