import type { Bytes } from '@/utils/bytes';
import type { SnapshotInfo } from '@/utils/vault/retention';
import type { Areas, Mark, Place, RecordArea, SentinelArea } from '@/utils/vault/store';

/** What goes wrong, at which of the disk's writing operations (counted from 0). */
export interface Fault {
  at: number;
  /**
   * `before`/`after`: the process dies around the operation. `torn`: it dies in it, and half of the
   * bytes are there. `lost`, `reordered`, `reverted`: it dies after it, and what `storage.local` had
   * answered for is not there: the last write, the one before the last, or all since the one before.
   */
  kind: 'before' | 'after' | 'torn' | 'lost' | 'reordered' | 'reverted';
}

class Crash extends Error {}

/** A disk in memory that keeps what was written, and fails where it is told to. */
export class Disk {
  readonly values = new Map<Place, Bytes>();
  readonly marks = new Map<string, Mark>();
  readonly snapshots = new Map<string, { info: SnapshotInfo; bytes: Bytes }>();
  /** Places that answer no more. */
  readonly unreachable = new Set<Place>();
  fault: Fault | undefined;
  /** Nothing more fits on it. */
  full = false;
  operations = 0;
  private dead = false;
  /** What `storage.local` has answered for without having it on the medium, oldest first. */
  private pending: { key: Place; old: Bytes | undefined }[] = [];

  readonly areas: Areas = {
    localA: this.area('local-a'),
    localB: this.area('local-b'),
    database: this.area('database'),
    sentinels: [this.sentinel('local'), this.sentinel('database')],
    snapshots: {
      list: async () => this.reading(() => [...this.snapshots.values()].map(({ info }) => info)),
      read: async (id) => this.reading(() => this.snapshots.get(id)?.bytes),
      add: async (info, bytes) =>
        this.writing(() => this.snapshots.set(info.id, { info, bytes }), undefined),
      remove: async (ids) =>
        this.writing(() => ids.forEach((id) => this.snapshots.delete(id)), undefined),
    },
  };

  get crashed(): boolean {
    return this.dead;
  }

  /** Another disk with the same on it, and nothing wrong with it. */
  copy(): Disk {
    const disk = new Disk();
    for (const [key, value] of this.values) disk.values.set(key, value);
    for (const [key, value] of this.marks) disk.marks.set(key, value);
    for (const [key, value] of this.snapshots) disk.snapshots.set(key, value);
    return disk;
  }

  /** The machine is switched on again. */
  reboot(): void {
    this.dead = false;
    this.fault = undefined;
    this.pending = [];
  }

  private area(place: Place): RecordArea {
    return {
      read: async () =>
        this.reading(() => {
          if (this.unreachable.has(place)) throw new Error('the store does not answer');
          return this.values.get(place);
        }),
      write: async (bytes) => {
        if (place !== 'database') this.pending.push({ key: place, old: this.values.get(place) });
        this.writing(
          () => this.values.set(place, bytes),
          () => this.values.set(place, bytes.slice(0, bytes.length / 2)),
        );
      },
    };
  }

  private sentinel(key: string): SentinelArea {
    return {
      read: async () => this.reading(() => this.marks.get(key)),
      write: async (mark) => this.writing(() => this.marks.set(key, mark), undefined),
    };
  }

  private reading<Value>(read: () => Value): Value {
    if (this.dead) throw new Crash();
    return read();
  }

  private writing(apply: () => unknown, tear: (() => unknown) | undefined): void {
    if (this.dead) throw new Crash();
    if (this.full) throw new Error('QuotaExceededError');
    const index = this.operations++;
    if (index !== this.fault?.at) {
      apply();
      return;
    }
    this.dead = true;
    const { kind } = this.fault;
    if (kind === 'torn') tear?.();
    else if (kind !== 'before') apply();
    if (kind === 'lost') this.revert(this.pending.slice(-1));
    if (kind === 'reordered') this.revert(this.pending.slice(-2, -1));
    if (kind === 'reverted') this.revert(this.pending.slice(-2));
    throw new Crash();
  }

  private revert(writes: { key: Place; old: Bytes | undefined }[]): void {
    for (const { key, old } of writes.toReversed()) {
      if (old === undefined) this.values.delete(key);
      else this.values.set(key, old);
    }
  }
}
