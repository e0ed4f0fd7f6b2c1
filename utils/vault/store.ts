import { concatBytes, equalBytes, type Bytes } from '../bytes';
import { errorCodeOf, ExtensionError } from '../errors';
import { readHeader, type RecordHeader } from './record';
import { findExpired, type SnapshotInfo, type SnapshotKind } from './retention';

/** One place on disk. Reading `undefined` says that nothing is there; a store that fails throws. */
export interface RecordArea {
  read(): Promise<Bytes | undefined>;
  write(bytes: Bytes): Promise<void>;
}

/** Where one key lies: the device slot's on disk, the unlocked vault key in memory. */
export interface KeyStore {
  read(): Promise<Bytes | undefined>;
  write(key: Bytes): Promise<void>;
  remove(): Promise<void>;
}

export interface SnapshotArea {
  list(): Promise<SnapshotInfo[]>;
  read(id: string): Promise<Bytes | undefined>;
  add(info: SnapshotInfo, bytes: Bytes): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Says that there was a vault, and how far it had come, and no more: the last thing to be left. */
export interface Mark {
  vaultId: string;
  /** 0 where a place does not keep it. */
  revision: number;
}

export interface SentinelArea {
  read(): Promise<Mark | undefined>;
  write(mark: Mark): Promise<void>;
}

/**
 * The places of the vault. The two stores of a browser fail independently, and the two places of
 * the first are written in turn, so that one write never touches the only good copy.
 */
export interface Areas {
  localA: RecordArea;
  localB: RecordArea;
  database: RecordArea;
  snapshots: SnapshotArea;
  sentinels: readonly SentinelArea[];
}

export type Place = 'local-a' | 'local-b' | 'database';

export interface Copy {
  place: Place;
  state: 'good' | 'missing' | 'damaged' | 'unreachable' | 'newer';
  record?: Bytes;
  header?: RecordHeader;
}

/**
 * What there is. `empty`: there never was anything. `lost`: there was, and no copy of it is
 * readable. `reverted`: every copy is older than what was stored last. `unsure`: the stores do not
 * answer. Only `empty` may be followed by a first launch.
 */
export type Head =
  | {
      state: 'found';
      record: Bytes;
      header: RecordHeader;
      /** A store does not answer: what it holds may be newer, so nothing may be written. */
      unsure: boolean;
      /** Every store has this very record. */
      healthy: boolean;
      copies: Copy[];
    }
  | { state: 'reverted'; record: Bytes; header: RecordHeader; missing: number; copies: Copy[] }
  | { state: 'empty' | 'lost' | 'unsure' | 'newer'; copies: Copy[] };

const DIGEST_BYTES = 32;

/** Durable reading and writing of the sealed record. Callers hold the vault's lock while writing. */
export class DurableStore {
  constructor(private readonly areas: Areas) {}

  async read(): Promise<Head> {
    const copies = await Promise.all(this.places().map(([place, area]) => readCopy(place, area)));
    if (copies.some(({ state }) => state === 'newer')) return { state: 'newer', copies };
    const unsure = copies.some(({ state }) => state === 'unreachable');
    const best = newest(copies) ?? (await this.newestSnapshot());
    if (!best) return { state: unsure ? 'unsure' : await this.absence(copies), copies };

    const missing = (await this.furthest(best.header.vaultId)) - best.header.revision;
    if (missing > 0 && !unsure) return { state: 'reverted', ...best, missing, copies };

    const has = (copy: Copy): boolean =>
      copy.record !== undefined && equalBytes(copy.record, best.record);
    const [localA, localB, database] = copies;
    const healthy =
      [localA, localB].some((copy) => copy && has(copy)) && !!database && has(database);
    return { state: 'found', ...best, unsure, healthy, copies };
  }

  /**
   * Stores a record. The database is the commit point: before it is written there nothing has
   * changed, and after it the record is found even if the rest fails. Returns how many stores hold it.
   */
  async write(record: Bytes, { vaultId, revision }: RecordHeader): Promise<1 | 2> {
    const bytes = await seal(record);
    try {
      await this.areas.database.write(bytes);
    } catch (error) {
      throw new ExtensionError('storage-failed', { cause: error });
    }
    // The older of the two: revisions alternate, so the record before this one stays where it is.
    const area = revision % 2 === 0 ? this.areas.localA : this.areas.localB;
    const second = await writeAndReadBack(area, bytes);
    await this.mark({ vaultId, revision });
    return second ? 2 : 1;
  }

  /** Writes what was found to every store that has something else. Changes no place that has it. */
  async heal({ record, header, copies }: Extract<Head, { state: 'found' }>): Promise<void> {
    const bytes = await seal(record);
    const lacks = (place: Place): boolean =>
      copies.some(
        (copy) => copy.place === place && !(copy.record && equalBytes(copy.record, record)),
      );
    if (lacks('database')) await this.areas.database.write(bytes);
    const [even, odd] = ['local-a', 'local-b'] as const;
    if (lacks(even) && lacks(odd)) {
      const area = header.revision % 2 === 0 ? this.areas.localA : this.areas.localB;
      await writeAndReadBack(area, bytes);
    }
    await this.mark(header);
  }

  /** Goes on with the newest copy there is, although a later one was stored. */
  async acceptReverted({
    record,
    header,
    copies,
  }: Extract<Head, { state: 'reverted' }>): Promise<void> {
    await this.heal({ state: 'found', record, header, copies, unsure: false, healthy: false });
  }

