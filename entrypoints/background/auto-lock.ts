import * as v from 'valibot';

import { browser } from '@/utils/browser';
import type { MessageType } from '@/utils/messaging/protocol';
import { readSession, writeSession } from '@/utils/storage/session';
import { readSettings } from '@/utils/storage/settings';
import type { Vault } from '@/utils/vault/vault';

const ALARM = 'auto-lock';
/** Use is written down this often at most. */
const GRAIN_MS = 10_000;

const useSchema = v.object({
  /** When the person last did something here, by the wall clock. */
  wall: v.number(),
  /** The same by a clock that nobody sets: since this worker started. */
  monotonic: v.number(),
  worker: v.number(),
});
type Use = v.InferOutput<typeof useSchema>;

/** What an open page or a site asks by itself, with nobody there. */
const passive: ReadonlySet<MessageType> = new Set([
  'vault.status',
  'vault.health',
  'settings.get',
  'account.list',
  'account.trash',
  'otp.generate',
  'enroll.resume',
  'page.get',
  'fill.report',
  'fill.request',
  'fill.done',
]);

/** Milliseconds since the epoch, and since the worker started. */
export interface Clocks {
  wall: () => number;
  monotonic: () => number;
  /** Tells one worker's monotonic clock from another's. */
  worker: number;
}

/**
 * Whether the time without use is over. By either clock, as the wall clock can be set back while
 * the vault is open and a worker's own clock stops with the worker. A wall clock behind the last
 * use has been set back, and nobody knows by how much.
 */
export function isOverdue(last: Use, now: Clocks, limitMs: number): boolean {
  const wall = now.wall() - last.wall;
  if (wall < -GRAIN_MS || wall >= limitMs) return true;
  return last.worker === now.worker && now.monotonic() - last.monotonic >= limitMs;
}

/** Locks the vault when it has not been used for as long as the person said, or the system is locked. */
export class AutoLock {
  constructor(
    private readonly vault: Vault,
    private readonly clocks: Clocks,
    private readonly changed: () => Promise<void>,
  ) {}

  /** Called before every message is answered: too late is locked, and what a person does is use. */
  async onMessage(type: MessageType): Promise<void> {
    await this.check();
    if (!passive.has(type)) await this.touch();
  }

  private async touch(): Promise<void> {
    const last = await readSession('auto-lock/use', useSchema);
    const now = this.now();
    const fresh = last?.worker === now.worker && now.wall - last.wall < GRAIN_MS;
    if (!fresh) await writeSession('auto-lock/use', now);
    await this.schedule();
  }

  /** Called at every wake of the worker, before anything is answered, and by the alarm. */
  async check(): Promise<void> {
    const { lockAfterMinutes } = await readSettings();
    if (lockAfterMinutes === 0) return;
    const last = await readSession('auto-lock/use', useSchema);
    if (!last) return this.touch();
    if (isOverdue(last, this.clocks, lockAfterMinutes * 60_000)) await this.lock();
    else await this.schedule();
  }

  async onIdleState(state: string): Promise<void> {
    const { lockOnSystemLock } = await readSettings();
    if (state === 'locked' && lockOnSystemLock) await this.lock();
  }

  async onAlarm(name: string): Promise<void> {
    if (name === ALARM) await this.check();
  }

  private async lock(): Promise<void> {
    const { state, slots } = await this.vault.status();
    // What only this device opens has nothing to be locked with.
    if (state !== 'unlocked' || slots.every(({ type }) => type === 'device')) return;
    await this.vault.lock();
    await this.changed();
  }

  private async schedule(): Promise<void> {
    const { lockAfterMinutes } = await readSettings();
    if (lockAfterMinutes === 0) await browser.alarms.clear(ALARM);
    else await browser.alarms.create(ALARM, { delayInMinutes: lockAfterMinutes + 0.05 });
  }

  private now(): Use {
    const { wall, monotonic, worker } = this.clocks;
    return { wall: wall(), monotonic: monotonic(), worker };
  }
}
