import { equalBytes, randomBytes, toBase64Url, type Bytes } from '../bytes';
import { errorCodeOf, ExtensionError } from '../errors';
import type { VaultStatus } from '../messaging/protocol';
import { emptyContents, formatContents, parseContents, type VaultContents } from './contents';
import { sha256 } from './keys';
import { openRecord, readHeader, sealRecord, type HeaderFields } from './record';
import {
  openDeviceSlot,
  openPassphraseSlot,
  sealDeviceSlot,
  sealPassphraseSlot,
  type Slot,
} from './slots';
import type { KeyStore, RecordStore, VaultSession } from './store';

/** Shorter ones are guessed in minutes, whatever the KDF costs. */
const MIN_PASSPHRASE_LENGTH = 8;

/** The world the vault lives in. */
export interface VaultWorld {
  store: RecordStore;
  deviceKey: KeyStore;
  session: VaultSession;
  locks: Pick<LockManager, 'request'>;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

interface Opened {
  record: Bytes;
  contents: VaultContents;
}

/**
 * The accounts, and the only way to them. Every write reads the stored record again under one lock,
 * so that no context can write over what another has just written.
 */
export class Vault {
  /** The last record opened, so that a page asking for codes does not decrypt it each time. */
  private opened: Opened | undefined;

  constructor(private readonly world: VaultWorld) {}

  async status(): Promise<VaultStatus> {
    await this.ready();
    try {
      const { slots } = readHeader(await this.record());
      const types = slots.map(({ type }) => type);
      if (await this.vaultKey(slots)) return { state: 'unlocked', slots: types };
      const lockedAt = await this.world.session.readLockedAt();
      return { state: 'locked', slots: types, ...(lockedAt !== undefined && { lockedAt }) };
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'vault-newer') return { state: 'newer', slots: [] };
      if (code === 'vault-unreadable') return { state: 'unreadable', slots: [] };
      throw error;
    }
  }

  /** The contents as they are stored. Treat them as read-only; {@link change} makes changes. */
  async read(): Promise<VaultContents> {
    await this.ready();
    return (await this.open()).contents;
  }

  /**
   * Runs `command` on a copy of the contents and stores what it made of it. When this resolves, the
   * change is stored; when `command` throws, nothing is.
   */
  async change<Result>(command: (contents: VaultContents) => Result): Promise<Result> {
    await this.ready();
    return this.exclusive(async () => {
      const { record, contents, vaultKey } = await this.open();
      const draft = structuredClone(contents);
      const result = command(draft);
      await this.write(record, draft, vaultKey, readHeader(record).slots);
      return result;
    });
  }

  async unlock(passphrase: string): Promise<void> {
    await this.ready();
    const record = await this.record();
    const { vaultId, slots } = readHeader(record);
    const vaultKey = await openWithPassphrase(vaultId, slots, passphrase);
    // The header is vouched for only by opening the whole record.
    await openRecord(record, vaultKey);
    await this.world.session.writeLockedAt(undefined);
    await this.world.session.key.write(vaultKey);
  }

  async lock(): Promise<void> {
    await this.ready();
    const { slots } = readHeader(await this.record());
    if (!slots.some(({ type }) => type === 'passphrase')) {
      throw new ExtensionError('passphrase-missing');
    }
    // After a write that is under way, which would otherwise leave its contents in memory.
    await this.exclusive(async () => {
      await this.world.session.writeLockedAt(this.world.clock());
      await this.world.session.key.remove();
      this.opened = undefined;
    });
  }

  /**
   * Sets or changes the passphrase. The vault key stays, so this is one write of one record: it is
   * open with the old passphrase until then and with the new one after.
   */
  async protect(options: {
    passphrase: string;
    current: string | undefined;
    keepDevice: boolean;
  }): Promise<void> {
    const { passphrase, current, keepDevice } = options;
    if (passphrase.length < MIN_PASSPHRASE_LENGTH) {
      throw new ExtensionError('passphrase-short');
    }
    await this.ready();
    await this.exclusive(async () => {
      const { record, contents, vaultKey } = await this.open();
      const { vaultId, slots } = readHeader(record);
      if (slots.some(({ type }) => type === 'passphrase')) {
        await openWithPassphrase(vaultId, slots, current ?? '');
      }
      const device = keepDevice ? slots.filter(({ type }) => type === 'device') : [];
      const changed = [...device, await sealPassphraseSlot(vaultId, vaultKey, passphrase)];
      await this.write(record, contents, vaultKey, changed);
      // Only now: until the record is stored, the device slot may be the one way in.
      if (device.length === 0) await this.world.deviceKey.remove();
    });
  }

