import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { AutoLock, isOverdue, type Clocks } from '@/entrypoints/background/auto-lock';
import { parseSettings } from '@/utils/settings/settings';
import { writeSettings } from '@/utils/storage/settings';
import { setPassphrase } from '@/utils/vault/ways-in';

import { aVault } from '../../builders';

const MINUTE = 60_000;

describe('isOverdue', () => {
  const last = { wall: 1_000_000, monotonic: 5000, worker: 1 };
  const at = (wall: number, monotonic: number, worker = 1): Clocks => ({
    wall: () => wall,
    monotonic: () => monotonic,
    worker,
  });

  it.each([
    { name: 'nothing has happened', now: at(1_000_000, 5000), overdue: false },
    {
      name: 'the time is almost over',
      now: at(1_000_000 + 15 * MINUTE - 1, 5000 + 15 * MINUTE - 1),
      overdue: false,
    },
    {
      name: 'the time is over',
      now: at(1_000_000 + 15 * MINUTE, 5000 + 15 * MINUTE),
      overdue: true,
    },
    {
      name: 'case 82: the worker slept all the while',
      now: at(1_000_000 + 15 * MINUTE, 10, 2),
      overdue: true,
    },
    {
      name: 'case 82: the clock was held back, and the worker’s own went on',
      now: at(1_000_001, 5000 + 15 * MINUTE),
      overdue: true,
    },
    {
      name: 'case 109: the clock was set back while the worker slept',
      now: at(1000, 10, 2),
      overdue: true,
    },
    {
      name: 'the clock was mended by a few seconds',
      now: at(1_000_000 - 5000, 6000),
      overdue: false,
    },
  ])('$name: $overdue', ({ now, overdue }) => {
    expect(isOverdue(last, now, 15 * MINUTE)).toBe(overdue);
  });
});

describe('AutoLock', () => {
  let wall = 1_700_000_000_000;
  const clocks: Clocks = { wall: () => wall, monotonic: () => wall, worker: 1 };

  beforeEach(() => fakeBrowser.reset());

  async function anOpenVault() {
    const vault = aVault();
    await setPassphrase(vault, {
      passphrase: 'correct horse battery',
      current: undefined,
      keepDevice: false,
    });
    const changed = vi.fn<() => Promise<void>>(async () => undefined);
    const autoLock = new AutoLock(vault, clocks, changed);
    await autoLock.onMessage('account.rename');
    const state = async () => (await vault.status()).state;
    return { vault, autoLock, changed, state };
  }

  it('locks after the time without use, and tells the open pages', async () => {
    const { autoLock, changed, state } = await anOpenVault();
    wall += 15 * MINUTE;
    await autoLock.check();
    expect(await state()).toBe('locked');
    expect(changed).toHaveBeenCalled();
  });

  it('does not lock while somebody is there', async () => {
    const { autoLock, state } = await anOpenVault();
    for (let minute = 0; minute < 60; minute++) {
      wall += MINUTE;
      await autoLock.onMessage('account.rename');
    }
    expect(await state()).toBe('unlocked');
  });

  it('takes an open page that asks for codes by itself for nobody', async () => {
    const { autoLock, state } = await anOpenVault();
    for (let minute = 0; minute < 16; minute++) {
      wall += MINUTE;
      await autoLock.onMessage('otp.generate');
    }
    expect(await state()).toBe('locked');
  });

  it('locks with the system, where the person wants it', async () => {
    const { autoLock, state } = await anOpenVault();
    await autoLock.onIdleState('idle');
    expect(await state()).toBe('unlocked');
    await autoLock.onIdleState('locked');
    expect(await state()).toBe('locked');
  });

  it('never locks by time when it was told not to', async () => {
    const { autoLock, state } = await anOpenVault();
    const never = parseSettings({ lockAfterMinutes: 0, lockOnSystemLock: false });
    await writeSettings(never);
    wall += 1000 * MINUTE;
    await autoLock.check();
    await autoLock.onIdleState('locked');
    expect(await state()).toBe('unlocked');
  });
});
