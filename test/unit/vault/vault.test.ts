import { describe, expect, it } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { readHeader } from '@/utils/vault/record';

import { aStoredAccount, aVault, aVaultWorld } from '../../builders';

const passphrase = 'correct horse battery';

async function aProtectedVault() {
  const world = aVaultWorld();
  const vault = aVault(world);
  await vault.change(({ accounts }) => accounts.push(aStoredAccount()));
  await vault.protect({ passphrase, current: undefined, keepDevice: false });
  return { world, vault };
}

/** The vault as a worker sees it that the browser has just started again. */
const restarted = aVault;

describe('Vault', () => {
  it('is encrypted and open from the first launch, without asking anything', async () => {
    const world = aVaultWorld();
    expect(await aVault(world).status()).toEqual({ state: 'unlocked', slots: ['device'] });
    expect(world.store.record).toBeDefined();
  });

  it('keeps what was changed, over a stop of the worker and of the browser', async () => {
    const world = aVaultWorld();
    await aVault(world).change(({ accounts }) => accounts.push(aStoredAccount({ id: 'one' })));
    expect((await restarted(world).read()).accounts.map(({ id }) => id)).toEqual(['one']);
    await world.session.key.remove();
    expect((await restarted(world).read()).accounts).toHaveLength(1);
  });

  it('keeps nothing of a change that fails half-way', async () => {
    const vault = aVault();
    const failing = vault.change(({ accounts }) => {
      accounts.push(aStoredAccount());
      throw new ExtensionError('account-duplicate');
    });
    await expect(failing).rejects.toThrow(new ExtensionError('account-duplicate'));
    expect((await vault.read()).accounts).toEqual([]);
  });

  it('case 92: stores all of twenty changes made at once', async () => {
    const world = aVaultWorld();
    const popup = aVault(world);
    const manager = aVault(world);
    const add = (context: typeof popup, id: string) =>
      context.change(({ accounts }) => accounts.push(aStoredAccount({ id })));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => [
        add(popup, `p${index}`),
        add(manager, `m${index}`),
      ]).flat(),
    );
    expect((await restarted(world).read()).accounts).toHaveLength(20);
  });

  it('counts its records and chains them', async () => {
    const world = aVaultWorld();
    const vault = aVault(world);
    await vault.status();
    const first = world.store.record;
    await vault.change(() => undefined);
    const header = readHeader(world.store.record ?? new Uint8Array());
    const digest = await crypto.subtle.digest('SHA-256', first ?? new Uint8Array());
    expect(header.revision).toBe(2);
    expect(header.previous).toBe(Buffer.from(digest).toString('base64url'));
  });

  it('locks: no key is left, and nothing is told until the passphrase is given', async () => {
    const { world, vault } = await aProtectedVault();
    await vault.lock();
    expect(world.session.key.key).toBeUndefined();
    expect(await vault.status()).toMatchObject({ state: 'locked', slots: ['passphrase'] });
    await expect(vault.read()).rejects.toThrow(new ExtensionError('vault-locked'));
    await vault.unlock(passphrase);
    expect((await vault.read()).accounts).toHaveLength(1);
  });

  it('is locked after the browser was closed, when only a passphrase opens it', async () => {
    const { world } = await aProtectedVault();
    await world.session.key.remove();
    expect((await restarted(world).status()).state).toBe('locked');
    expect(world.deviceKey.key).toBeUndefined();
  });

  it('does not lock what nothing but the device could open again', async () => {
    await expect(aVault().lock()).rejects.toThrow(new ExtensionError('passphrase-missing'));
  });

  it('stays locked until the passphrase is given, even where the device could open it', async () => {
    const world = aVaultWorld();
    const vault = aVault(world);
    await vault.protect({ passphrase, current: undefined, keepDevice: true });
    await vault.lock();
    expect((await restarted(world).status()).state).toBe('locked');
  });

  it('case 77: is unchanged by wrong passphrases, and opens with the right one after them', async () => {
    const { world, vault } = await aProtectedVault();
    await vault.lock();
    const before = world.store.record;
    for (const wrong of ['', 'correct horse', `${passphrase} `]) {
      await expect(vault.unlock(wrong)).rejects.toThrow(new ExtensionError('passphrase-wrong'));
    }
    expect(world.store.record).toBe(before);
    await vault.unlock(passphrase);
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('opens with the same passphrase typed on another system', async () => {
    const vault = aVault();
    await vault.protect({ passphrase: 'pass\u00e9 simple', current: undefined, keepDevice: false });
    await vault.lock();
    await vault.unlock('passe\u0301 simple');
    expect((await vault.status()).state).toBe('unlocked');
  });

  it('changes its passphrase only for who knows the one it has', async () => {
    const { vault } = await aProtectedVault();
    const fresh = 'another passphrase';
    await expect(
      vault.protect({ passphrase: fresh, current: 'a guess of mine', keepDevice: false }),
    ).rejects.toThrow(new ExtensionError('passphrase-wrong'));
    await vault.protect({ passphrase: fresh, current: passphrase, keepDevice: false });
    await vault.lock();
    await expect(vault.unlock(passphrase)).rejects.toThrow(new ExtensionError('passphrase-wrong'));
    await vault.unlock(fresh);
  });

  it('refuses a passphrase that is guessed in minutes', async () => {
    await expect(
      aVault().protect({ passphrase: 'short', current: undefined, keepDevice: false }),
    ).rejects.toThrow(new ExtensionError('passphrase-short'));
  });

  it('calls a damaged record unreadable, and leaves it as it is', async () => {
    const world = aVaultWorld();
    await aVault(world).change(({ accounts }) => accounts.push(aStoredAccount()));
    const damaged = world.store.record?.slice(0, 100);
    world.store.record = damaged;
    const vault = restarted(world);
    expect((await vault.status()).state).toBe('unreadable');
    await expect(vault.change(() => undefined)).rejects.toThrow();
    expect(world.store.record).toBe(damaged);
  });

  it('writes the secret nowhere in the clear', async () => {
    const world = aVaultWorld();
    await aVault(world).change(({ accounts }) => accounts.push(aStoredAccount()));
    const stored = Buffer.from(world.store.record ?? new Uint8Array());
    expect(stored.includes('GEZDGNBVGY3TQOJQ')).toBe(false);
    expect(stored.includes('Example')).toBe(false);
  });
});
