import { equalBytes, randomBytes, toBase64Url, type Bytes } from '../bytes';
import { ExtensionError, type ErrorCode } from '../errors';
import type { VaultStatus } from '../messaging/protocol';
import { purgeTrash } from './changes';
import {
  copyContents,
  emptyContents,
  formatContents,
  parseContents,
  type VaultContents,
} from './contents';
import type { JournalStore } from './journal';
import { sha256 } from './keys';
import { openRecord, sealRecord, type HeaderFields, type RecordHeader } from './record';
import type { SnapshotKind } from './retention';
import type { VaultSession } from './session';
import { openKeySlot, sealKeySlot, type Slot } from './slots';
import type { DurableStore, Head, KeyStore } from './store';

/** The world the vault lives in. */
export interface VaultWorld {
  store: DurableStore;
  deviceKey: KeyStore;
  session: VaultSession;
  journal: JournalStore;
  locks: Pick<LockManager, 'request'>;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

type Found = Extract<Head, { state: 'found' }>;

interface Opened {
  state: 'found';
  record: Bytes;
  header: RecordHeader;
  contents: VaultContents;
  unsure: boolean;
}

/** What the absence of a readable record is called before a person. */
const absences: Record<Exclude<Head['state'], 'found'>, ErrorCode> = {
  // Only between a look and the first launch that follows it.
  empty: 'vault-unreadable',
  lost: 'vault-lost',
  reverted: 'vault-lost',
  unsure: 'vault-unreadable',
  newer: 'vault-newer',
};

/**
 * The accounts, and the only way to them. Every write reads the stored record again under one lock,
 * so that no context can write over what another has just written.
 */
export class Vault {
  /** The last record opened, so that a page asking for codes does not decrypt it each time. */
  private opened: Opened | undefined;
  /** The stores were looked at since this worker started, and healed where they could be. */
  private checked = false;

  constructor(readonly world: VaultWorld) {}

  async status(): Promise<VaultStatus> {
    const head = this.opened ?? (await this.look());
    if (head.state === 'reverted') return { state: 'lost', slots: [], missing: head.missing };
    if (head.state !== 'found') {
      const states = { empty: 'lost', lost: 'lost', newer: 'newer', unsure: 'unreadable' } as const;
      return { state: states[head.state], slots: [] };
    }
    const slots = head.header.slots.map(viewOfSlot);
    const readOnly = head.unsure ? { readOnly: 'storage-unsure' as const } : {};
    if (await this.vaultKey(head.header)) return { state: 'unlocked', slots, ...readOnly };
    const lockedAt = await this.world.session.readLockedAt();
    const pin = await this.world.session.readPin();
    return {
      state: 'locked',
      slots,
      ...readOnly,
      ...(lockedAt !== undefined && { lockedAt }),
      ...(pin && { pinTriesLeft: pin.triesLeft }),
    };
  }

  /** The contents as they are stored. Treat them as read-only; {@link change} makes changes. */
  async read(): Promise<VaultContents> {
    if (this.opened && (await this.vaultKey(this.opened.header))) return this.opened.contents;
    const { contents } = await this.open(await this.find());
    return contents;
  }

  /**
   * Runs `command` on a copy of the contents and stores what it made of it. When this resolves, the
   * change is stored; when `command` throws, nothing is. `kind` says what a snapshot of the state
   * before is kept for.
   */
  async change<Result>(
    command: (contents: VaultContents) => Result,
    kind: SnapshotKind = 'recent',
  ): Promise<Result> {
    if (!this.checked) await this.look();
    return this.exclusive(async () => {
      const head = await this.findWritable();
      const { contents, vaultKey } = await this.open(head);
      const draft = copyContents(contents);
      purgeTrash(draft, this.world.clock());
      const before = idsOf(draft);
      const result = command(draft);
      requireAll(before, draft);
      await this.write(head, draft, vaultKey, head.header.slots, kind);
      return result;
    });
  }

