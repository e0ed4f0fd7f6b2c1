import { describe, expect, it } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { DurableStore, type Place, type SentinelArea } from '@/utils/vault/store';

import { aStoredAccount, aVault, aVaultWorld, type TestWorld } from '../../builders';

async function aWorldWithAccounts(count = 3): Promise<TestWorld> {
  const world = aVaultWorld();
  const vault = aVault(world);
  for (let index = 0; index < count; index++) {
    await vault.change(({ accounts }) => void accounts.push(aStoredAccount({ id: `${index}` })));
  }
  return world;
}

const countIn = async (world: TestWorld): Promise<number> =>
  (await aVault(world).read()).accounts.length;

const all: Place[] = ['local-a', 'local-b', 'database'];
const damages: [string, (world: TestWorld, place: Place) => void][] = [
  ['gone', ({ disk }, place) => disk.values.delete(place)],
  ['emptied', ({ disk }, place) => disk.values.set(place, new Uint8Array())],
  [
    'cut in half',
    ({ disk }, place) => {
      const bytes = disk.values.get(place);
      if (bytes) disk.values.set(place, bytes.slice(0, bytes.length / 2));
    },
  ],
  ['zeroed', ({ disk }, place) => disk.values.set(place, new Uint8Array(5000))],
  [
    'changed by a bit',
    ({ disk }, place) => {
      const bytes = disk.values.get(place);
      if (!(bytes instanceof Uint8Array)) return;
      const changed = bytes.slice();
      changed[700] = (changed[700] ?? 0) ^ 4;
      disk.values.set(place, changed);
    },
  ],
];

