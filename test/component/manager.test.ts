// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import App from '@/entrypoints/options/App.vue';
import type { Settings } from '@/utils/messaging/protocol';

import {
  aHealth,
  anAccount,
  Refusal,
  runBackground,
  slotsOf,
  type Answers,
  type Background,
} from './setup';

const DAY_MS = 86_400_000;

let manager: VueWrapper | undefined;
afterEach(() => {
  manager?.unmount();
  vi.restoreAllMocks();
});

Reflect.set(fakeBrowser.runtime, 'getManifest', () => ({ version: '0.1.0' }));

const settings: Settings = {
  lockAfterMinutes: 15,
  lockOnSystemLock: true,
  backupReminderDays: 90,
  autoBackup: 'off',
};

const usual: Answers = {
  'vault.status': () => ({ state: 'unlocked', slots: slotsOf('passphrase', 'passkey') }),
  'account.list': () => [anAccount()],
  'account.trash': () => [],
  'vault.health': () => aHealth(),
  'settings.get': () => settings,
  'account.undo': () => undefined,
};

async function open(hash: string, answers: Answers = {}): Promise<Background> {
  history.replaceState(undefined, '', hash);
  const background = runBackground({ ...usual, ...answers });
  manager = mount(App, { attachTo: document.body });
  await settle();
  return background;
}

async function settle() {
  for (let turn = 0; turn < 6; turn++) await flushPromises();
}

const text = (): string => document.body.textContent ?? '';