  /** Puts a record away before it is replaced, and lets go of snapshots that are no longer needed. */
  async snapshot(kind: SnapshotKind, record: Bytes, at: number): Promise<void> {
    const revision = revisionOf(record);
    const info = { id: `${at}-${revision}-${kind}`, kind, revision, at, bytes: record.length };
    await this.areas.snapshots.add(info, await seal(record));
    const expired = findExpired(await this.areas.snapshots.list());
    if (expired.length > 0) await this.areas.snapshots.remove(expired);
  }

  listSnapshots(): Promise<SnapshotInfo[]> {
    return this.areas.snapshots.list();
  }

  async readSnapshot(id: string): Promise<Bytes | undefined> {
    const bytes = await this.areas.snapshots.read(id);
    return bytes && (await open(bytes));
  }

  /** Whatever bytes are left of copies that cannot be read, for somebody who can. */
  async putAwayRemains(at: number): Promise<void> {
    for (const [, area] of this.places()) {
      const bytes = await area.read().catch(() => undefined);
      if (bytes && bytes.length > 0) await this.snapshot('left-over', bytes, at);
    }
  }

  private places(): [Place, RecordArea][] {
    const { localA, localB, database } = this.areas;
    return [
      ['local-a', localA],
      ['local-b', localB],
      ['database', database],
    ];
  }

  private async mark({ vaultId, revision }: Mark): Promise<void> {
    const mark = { vaultId, revision };
    // A sentinel that cannot be written is no reason to call a stored vault unsaved.
    await Promise.allSettled(this.areas.sentinels.map((sentinel) => sentinel.write(mark)));
  }

  /** The latest revision of this vault that any place remembers. */
  private async furthest(vaultId: string): Promise<number> {
    const marks = await Promise.allSettled(this.areas.sentinels.map((sentinel) => sentinel.read()));
    const revisions = marks.map((mark) =>
      mark.status === 'fulfilled' && mark.value?.vaultId === vaultId ? mark.value.revision : 0,
    );
    return Math.max(0, ...revisions);
  }

  private async absence(copies: readonly Copy[]): Promise<'empty' | 'lost'> {
    if (copies.some(({ state }) => state === 'damaged')) return 'lost';
    const marks = await Promise.allSettled(this.areas.sentinels.map((sentinel) => sentinel.read()));
    // A place that does not answer says nothing either way: some browsers have no such store at all.
    const marked = marks.some((mark) => mark.status === 'fulfilled' && mark.value !== undefined);
    return marked ? 'lost' : 'empty';
  }

  private async newestSnapshot(): Promise<{ record: Bytes; header: RecordHeader } | undefined> {
    const infos = await this.areas.snapshots.list().catch(() => []);
    const usable = infos.filter(({ kind }) => kind !== 'left-over' && kind !== 'fork');
    for (const { id } of usable.toSorted((a, b) => b.revision - a.revision)) {
      const record = await this.readSnapshot(id).catch(() => undefined);
      const header = record && headerOf(record);
      if (record && header) return { record, header };
    }
    return undefined;
  }
}

async function readCopy(place: Place, area: RecordArea): Promise<Copy> {
  let bytes: Bytes | undefined;
  try {
    bytes = await area.read();
  } catch (error) {
    const damaged = errorCodeOf(error) === 'vault-unreadable';
    return { place, state: damaged ? 'damaged' : 'unreachable' };
  }
  if (!bytes) return { place, state: 'missing' };
  const record = await open(bytes);
  if (!record) return { place, state: 'damaged' };
  try {
    return { place, state: 'good', record, header: readHeader(record) };
  } catch (error) {
    return { place, state: errorCodeOf(error) === 'vault-newer' ? 'newer' : 'damaged', record };
  }
}

function newest(copies: readonly Copy[]): { record: Bytes; header: RecordHeader } | undefined {
  let best: { record: Bytes; header: RecordHeader } | undefined;
  for (const { record, header } of copies) {
    if (!record || !header) continue;
    const later =
      header.revision - (best?.header.revision ?? 0) ||
      header.writtenAt - (best?.header.writtenAt ?? 0);
    if (!best || later > 0) best = { record, header };
  }
  return best;
}

/** The disk may answer "done" and keep something else. */
async function writeAndReadBack(area: RecordArea, bytes: Bytes): Promise<boolean> {
  try {
    await area.write(bytes);
    const stored = await area.read();
    return stored !== undefined && equalBytes(stored, bytes);
  } catch {
    return false;
  }
}

/** A record and its SHA-256: damage shows without the vault's key, while the vault is locked. */
async function seal(record: Bytes): Promise<Bytes> {
  return concatBytes(record, await digest(record));
}

async function open(bytes: Bytes): Promise<Bytes | undefined> {
  if (bytes.length <= DIGEST_BYTES) return undefined;
  const record = bytes.slice(0, -DIGEST_BYTES);
  return equalBytes(await digest(record), bytes.subarray(-DIGEST_BYTES)) ? record : undefined;
}

async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function headerOf(record: Bytes): RecordHeader | undefined {
  try {
    return readHeader(record);
  } catch {
    return undefined;
  }
}

function revisionOf(record: Bytes): number {
  return headerOf(record)?.revision ?? 0;
}