describe('DurableStore', () => {
  // Cases 94–96.
  it.each(
    damages.flatMap(([name, damage]) => [
      { name: `case 94: both places of storage.local ${name}`, places: all.slice(0, 2), damage },
      { name: `case 95: the database ${name}`, places: all.slice(2), damage },
      { name: `one place of storage.local ${name}`, places: all.slice(0, 1), damage },
    ]),
  )('finds everything with $name, and makes the copies alike', async ({ places, damage }) => {
    const world = await aWorldWithAccounts();
    for (const place of places) damage(world, place);
    expect(await countIn(world)).toBe(3);
    const head = await world.store.read();
    expect(head).toMatchObject({ state: 'found', healthy: true, unsure: false });
  });

  it('case 96: believes the later revision when one store was set back', async () => {
    const world = await aWorldWithAccounts(2);
    const [old, older] = [world.disk.values.get('local-a'), world.disk.values.get('local-b')];
    await aVault(world).change(({ accounts }) => void accounts.push(aStoredAccount({ id: 'new' })));
    if (old && older) world.disk.values.set('local-a', old).set('local-b', older);
    expect(await countIn(world)).toBe(3);
  });

  it.each(damages)(
    'case 97: every copy %s: says what the newest snapshot lacks, and goes on with it when told to',
    async (_name, damage) => {
      const world = await aWorldWithAccounts();
      for (const place of all) damage(world, place);
      const vault = aVault(world);
      expect(await vault.status()).toMatchObject({ state: 'lost', missing: 1 });
      await vault.startOver();
      expect(await countIn(world)).toBe(2);
    },
  );

  it.each(damages)(
    'case 97: every copy and snapshot %s: says that the vault is lost, and never begins another by itself',
    async (_name, damage) => {
      const world = await aWorldWithAccounts();
      for (const place of all) damage(world, place);
      world.disk.snapshots.clear();
      const vault = aVault(world);
      expect((await vault.status()).state).toBe('lost');
      await expect(vault.change(() => undefined)).rejects.toThrow(new ExtensionError('vault-lost'));
      expect((await vault.status()).state).toBe('lost');
      await vault.startOver();
      expect(await vault.status()).toMatchObject({ state: 'unlocked' });
    },
  );

  it('both stores set back at once: says what is missing, and goes on with the older copy when told to', async () => {
    const world = await aWorldWithAccounts(2);
    const old = new Map(world.disk.values);
    await aVault(world).change(({ accounts }) => void accounts.push(aStoredAccount({ id: 'new' })));
    world.disk.values.clear();
    for (const [place, bytes] of old) world.disk.values.set(place, bytes);
    world.disk.snapshots.clear();
    const vault = aVault(world);
    expect(await vault.status()).toMatchObject({ state: 'lost', missing: 1 });
    await vault.startOver();
    expect(await vault.status()).toMatchObject({ state: 'unlocked' });
    expect(await countIn(world)).toBe(2);
  });

  it('starting over puts away what is left', async () => {
    const world = await aWorldWithAccounts();
    for (const place of all) damages[2]?.[1](world, place);
    world.disk.snapshots.clear();
    await aVault(world).startOver();
    const kinds = [...world.disk.snapshots.values()].map(({ info }) => info.kind);
    expect(kinds.filter((kind) => kind === 'left-over').length).toBeGreaterThan(0);
  });

  // Case 98.
  it.each(all)('case 98: reads and does not write while %s does not answer', async (place) => {
    const world = await aWorldWithAccounts();
    world.disk.unreachable.add(place);
    const before = new Map(world.disk.values);
    const vault = aVault(world);
    expect(await vault.status()).toMatchObject({ state: 'unlocked', readOnly: 'storage-unsure' });
    expect((await vault.read()).accounts).toHaveLength(3);
    await expect(vault.change(() => undefined)).rejects.toThrow(
      new ExtensionError('vault-read-only'),
    );
    expect(world.disk.values).toEqual(before);
    world.disk.unreachable.clear();
    await vault.change(() => undefined);
  });

  it('case 98: says nothing about a first launch while no store answers', async () => {
    const world = aVaultWorld();
    for (const place of all) world.disk.unreachable.add(place);
    expect((await aVault(world).status()).state).toBe('unreadable');
    expect(world.disk.values.size).toBe(0);
  });

  it('case 99: a full disk leaves everything as it was', async () => {
    const world = await aWorldWithAccounts();
    world.disk.full = true;
    const vault = aVault(world);
    await expect(
      vault.change(({ accounts }) => void accounts.push(aStoredAccount())),
    ).rejects.toThrow(new ExtensionError('storage-failed'));
    world.disk.full = false;
    expect(await countIn(world)).toBe(3);
  });

  const tooOften = async (): Promise<never> => {
    throw new Error('MAX_WRITE_OPERATIONS_PER_MINUTE');
  };
  it.each<{ name: string; sentinel: SentinelArea }>([
    {
      name: 'refuses every write',
      sentinel: { read: async () => undefined, write: tooOften },
    },
    {
      name: 'refuses every read as well',
      sentinel: { read: tooOften, write: tooOften },
    },
  ])('case 100: a sentinel that $name takes nothing from the vault', async ({ sentinel }) => {
    const world = await aWorldWithAccounts(1);
    const { areas } = world.disk;
    const sentinels = [...areas.sentinels, sentinel];
    const limited = { ...world, store: new DurableStore({ ...areas, sentinels }) };
    const vault = aVault(limited);
    for (const id of ['a', 'b', 'c']) {
      await vault.change(({ accounts }) => void accounts.push(aStoredAccount({ id })));
    }
    expect(await aVault(limited).status()).toMatchObject({ state: 'unlocked' });
    expect(await countIn(limited)).toBe(4);
    expect(await limited.store.read()).toMatchObject({ state: 'found', healthy: true });
    expect([...world.disk.marks.values()].map(({ revision }) => revision)).toEqual([5, 5]);
  });

  it('case 106: an update or repair of the browser finds the vault, and writes no defaults over it', async () => {
    const world = await aWorldWithAccounts();
    const before = new Map(world.disk.values);
    await aVault(world).status();
    await aVault(world).status();
    expect(world.disk.values).toEqual(before);
  });

  it.each(['local', 'database'])(
    'case 107: all gone but the sentinel in %s: says that the vault is lost, and takes accounts after a new start',
    async (left) => {
      const world = await aWorldWithAccounts();
      const { values, snapshots, marks } = world.disk;
      values.clear();
      snapshots.clear();
      for (const key of marks.keys()) if (key !== left) marks.delete(key);
      const vault = aVault(world);
      expect((await vault.status()).state).toBe('lost');
      expect(values.size).toBe(0);
      await vault.startOver();
      await vault.change(({ accounts }) => void accounts.push(aStoredAccount({ id: 'new' })));
      expect((await aVault(world).read()).accounts.map(({ id }) => id)).toEqual(['new']);
    },
  );

  it('keeps snapshots from before every change', async () => {
    const world = await aWorldWithAccounts();
    const snapshots = await world.store.listSnapshots();
    expect(new Set(snapshots.map(({ revision }) => revision))).toEqual(new Set([1, 2, 3]));
  });
});
