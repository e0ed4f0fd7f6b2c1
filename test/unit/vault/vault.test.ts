import { describe, expect, it } from 'vitest';

import { randomBytes, toBase64Url, utf8 } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import { sha256 } from '@/utils/vault/keys';
import { openRecord, readHeader, sealRecord } from '@/utils/vault/record';
import type { Vault } from '@/utils/vault/vault';
import {
  addPasskey,
  confirmRecoveryCode,
  createRecoveryCode,
  removeSlot,
  setPassphrase,
  setPin,
  unlockWithPasskey,
  unlockWithPassphrase,
  unlockWithPin,
  unlockWithRecoveryCode,
} from '@/utils/vault/ways-in';

import { aStoredAccount, aVault, aVaultWorld, type TestWorld } from '../../builders';

const passphrase = 'correct horse battery';

const protect = (vault: Vault, keepDevice = false): Promise<void> =>
  setPassphrase(vault, { passphrase, current: undefined, keepDevice });

async function aProtectedVault() {
  const world = aVaultWorld();
  const vault = aVault(world);
  await vault.change(({ accounts }) => void accounts.push(aStoredAccount()));
  await protect(vault);
  return { world, vault };
}

/** The vault as a worker sees it that the browser has just started again. */
const restarted = aVault;

/** A vault whose contents say no version, and the key it was sealed with. */
async function aVaultOfAnOlderWriter(contents: object) {
  const world = aVaultWorld();
  await aVault(world).status();
  const head = await world.store.read();
  const vaultKey = await world.session.key.read();
  if (head.state !== 'found' || !vaultKey) throw new Error('no record');
  const { header, record } = head;
  const fields = { ...header, revision: header.revision + 1, previous: await sha256(record) };
  const older = await sealRecord(fields, utf8.encode(JSON.stringify(contents)), vaultKey);
  await world.store.write(older, readHeader(older));
  return { world, vaultKey };
}

const bytesOf = ({ disk }: TestWorld): Buffer => Buffer.concat([...disk.values.values()]);

const refused = (code: ExtensionError['code']): ExtensionError => new ExtensionError(code);

