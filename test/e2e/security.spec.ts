import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { drivePage } from './extension-page.ts';
import { browserNames, openWorld, sendMessage, type World } from './fixture.ts';
import { eventually } from './popup.ts';

const passphrase = 'correct horse battery';
const account = { issuer: 'Foundry', accountName: 'ada@example.com', secret: 'JBSWY3DPEHPK3PXP' };

describe.each(browserNames)('keeping accounts safe in %s', (name) => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(name);
    await sendMessage(world.browser, 'account.add', account);
  });
  afterAll(() => world.close());

  test('a removed account goes to the trash, and undo brings it back', async () => {
    const page = await world.browser.openExtensionPage('options.html');
    const manager = drivePage(page);
    await manager.see('Foundry');
    await manager.press('Remove');
    await manager.press('Undo');
    await eventually(
      async () => ((await sendMessage(world.browser, 'account.list')) as object[]).length === 1,
      () => 'the account does not come back',
    );
    await page.close();
  });

  test('the health page reads every copy, and says so', async () => {
    const page = await world.browser.openExtensionPage('options.html#/health');
    const manager = drivePage(page);
    await manager.press('Check now');
    await manager.see('Every copy was read and is good');
    await page.close();
  });

  test('a backup is restored in three clicks, after it has shown what it changes', async () => {
    const backup = (await sendMessage(world.browser, 'transfer.backup', { passphrase })) as {
      file: string;
    };
    const file = path.join(world.browser.profile, 'backup.age');
    writeFileSync(file, Buffer.from(backup.file, 'base64url'));
    const [kept] = (await sendMessage(world.browser, 'account.list')) as { id: string }[];
    await sendMessage(world.browser, 'account.remove', { accountId: kept?.id });

    const page = await world.browser.openExtensionPage('options.html#/backup');
    const manager = drivePage(page);
    const input = await page.waitForSelector('input[type="file"]');
    await input?.uploadFile(file);
    await manager.type('Passphrase of the file', passphrase);
    await manager.press('Look inside');
    await manager.see('Added');
    await manager.press('Restore one account');
    await manager.see('Accounts restored');
    expect(await sendMessage(world.browser, 'account.list')).toHaveLength(1);
    await page.close();
  });

  test('case 81: when it is locked, every open page is blank within a second', async () => {
    await sendMessage(world.browser, 'vault.protect', { passphrase, keepDevice: false });
    const pages = await Promise.all([
      world.browser.openExtensionPage('popup.html'),
      world.browser.openExtensionPage('options.html'),
    ]);
    for (const page of pages) await drivePage(page).see('Foundry');
    await sendMessage(world.browser, 'vault.lock');
    for (const page of pages) {
      await eventually(
        async () => !(await drivePage(page).text()).includes('Foundry'),
        () => 'the account is still on the screen',
        1000,
      );
    }
    for (const page of pages) await page.close();
    await sendMessage(world.browser, 'vault.unlock', { passphrase });
  });
});

