// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref, type EffectScope } from 'vue';

import { searchAccounts } from '@/composables/use-accounts';
import { useCodes } from '@/composables/use-codes';
import { useNow } from '@/composables/use-now';
import { useOtpCopy } from '@/composables/use-otp-copy';

import { aCode, anAccount, Refusal, runBackground } from './setup';

let scope: EffectScope;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

function inScope<Value>(use: () => Value): Value {
  const value = scope.run(use);
  if (value === undefined) throw new Error('the scope is over');
  return value;
}

describe('useNow', () => {
  it('changes when the seconds of the clock do', async () => {
    vi.setSystemTime(400);
    const now = inScope(() => useNow());
    await vi.advanceTimersByTimeAsync(599);
    expect(now.value).toBe(400);
    await vi.advanceTimersByTimeAsync(1);
    expect(now.value).toBe(1000);
  });

  it('stops with its scope', () => {
    inScope(() => useNow());
    scope.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('useCodes', () => {
  function serve() {
    return runBackground({
      'otp.generate': ({ accountIds }) =>
        accountIds.map((accountId) => {
          const validUntil = (Math.floor(Date.now() / 30_000) + 1) * 30_000;
          return aCode({ accountId, code: String(validUntil), validUntil });
        }),
    });
  }

  it('asks once a period, at its end', async () => {
    const background = serve();
    const { codes } = inScope(() => useCodes(() => ['a1']));
    await vi.advanceTimersByTimeAsync(29_990);
    expect(background.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(background.sent).toHaveLength(2);
    expect(codes.value.get('a1')?.code).toBe('60000');
  });

  it('asks only for what came into sight and has no code yet', async () => {
    const background = serve();
    const ids = ref(['a1', 'a2']);
    inScope(() => useCodes(() => ids.value));
    await vi.advanceTimersByTimeAsync(10);
    ids.value = ['a2', 'a3'];
    await vi.advanceTimersByTimeAsync(10);
    expect(background.sent.map(({ data }) => data)).toEqual([
      { accountIds: ['a1', 'a2'] },
      { accountIds: ['a3'] },
    ]);
  });

  it('shows no code any more once the vault is locked', async () => {
    const background = serve();
    const { codes } = inScope(() => useCodes(() => ['a1']));
    await vi.advanceTimersByTimeAsync(10);
    background.answers['otp.generate'] = () => new Refusal('vault-locked');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(codes.value.size).toBe(0);
  });
});

describe('useOtpCopy', () => {
  it.each([
    { now: 26_999, which: undefined, copied: '418902' },
    { now: 27_001, which: undefined, copied: '551207' },
    { now: 1000, which: 'next', copied: '551207' },
  ] as const)('puts $copied on the clipboard at $now ms', async ({ now, which, copied }) => {
    const write = vi.fn<(text: string) => Promise<void>>(async () => undefined);
    const { copy } = inScope(() => useOtpCopy(write, () => now));
    await copy(aCode(), which);
    expect(write).toHaveBeenCalledWith(copied);
  });

  it('says for two seconds what was copied', async () => {
    const { copy, copied } = inScope(() => useOtpCopy(async () => undefined));
    await copy(aCode());
    expect(copied.value).toEqual({ accountId: 'a1', which: 'current' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(copied.value).toBeUndefined();
  });

  it('fails with a sentence for the person when the browser refuses', async () => {
    const { copy } = inScope(() => useOtpCopy(() => Promise.reject(new Error('denied'))));
    await expect(copy(aCode())).rejects.toMatchObject({ code: 'clipboard-refused' });
  });
});

describe('searchAccounts', () => {
  const accounts = [
    anAccount({ id: 'a1' }),
    anAccount({ id: 'a2', issuer: 'Datica', accountName: 'ops@clinic.example', sites: [] }),
  ];

  it.each([
    { query: 'found', ids: ['a1'] },
    { query: 'OPS', ids: ['a2'] },
    { query: 'console.example', ids: ['a1'] },
    { query: 'datica clinic', ids: ['a2'] },
    { query: '  ', ids: ['a1', 'a2'] },
    { query: 'nobody', ids: [] },
  ])('finds $ids for "$query"', ({ query, ids }) => {
    expect(searchAccounts(accounts, query).map(({ id }) => id)).toEqual(ids);
  });
});