  /**
   * Changes the ways in. The vault key stays, so this is one write of one record: it is open with
   * the old ones until then and with the new ones after.
   */
  async changeSlots(
    edit: (header: RecordHeader, vaultKey: Bytes) => Promise<Slot[]>,
  ): Promise<void> {
    if (!this.checked) await this.look();
    await this.exclusive(async () => {
      const head = await this.findWritable();
      const { contents, vaultKey } = await this.open(head);
      const slots = await edit(head.header, vaultKey);
      await this.write(head, contents, vaultKey, slots, 'rekey');
      // Only now: until the record is stored, the device slot may be the one way in.
      if (!slots.some(({ type }) => type === 'device')) await this.world.deviceKey.remove();
    });
  }

  /** Opens the vault with what `open` makes of its slots; `refusal` is thrown when that is nothing. */
  async unlockWith(
    open: (header: RecordHeader) => Promise<Bytes | undefined>,
    refusal: ErrorCode,
  ): Promise<void> {
    const { record, header } = await this.find();
    const vaultKey = await open(header);
    if (!vaultKey) throw new ExtensionError(refusal);
    // The header is vouched for only by opening the whole record.
    await openRecord(record, vaultKey);
    await this.world.session.writeLockedAt(undefined);
    await this.world.session.key.write(vaultKey);
  }

  async lock(): Promise<void> {
    const { header } = await this.find();
    if (header.slots.every(({ type }) => type === 'device')) {
      throw new ExtensionError('passphrase-missing');
    }
    // After a write that is under way, which would otherwise leave its contents in memory.
    await this.exclusive(async () => {
      const { session, clock } = this.world;
      await session.writeLockedAt(clock());
      await session.key.remove();
      await session.pendingRecovery.remove();
      this.opened = undefined;
    });
  }

  /** The unlocked vault key, for what wraps it anew. Throws `vault-locked`. */
  async requireKey(): Promise<{ header: RecordHeader; vaultKey: Bytes }> {
    const { header } = await this.find();
    const vaultKey = await this.vaultKey(header);
    if (!vaultKey) throw new ExtensionError('vault-locked');
    return { header, vaultKey };
  }

  /** Reads every copy again and makes them alike. Says whether there was anything to mend. */
  async mend(): Promise<boolean> {
    return this.exclusive(async () => {
      const head = await this.world.store.read();
      if (head.state !== 'found' || head.healthy || head.unsure) return false;
      await this.world.store.heal(head);
      const journal = await this.world.journal.read();
      await this.world.journal.write({ ...journal, healedAt: this.world.clock() });
      return true;
    });
  }

  /**
   * Goes on after a loss: with the older copy where there is one, else with an empty vault. What is
   * left of the lost one is put away.
   */
  async startOver(): Promise<void> {
    await this.exclusive(async () => {
      const { store, clock } = this.world;
      const head = await store.read();
      if (head.state === 'reverted') return store.acceptReverted(head);
      if (head.state !== 'lost') throw new ExtensionError('vault-read-only');
      await store.putAwayRemains(clock());
      await this.create();
    });
  }

  private async open(head: Found): Promise<Opened & { vaultKey: Bytes }> {
    const { record, header, unsure } = head;
    const vaultKey = await this.vaultKey(header);
    if (!vaultKey) throw new ExtensionError('vault-locked');
    if (!this.opened || !equalBytes(this.opened.record, record)) {
      const { plaintext } = await openRecord(record, vaultKey);
      const contents = parseContents(plaintext);
      this.opened = { state: 'found', record, header, contents, unsure };
    }
    return { ...this.opened, vaultKey };
  }

  /** The unlocked vault key: this session's, or what the device slot gives as long as nobody locked. */
  private async vaultKey({ vaultId, slots }: RecordHeader): Promise<Bytes | undefined> {
    const { session, deviceKey } = this.world;
    const unlocked = await session.key.read();
    if (unlocked || (await session.readLockedAt()) !== undefined) return unlocked;

    const slot = slots.find(({ type }) => type === 'device');
    const secret = slot && (await deviceKey.read());
    if (!secret) return undefined;
    const vaultKey = await openKeySlot(vaultId, slot, secret);
    if (vaultKey) await session.key.write(vaultKey);
    return vaultKey;
  }