async function press(name: string) {
  const found = [...document.querySelectorAll<HTMLButtonElement>('button')].find(
    (button) =>
      button.textContent?.trim().replace('Ctrl+Z', '') === name ||
      button.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button "${name}" in: ${text()}`);
  found.click();
  await settle();
}

async function type(label: string, value: string) {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label);
  const field = document.querySelector<HTMLInputElement>(`[id="${found?.htmlFor}"]`);
  if (!field) throw new Error(`no field "${label}" in: ${text()}`);
  field.value = value;
  field.dispatchEvent(new Event('input'));
  await settle();
}

async function submit() {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
}

/** The page of the test follows every link, also one that is a download. */
function catchDownloads() {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
}

async function lock(background: Background) {
  background.answers['vault.status'] = () => ({ state: 'locked', slots: slotsOf('passphrase') });
  for (const kind of ['account.list', 'account.trash', 'vault.health'] as const) {
    background.answers[kind] = () => new Refusal('vault-locked');
  }
  await background.change();
  await settle();
}

function sentOf(background: Background, kind: string): unknown[] {
  return background.sent.flatMap((message) => (message.type === kind ? [message.data] : []));
}

describe('the accounts page', () => {
  it('removes on one press, and takes it back on another', async () => {
    const background = await open('#/accounts', {
      'account.remove': () => ({ undoId: 'u1' }),
    });
    await press('Remove account');
    expect(sentOf(background, 'account.remove')).toEqual([{ accountId: 'a1' }]);
    expect(text()).toContain('Removed Foundry');
    await press('Undo');
    expect(sentOf(background, 'account.undo')).toEqual([{ undoId: 'u1' }]);
  });

  it('shows what is in the trash, until when, and restores it', async () => {
    const purgeAt = Date.UTC(2031, 4, 12, 12);
    const background = await open('#/accounts', {
      'account.trash': () => [
        { ...anAccount({ id: 't1', issuer: 'Proton' }), deletedAt: 0, purgeAt },
      ],
      'account.restore': () => ({ undoId: 'u2' }),
    });
    expect(text()).toContain('Goes for good on');
    expect(text()).toContain('2031');
    await press('Restore Proton');
    expect(sentOf(background, 'account.restore')).toEqual([{ accountId: 't1' }]);
    expect(text()).toContain('Restored Proton');
  });

  it('drops names, trash and what could be taken back as soon as it is locked', async () => {
    const background = await open('#/accounts', { 'account.remove': () => ({ undoId: 'u1' }) });
    await press('Remove account');
    await lock(background);
    expect(text()).not.toContain('Foundry');
    expect(text()).toContain('Stepfill is locked');
  });
});

describe('the locked manager', () => {
  const locked: Answers = {
    'vault.status': () => ({ state: 'locked', slots: slotsOf('passphrase', 'passkey') }),
  };

  it('starts the passkey at once when the popup sent the person here for it', async () => {
    const get = vi.fn<() => Promise<null>>(async () => null);
    // Not by `stubGlobal`: undoing it would take the fake browser away as well.
    Reflect.set(globalThis, 'PublicKeyCredential', class {});
    Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } });
    await open('#/unlock?passkey', locked);
    expect(get).toHaveBeenCalledOnce();
    expect(text()).toContain('The passkey was not used');
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
  });

  it('waits for the person otherwise', async () => {
    const background = await open('#/unlock', {
      ...locked,
      'vault.unlockWithRecoveryCode': () => undefined,
    });
    await press('Use a passkey');
    expect(sentOf(background, 'vault.unlockWithPasskey')).toEqual([]);
  });
});

describe('the security page', () => {
  it.each([
    { slots: slotsOf('device', 'passphrase'), says: 'Anyone who can use this browser profile' },
    { slots: slotsOf('passphrase', 'recovery'), says: 'only with: Passphrase or Recovery code' },
  ])('says what protects the vault right now: $says', async ({ slots, says }) => {
    await open('#/security', { 'vault.status': () => ({ state: 'unlocked', slots }) });
    expect(text()).toContain(says);
  });

  it('shows a recovery code once, and turns it on with its second and last group', async () => {
    const background = await open('#/security', {
      'vault.createRecoveryCode': () => ({ code: 'K7QM-2XHD-9RTW' }),
      'vault.confirmRecoveryCode': () => undefined,
    });
    await press('Make a recovery code');
    const groups = [...document.querySelectorAll('code')].map((group) => group.textContent);
    expect(groups).toEqual(['K7QM', '2XHD', '9RTW']);
    await press('I have it on paper');
    expect(document.querySelector('code')).toBeNull();
    await type('Group 2', '2xhd');
    await type('Last group (group 3)', '9RTW ');
    await submit();
    expect(sentOf(background, 'vault.confirmRecoveryCode')).toEqual([{ groups: ['2xhd', '9RTW'] }]);
    expect(text()).toContain('Recovery code is on');
    expect(text()).not.toContain('K7QM');
  });

  it('prints the code with the name of the product and the date, and nothing else', async () => {
    await open('#/security', { 'vault.createRecoveryCode': () => ({ code: 'K7QM-2XHD-9RTW' }) });
    await press('Make a recovery code');
    const sheet = document.querySelector('body > .print-sheet')?.textContent;
    expect(sheet).toContain('Stepfill');
    expect(sheet).toContain('K7QM 2XHD 9RTW');
    expect(sheet).toContain(String(new Date().getFullYear()));
  });

  it('drops a code that is shown as soon as it is locked', async () => {
    const background = await open('#/security', {
      'vault.createRecoveryCode': () => ({ code: 'K7QM-2XHD-9RTW' }),
    });
    await press('Make a recovery code');
    await lock(background);
    expect(text()).not.toContain('K7QM');
  });

  it('takes two presses to remove a way in, and says why the last one stays', async () => {
    const background = await open('#/security', {
      'vault.removeSlot': () => new Refusal('slot-last') as never,
    });
    await press('Remove');
    expect(sentOf(background, 'vault.removeSlot')).toEqual([]);
    await press('Remove this way in');
    expect(sentOf(background, 'vault.removeSlot')).toEqual([{ slotId: 'passphrase' }]);
    expect(text()).toContain('This is the last way in.');
  });

  it('keeps the rules for locking', async () => {
    const background = await open('#/security', { 'settings.set': () => settings });
    const select = document.querySelector('select');
    expect(select?.value).toBe('15');
    if (select) select.value = '60';
    select?.dispatchEvent(new Event('change'));
    await settle();
    expect(sentOf(background, 'settings.set')).toEqual([{ lockAfterMinutes: 60 }]);
  });

  it('sets a PIN for the session', async () => {
    const background = await open('#/security', { 'vault.setPin': () => undefined });
    await press('Set PIN');
    await type('New PIN', '2468');
    await submit();
    expect(sentOf(background, 'vault.setPin')).toEqual([{ pin: '2468' }]);
  });
});

describe('the backup page', () => {
  async function choose(size: number) {
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    const file = new File(['age'], 'stepfill.age');
    Object.defineProperty(file, 'size', { value: size });
    Object.defineProperty(input, 'files', { configurable: true, value: [file] });
    input?.dispatchEvent(new Event('change'));
    await settle();
  }

  it('hands over a file only when the passphrase was typed twice the same', async () => {
    catchDownloads();
    const background = await open('#/backup', {
      'transfer.backup': () => ({ fileName: 'stepfill.age', file: 'AAAA', accounts: 4 }),
    });
    await type('Passphrase of the backup', 'correct horse');
    await submit();
    expect(sentOf(background, 'transfer.backup')).toEqual([]);
    await type('Passphrase of the backup again', 'correct horse');
    await submit();
    expect(sentOf(background, 'transfer.backup')).toEqual([{ passphrase: 'correct horse' }]);
    expect(text()).toContain('Opened again and compared: 4 accounts.');
  });

  it('shows what a backup changes before it changes anything, and offers to take it back', async () => {
    const background = await open('#/backup', {
      'transfer.preview': () => ({
        previewId: 'p1',
        createdAt: 0,
        accounts: [
          { issuer: 'Foundry', accountName: 'ada', change: 'same' },
          { issuer: 'Proton', accountName: 'ada', change: 'added' },
          { issuer: 'GitHub', accountName: 'ada', change: 'other-secret' },
        ],
      }),
      'transfer.restore': () => ({ undoId: 'u3' }),
    });
    await choose(3);
    await type('Passphrase of the file', 'correct horse');
    const forms = document.querySelectorAll('form');
    forms[1]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(text()).toContain('Kept beside yours');
    expect(sentOf(background, 'transfer.restore')).toEqual([]);
    await press('Restore 2 accounts');
    expect(sentOf(background, 'transfer.restore')).toEqual([{ previewId: 'p1' }]);
    await press('Undo');
    expect(sentOf(background, 'account.undo')).toEqual([{ undoId: 'u3' }]);
  });

  it('reads no file of more than 32 MB', async () => {
    await open('#/backup');
    await choose(33 * 1024 * 1024);
    expect(text()).toContain('larger than 32 MB');
    expect(text()).not.toContain('Look inside');
  });

  it.each([
    { lastBackupAt: Date.now() - 91 * DAY_MS, says: 'No backup for 91 days.' },
    { lastBackupAt: undefined, says: 'There is no backup yet.' },
  ])('says on other pages: $says', async ({ lastBackupAt, says }) => {
    const { lastBackupAt: _, ...never } = aHealth();
    await open('#/accounts', {
      'vault.health': () => ({ ...never, ...(lastBackupAt !== undefined && { lastBackupAt }) }),
    });
    expect(text()).toContain(says);
  });

  it('says nothing to somebody who does not want to hear it', async () => {
    await open('#/accounts', {
      'vault.health': () => aHealth({ lastBackupAt: 0 }),
      'settings.get': () => ({ ...settings, backupReminderDays: 0, autoBackup: 'off' }),
    });
    expect(text()).not.toContain('No backup');
  });
});

describe('the health page', () => {
  it('shows each copy with its state and revision, and when it healed itself', async () => {
    await open('#/health', {
      'vault.health': () =>
        aHealth({
          copies: [
            { place: 'local-a', state: 'good', revision: 12, writtenAt: Date.now() },
            { place: 'local-b', state: 'damaged' },
            { place: 'database', state: 'unreachable' },
          ],
          healedAt: Date.now() - 1.5 * DAY_MS,
        }),
    });
    const copies = [...document.querySelectorAll('.health-picture li')];
    expect(copies.map((copy) => copy.className)).toEqual(['good', 'damaged', 'unreachable']);
    expect(copies[0]?.textContent).toContain('Revision 12');
    expect(text()).toContain('was made anew by itself yesterday');
  });

  it.each([
    { good: true, healed: false, says: 'Every copy was read and is good.' },
    { good: true, healed: true, says: 'was made anew from a good one' },
    { good: false, healed: false, says: 'Make a backup now.' },
  ])('checks when asked: $says', async ({ good, healed, says }) => {
    await open('#/health', {
      'vault.selfTest': () => aHealth({ lastSelfTest: { at: 0, good, healed } }),
    });
    await press('Check now');
    expect(text()).toContain(says);
  });

  it('brings back what is missing from a snapshot, and offers to take that back', async () => {
    const background = await open('#/health', {
      'vault.health': () =>
        aHealth({ snapshots: [{ id: 's1', kind: 'daily', revision: 3, at: Date.now() - DAY_MS }] }),
      'vault.restoreSnapshot': () => ({ undoId: 'u4' }),
    });
    await press('Bring back what is missing from it');
    expect(sentOf(background, 'vault.restoreSnapshot')).toEqual([{ snapshotId: 's1' }]);
    await press('Undo');
    expect(sentOf(background, 'account.undo')).toEqual([{ undoId: 'u4' }]);
  });
});

describe('a vault in trouble', () => {
  it('offers the ways back when no copy can be read, and begins none by itself', async () => {
    const background = await open('#/accounts', {
      'vault.status': () => ({ state: 'lost', slots: [] }),
      'account.list': () => new Refusal('vault-lost'),
      'vault.startOver': () => undefined,
    });
    expect(text()).toContain('Neither copy of your accounts can be read');
    expect(text()).not.toContain('No accounts yet');
    expect(sentOf(background, 'vault.startOver')).toEqual([]);
    background.answers['vault.status'] = () => ({ state: 'unlocked', slots: slotsOf('device') });
    background.answers['account.list'] = () => [];
    await press('Begin, then restore');
    expect(sentOf(background, 'vault.startOver')).toHaveLength(1);
    expect(text()).toContain('Restore from a backup');
    expect(document.activeElement?.getAttribute('type')).toBe('file');
  });

  it.each(['newer', 'unreadable'] as const)('lets a copy be saved when it is %s', async (state) => {
    catchDownloads();
    const background = await open('#/accounts', {
      'vault.status': () => ({ state, slots: [] }),
      'transfer.exportRecord': () => ({ fileName: 'vault.bin', file: 'AAAA', accounts: 0 }),
    });
    await press('Save a copy');
    expect(sentOf(background, 'transfer.exportRecord')).toHaveLength(1);
  });

  it.each(['accounts', 'backup', 'security', 'health', 'help'])(
    'says on the page %s that nothing is changed while storage is unsure',
    async (page) => {
      await open(`#/${page}`, {
        'vault.status': () => ({
          state: 'unlocked',
          slots: slotsOf('passphrase'),
          readOnly: 'storage-unsure',
        }),
      });
      expect(text()).toContain('Everything can be read, nothing is changed.');
    },
  );
});