describe('Vault', () => {
  it('is encrypted and open from the first launch, without asking anything', async () => {
    const world = aVaultWorld();
    expect(await aVault(world).status()).toMatchObject({
      state: 'unlocked',
      slots: [{ type: 'device' }],
    });
    expect(world.disk.values.has('database')).toBe(true);
  });

  it('keeps what was changed, over a stop of the worker and of the browser', async () => {
    const world = aVaultWorld();
    await aVault(world).change(({ accounts }) => void accounts.push(aStoredAccount({ id: 'one' })));
    expect((await restarted(world).read()).accounts.map(({ id }) => id)).toEqual(['one']);
    await world.session.key.remove();
    expect((await restarted(world).read()).accounts).toHaveLength(1);
  });

  it('keeps nothing of a change that fails half-way', async () => {
    const vault = aVault();
    const failing = vault.change(({ accounts }) => {
      accounts.push(aStoredAccount());
      throw refused('account-duplicate');
    });
    await expect(failing).rejects.toThrow(refused('account-duplicate'));
    expect((await vault.read()).accounts).toEqual([]);
  });

  it('refuses a change that would lose an account', async () => {
    const vault = aVault();
    await vault.change(({ accounts }) => void accounts.push(aStoredAccount()));
    const losing = vault.change((contents) => {
      contents.accounts = [];
    });
    await expect(losing).rejects.toThrow('a change lost an account');
    expect((await vault.read()).accounts).toHaveLength(1);
  });

  it('case 92: stores all of twenty changes made at once', async () => {
    const world = aVaultWorld();
    const popup = aVault(world);
    const manager = aVault(world);
    const add = (context: Vault, id: string) =>
      context.change(({ accounts }) => void accounts.push(aStoredAccount({ id })));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => [
        add(popup, `p${index}`),
        add(manager, `m${index}`),
      ]).flat(),
    );
    expect((await restarted(world).read()).accounts).toHaveLength(20);
  });

  it('case 104: opened and changed in two contexts at once, has both changes once when its contents were of an older form', async () => {
    const { world, vaultKey } = await aVaultOfAnOlderWriter({
      accounts: [aStoredAccount({ id: 'old' })],
    });
    const contexts = [aVault(world), aVault(world)];
    const opened = await Promise.all(contexts.map((context) => context.read()));
    for (const { accounts } of opened) expect(accounts.map(({ id }) => id)).toEqual(['old']);
    await Promise.all(
      contexts.map((context, index) =>
        context.change(({ accounts }) => void accounts.push(aStoredAccount({ id: `new${index}` }))),
      ),
    );
    const { accounts } = await restarted(world).read();
    expect(accounts.map(({ id }) => id).toSorted()).toEqual(['new0', 'new1', 'old']);

    const head = await world.store.read();
    if (head.state !== 'found') throw new Error('no record');
    const { plaintext } = await openRecord(head.record, vaultKey);
    expect(JSON.parse(utf8.decode(plaintext))).toMatchObject({ version: 1 });
  });

  it('counts its records and chains them', async () => {
    const world = aVaultWorld();
    const vault = aVault(world);
    await vault.status();
    const first = await world.store.read();
    await vault.change(() => undefined);
    const second = await world.store.read();
    if (first.state !== 'found' || second.state !== 'found') throw new Error('no record');
    const digest = await crypto.subtle.digest('SHA-256', first.record);
    expect(readHeader(second.record)).toMatchObject({
      revision: 2,
      previous: Buffer.from(digest).toString('base64url'),
    });
  });

  it('case 81: leaves no key behind when it is locked, and tells nothing until it is opened', async () => {
    const { world, vault } = await aProtectedVault();
    await vault.lock();
    expect(world.session.key.key).toBeUndefined();
    expect(await vault.status()).toMatchObject({
      state: 'locked',
      slots: [{ type: 'passphrase' }],
    });
    await expect(vault.read()).rejects.toThrow(refused('vault-locked'));
    await unlockWithPassphrase(vault, passphrase);
    expect((await vault.read()).accounts).toHaveLength(1);
  });

  it('is locked after the browser was closed, when only a passphrase opens it', async () => {
    const { world } = await aProtectedVault();
    await world.session.key.remove();
    expect((await restarted(world).status()).state).toBe('locked');
    expect(world.deviceKey.key).toBeUndefined();
  });

  it('does not lock what nothing but the device could open again', async () => {
    await expect(aVault().lock()).rejects.toThrow(refused('passphrase-missing'));
  });

  it('stays locked until it is opened by hand, even where the device could do it', async () => {
    const world = aVaultWorld();
    const vault = aVault(world);
    await protect(vault, true);
    await vault.lock();
    expect((await restarted(world).status()).state).toBe('locked');
  });

  it('case 105: reads nothing of a later format, and writes nothing over it', async () => {
    const world = aVaultWorld();
    await aVault(world).status();
    const head = await world.store.read();
    if (head.state !== 'found') throw new Error('no record');
    const text = Buffer.from(head.record).toString('latin1').replace('"format":1', '"format":2');
    const newer = new Uint8Array(Buffer.from(text, 'latin1'));
    await world.store.write(newer, { ...head.header, revision: 2 });
    const before = bytesOf(world);
    const vault = restarted(world);
    expect((await vault.status()).state).toBe('newer');
    await expect(vault.change(() => undefined)).rejects.toThrow(refused('vault-newer'));
    await expect(vault.startOver()).rejects.toThrow(refused('vault-read-only'));
    expect(bytesOf(world).equals(before)).toBe(true);
  });

  it('writes the secret nowhere in the clear', async () => {
    const world = aVaultWorld();
    await aVault(world).change(({ accounts }) => void accounts.push(aStoredAccount()));
    expect(bytesOf(world).includes('GEZDGNBVGY3TQOJQ')).toBe(false);
    expect(bytesOf(world).includes('Example')).toBe(false);
  });
});