  private async open(): Promise<Opened & { vaultKey: Bytes }> {
    const record = await this.record();
    const vaultKey = await this.vaultKey(readHeader(record).slots);
    if (!vaultKey) throw new ExtensionError('vault-locked');
    if (!this.opened || !equalBytes(this.opened.record, record)) {
      const { plaintext } = await openRecord(record, vaultKey);
      this.opened = { record, contents: parseContents(plaintext) };
    }
    return { ...this.opened, vaultKey };
  }

  /** The unlocked vault key: this session's, or what the device slot gives as long as nobody locked. */
  private async vaultKey(slots: Slot[]): Promise<Bytes | undefined> {
    const { session, deviceKey } = this.world;
    const unlocked = await session.key.read();
    if (unlocked || (await session.readLockedAt()) !== undefined) return unlocked;

    const slot = slots.find(({ type }) => type === 'device');
    const secret = slot && (await deviceKey.read());
    if (!secret) return undefined;
    const { vaultId } = readHeader(await this.record());
    const vaultKey = await openDeviceSlot(vaultId, slot, secret);
    if (vaultKey) await session.key.write(vaultKey);
    return vaultKey;
  }

  private async record(): Promise<Bytes> {
    const stored = await this.world.store.read();
    if (!stored) throw new ExtensionError('vault-unreadable');
    return stored;
  }

  /** Makes the vault on the first launch. Called before the lock is taken, which is not reentrant. */
  private async ready(): Promise<void> {
    if (!(await this.world.store.read())) await this.exclusive(() => this.create());
  }

  /**
   * The first launch: a vault key and a device slot, so that nothing is ever written in the clear
   * and nobody has to think of a passphrase before the first account.
   */
  private async create(): Promise<void> {
    if (await this.world.store.read()) return;
    const vaultId = toBase64Url(randomBytes(16));
    const vaultKey = randomBytes(32);
    const deviceKey = randomBytes(32);
    await this.world.deviceKey.write(deviceKey);
    const slots = [await sealDeviceSlot(vaultId, vaultKey, deviceKey)];
    const fields = { vaultId, revision: 1, previous: '', writtenAt: this.world.clock(), slots };
    await this.store(fields, emptyContents(), vaultKey);
  }

  private async write(
    previous: Bytes,
    contents: VaultContents,
    vaultKey: Bytes,
    slots: Slot[],
  ): Promise<void> {
    const { vaultId, revision } = readHeader(previous);
    const fields = {
      vaultId,
      revision: revision + 1,
      previous: await sha256(previous),
      writtenAt: this.world.clock(),
      slots,
    };
    await this.store(fields, contents, vaultKey);
  }

  /** Seals, opens its own work again, and only then stores it. */
  private async store(
    fields: HeaderFields,
    contents: VaultContents,
    vaultKey: Bytes,
  ): Promise<void> {
    const plaintext = formatContents(contents);
    const record = await sealRecord(fields, plaintext, vaultKey);
    const { plaintext: readBack } = await openRecord(record, vaultKey);
    if (!equalBytes(plaintext, readBack)) throw new Error('a sealed record does not open');
    await this.world.store.write(record);
    this.opened = { record, contents };
  }

  private exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.world.locks.request('vault', work);
  }
}

async function openWithPassphrase(
  vaultId: string,
  slots: readonly Slot[],
  passphrase: string,
): Promise<Bytes> {
  for (const slot of slots) {
    // The KDF refuses to stretch nothing.
    if (slot.type !== 'passphrase' || passphrase === '') continue;
    const vaultKey = await openPassphraseSlot(vaultId, slot, passphrase);
    if (vaultKey) return vaultKey;
  }
  throw new ExtensionError('passphrase-wrong');
}