describe('keeping accounts safe, as only chromium lets it be tried', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld('chromium');
    await sendMessage(world.browser, 'account.add', account);
  });
  afterAll(() => world.close());

  const status = () =>
    sendMessage(world.browser, 'vault.status') as Promise<{ state: string; slots: object[] }>;

  test('case 84: a content script cannot read what the browser keeps for the extension', async () => {
    await world.browser.grant('*://*.localhost/*');
    const page = await world.browser.newPage();
    await page.goto(world.sites.url('single-field', '/login'));
    const [realm] = page.extensionRealms();
    const read = (area: string) =>
      realm?.evaluate(
        `chrome.storage.${area}.get(null).then((all) => Object.keys(all).length, (error) => String(error))`,
      );
    expect(String(await read('session'))).toMatch(/not allowed/i);
    expect(String(await read('local'))).toMatch(/not allowed/i);
    await page.close();
  });

  test('an automatic copy goes into the chosen folder, and can be restored', async () => {
    await sendMessage(world.browser, 'vault.protect', { passphrase, keepDevice: true });
    const page = await world.browser.openExtensionPage('options.html#/backup');
    // The browser's dialog cannot be pressed from here; the folder it would give is a real one.
    await page.evaluate(() => {
      Reflect.set(window, 'showDirectoryPicker', () => navigator.storage.getDirectory());
    });
    const manager = drivePage(page);
    await manager.press('Choose a folder');
    await manager.see('Last copy');
    const file = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      for await (const [name, handle] of folder.entries()) {
        if (!name.startsWith('stepfill-vault') || !(handle instanceof FileSystemFileHandle))
          continue;
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        return btoa(String.fromCharCode(...bytes));
      }
      return '';
    });
    const copy = Buffer.from(file, 'base64');
    expect(copy.subarray(0, 8).toString()).toBe('STEPFILL');
    await expectToOpen(copy);
    await page.close();
  });

  test('an automatic copy goes into the downloads, once the person allowed that', async () => {
    const page = await world.browser.openExtensionPage('options.html#/backup');
    const folder = path.join(world.browser.profile, 'downloads');
    const manager = drivePage(page);
    await world.browser.answeringPermission(true, () => manager.press('Use the downloads folder'));
    await manager.see('to Stepfill in your downloads');
    let copy = Buffer.alloc(0);
    await eventually(
      async () => {
        // Driven from outside, Chromium gives downloads a name of its own.
        const [name] = readdirSync(folder);
        if (name) copy = readFileSync(path.join(folder, name));
        return copy.subarray(0, 8).toString() === 'STEPFILL';
      },
      () => 'nothing was downloaded',
    );
    await expectToOpen(copy);
    await page.close();
  });

  async function expectToOpen(copy: Buffer): Promise<void> {
    const file = copy.toString('base64url');
    expect(
      await sendMessage(world.browser, 'transfer.preview', { file, passphrase }),
    ).toMatchObject({
      accounts: [{ issuer: 'Foundry', change: 'same' }],
    });
    const wrong = { file, passphrase: 'another passphrase' };
    await expect(sendMessage(world.browser, 'transfer.preview', wrong)).rejects.toThrow(
      'backup-passphrase-wrong',
    );
  }

  test('a passphrase set in the manager costs what this computer can bear', async () => {
    const page = await world.browser.openExtensionPage('options.html#/security?passphrase');
    const workers: string[] = [];
    page.on('workercreated', (worker) => workers.push(worker.url()));
    const manager = drivePage(page);
    await manager.type('Current passphrase', passphrase);
    await manager.type('New passphrase', 'another passphrase');
    await manager.type('New passphrase again', 'another passphrase');
    await manager.press('Change passphrase');
    await manager.see('Passphrase set');
    const { file } = (await sendMessage(world.browser, 'transfer.exportRecord')) as {
      file: string;
    };
    const header = Buffer.from(file, 'base64url').toString('latin1');
    const memoryKib = Number(/"memoryKib":(\d+)/.exec(header)?.[1]);
    expect([64, 128, 256].map((mebibytes) => mebibytes * 1024)).toContain(memoryKib);
    expect(workers.filter((url) => url.includes('kdf-worker'))).toHaveLength(1);
    await page.close();
  });

  test('a passkey opens the vault', async () => {
    const page = await world.browser.openExtensionPage('options.html#/security');
    const session = await page.createCDPSession();
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        automaticPresenceSimulation: true,
      },
    });
    const manager = drivePage(page);
    await manager.press('Add a passkey');
    await manager.see('Passkey added');
    expect((await status()).slots).toContainEqual(expect.objectContaining({ type: 'passkey' }));

    await sendMessage(world.browser, 'vault.lock');
    await manager.press('Use a passkey');
    await eventually(
      async () => (await status()).state === 'unlocked',
      () => 'the passkey does not open the vault',
    );
    await page.close();
  });
});

describe('passkeys in firefox', () => {
  test('an authenticator that derives no keys is answered with a sentence', async () => {
    const world = await openWorld('firefox');
    try {
      const page = await world.browser.openExtensionPage('options.html#/security');
      const manager = drivePage(page);
      await manager.press('Add a passkey');
      await manager.see('cannot open the vault with a passkey');
    } finally {
      await world.close();
    }
  });
});