describe('the passphrase', () => {
  it('case 77: when wrong changes nothing, and the right one opens after it', async () => {
    const { world, vault } = await aProtectedVault();
    await vault.lock();
    const before = bytesOf(world);
    for (const wrong of ['', 'correct horse', `${passphrase} `]) {
      await expect(unlockWithPassphrase(vault, wrong)).rejects.toThrow(refused('passphrase-wrong'));
    }
    expect(bytesOf(world).equals(before)).toBe(true);
    await unlockWithPassphrase(vault, passphrase);
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('is the same when it was typed on another system', async () => {
    const vault = aVault();
    const composed = { passphrase: 'pass\u00e9 simple', current: undefined, keepDevice: false };
    await setPassphrase(vault, composed);
    await vault.lock();
    await unlockWithPassphrase(vault, 'passe\u0301 simple');
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('is changed only by who knows the one there is', async () => {
    const { vault } = await aProtectedVault();
    const fresh = { passphrase: 'another passphrase', keepDevice: false };
    await expect(setPassphrase(vault, { ...fresh, current: 'a guess of mine' })).rejects.toThrow(
      refused('passphrase-wrong'),
    );
    await setPassphrase(vault, { ...fresh, current: passphrase });
    await vault.lock();
    await expect(unlockWithPassphrase(vault, passphrase)).rejects.toThrow();
    await unlockWithPassphrase(vault, fresh.passphrase);
  });

  it('is refused when it could be guessed in minutes', async () => {
    const short = { passphrase: 'short', current: undefined, keepDevice: false };
    await expect(setPassphrase(aVault(), short)).rejects.toThrow(refused('passphrase-short'));
  });

  // Case 101. The cost is the least the format allows: this is about the steps, not about guessing.
  const cost = {
    algorithm: 'argon2id',
    memoryKib: 19 * 1024,
    iterations: 2,
    parallelism: 1,
  } as const;
  it.each(Array.from({ length: 8 }, (_, at) => at))(
    'case 101: interrupted at operation %d, opens with the old or the new one',
    async (at) => {
      for (const kind of ['before', 'torn', 'after'] as const) {
        const world = aVaultWorld();
        const vault = aVault(world);
        const old = { passphrase, current: undefined, keepDevice: false, cost };
        await setPassphrase(vault, old);
        world.disk.operations = 0;
        world.disk.fault = { at, kind };
        const fresh = {
          passphrase: 'another passphrase',
          current: passphrase,
          keepDevice: false,
          cost,
        };
        await setPassphrase(vault, fresh).catch(() => undefined);
        world.disk.reboot();
        await world.session.key.remove();

        const opens = async (text: string): Promise<boolean> =>
          unlockWithPassphrase(restarted(world), text).then(
            () => true,
            () => false,
          );
        expect([await opens(passphrase), await opens('another passphrase')]).toContain(true);
      }
    },
    30_000,
  );
});

describe('the other ways in', () => {
  const prf = toBase64Url(randomBytes(32));
  const passkey = { credentialId: 'Y3JlZA', salt: toBase64Url(randomBytes(32)), prf };

  it('a passkey opens the vault, and another one does not', async () => {
    const vault = aVault();
    await addPasskey(vault, passkey);
    await vault.lock();
    const other = { ...passkey, prf: toBase64Url(randomBytes(32)) };
    await expect(unlockWithPasskey(vault, other)).rejects.toThrow(refused('passkey-wrong'));
    await expect(unlockWithPasskey(vault, { ...passkey, prf: 'AA' })).rejects.toThrow();
    await unlockWithPasskey(vault, passkey);
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('a recovery code opens nothing before it was typed back, and then in any spelling', async () => {
    const vault = aVault();
    const code = await createRecoveryCode(vault);
    await expect(confirmRecoveryCode(vault, ['AAAA', 'AAAA'])).rejects.toThrow(
      refused('recovery-groups-wrong'),
    );
    expect((await vault.status()).slots.map(({ type }) => type)).toEqual(['device']);
    const groups = code.split('-');
    await confirmRecoveryCode(vault, [groups[1] ?? '', (groups.at(-1) ?? '').toLowerCase()]);
    await vault.lock();
    await expect(unlockWithRecoveryCode(vault, `${code.slice(0, -1)}*`)).rejects.toThrow(
      refused('recovery-code-wrong'),
    );
    await unlockWithRecoveryCode(vault, code.toLowerCase().replaceAll('-', ' '));
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('setting a passphrase leaves passkeys and the recovery code as they are', async () => {
    const vault = aVault();
    await addPasskey(vault, passkey);
    await protect(vault);
    expect((await vault.status()).slots.map(({ type }) => type)).toEqual(['passkey', 'passphrase']);
  });

  it('the last way in stays', async () => {
    const vault = aVault();
    const [device] = (await vault.status()).slots;
    await expect(removeSlot(vault, device?.id ?? '')).rejects.toThrow(refused('slot-last'));
    await protect(vault, true);
    await removeSlot(vault, device?.id ?? '');
    expect((await vault.status()).slots.map(({ type }) => type)).toEqual(['passphrase']);
  });

  it('case 83: a PIN is in the browser’s memory alone, and has five tries', async () => {
    const { world, vault } = await aProtectedVault();
    const before = bytesOf(world);
    await setPin(vault, '2468');
    expect(bytesOf(world).equals(before)).toBe(true);
    await vault.lock();
    await unlockWithPin(vault, '2468');
    await vault.lock();
    for (let left = 5; left > 0; left--) {
      expect((await vault.status()).pinTriesLeft).toBe(left);
      await expect(unlockWithPin(vault, '0000')).rejects.toThrow(refused('pin-wrong'));
    }
    expect((await vault.status()).pinTriesLeft).toBeUndefined();
    await expect(unlockWithPin(vault, '2468')).rejects.toThrow(refused('pin-wrong'));
    await unlockWithPassphrase(vault, passphrase);
  });
});