  /**
   * What is stored. The first look of a worker makes the vault where there never was one, and mends
   * copies that differ; the lock is not reentrant, so holders of it read the store themselves.
   */
  private async look(): Promise<Head> {
    const { store } = this.world;
    const head = await store.read();
    if (head.state === 'empty') await this.exclusive(() => this.createIfEmpty());
    else if (!this.checked && head.state === 'found' && !head.healthy) await this.mend();
    else {
      this.checked = true;
      return head;
    }
    this.checked = true;
    return store.read();
  }

  private async find(): Promise<Found> {
    return requireFound(await this.look());
  }

  private async findWritable(): Promise<Found> {
    const head = requireFound(await this.world.store.read());
    if (head.unsure) throw new ExtensionError('vault-read-only');
    return head;
  }

  private async createIfEmpty(): Promise<void> {
    if ((await this.world.store.read()).state === 'empty') await this.create();
  }

  /**
   * A vault key and a device slot, so that nothing is ever written in the clear and nobody has to
   * think of a passphrase before the first account.
   */
  private async create(): Promise<void> {
    const vaultId = toBase64Url(randomBytes(16));
    const vaultKey = randomBytes(32);
    const deviceKey = randomBytes(32);
    await this.world.deviceKey.write(deviceKey);
    const slots = [await sealKeySlot(vaultId, vaultKey, 'device', deviceKey)];
    const fields = { vaultId, revision: 1, previous: '', writtenAt: this.world.clock(), slots };
    await this.world.session.key.remove();
    await this.store(fields, emptyContents(), vaultKey);
  }

  private async write(
    { record, header }: Found,
    contents: VaultContents,
    vaultKey: Bytes,
    slots: Slot[],
    kind: SnapshotKind,
  ): Promise<void> {
    const { store, clock } = this.world;
    const now = clock();
    // Before something that may go wrong the snapshot has to be there; otherwise it can wait.
    if (kind !== 'recent') await store.snapshot(kind, record, now);
    const fields = {
      vaultId: header.vaultId,
      revision: header.revision + 1,
      previous: await sha256(record),
      writtenAt: now,
      slots,
    };
    await this.store(fields, contents, vaultKey);
    if (kind === 'recent') await store.snapshot(kind, record, now).catch(() => undefined);
  }

  /** Seals, opens its own work again, and only then stores it. */
  private async store(
    fields: HeaderFields,
    contents: VaultContents,
    vaultKey: Bytes,
  ): Promise<void> {
    const plaintext = formatContents(contents);
    const record = await sealRecord(fields, plaintext, vaultKey);
    const { header, plaintext: readBack } = await openRecord(record, vaultKey);
    if (!equalBytes(plaintext, readBack)) throw new Error('a sealed record does not open');
    await this.world.store.write(record, header);
    this.opened = { state: 'found', record, header, contents, unsure: false };
  }

  private exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.world.locks.request('vault', work);
  }
}

function requireFound(head: Head): Found {
  if (head.state === 'found') return head;
  throw new ExtensionError(absences[head.state]);
}

function viewOfSlot(slot: Slot): VaultStatus['slots'][number] {
  const { id, type } = slot;
  return type === 'passkey'
    ? { id, type, credentialId: slot.credentialId, salt: slot.salt }
    : { id, type };
}

function idsOf({ accounts, trash }: VaultContents): Set<string> {
  return new Set([...accounts, ...trash.map(({ account }) => account)].map(({ id }) => id));
}

/** No command removes an account for good: the trash does, after its time. */
function requireAll(before: ReadonlySet<string>, after: VaultContents): void {
  const left = idsOf(after);
  for (const id of before) if (!left.has(id)) throw new Error('a change lost an account');
}
