import { describe, expect, it, vi } from 'vitest';

import { ExtensionError } from '@/utils/errors';
import { parseContents } from '@/utils/vault/contents';
import { migrate } from '@/utils/vault/migrations/migrate';
import { openRecord } from '@/utils/vault/record';

import golden from '../../vectors/vault-v1.json';

describe('migrate', () => {
  const steps = {
    1: (old: unknown) => ({ ...(old as object), version: 2, two: true }),
    2: (old: unknown) => ({ ...(old as object), version: 3, three: true }),
  };

  it('goes from any past version to the present one, a step at a time', () => {
    expect(migrate({ version: 1, kept: 'x' }, steps, 3)).toEqual({
      version: 3,
      kept: 'x',
      two: true,
      three: true,
    });
  });

  it('case 103: changes nothing the second time, and nothing in what it was given', () => {
    const old = { version: 1, kept: 'x' };
    const migrated = migrate(old, steps, 3);
    expect(migrate(migrated, steps, 3)).toBe(migrated);
    expect(old).toEqual({ version: 1, kept: 'x' });
  });

  it('case 105: refuses what a later version wrote', () => {
    const step = vi.fn<() => unknown>();
    expect(() => migrate({ version: 4 }, { 3: step }, 3)).toThrow(
      new ExtensionError('vault-newer'),
    );
    expect(step).not.toHaveBeenCalled();
  });

  it.each([[null], [[]], ['text'], [{ version: 'x' }], [{ version: 1.5 }]])(
    'refuses %j',
    (contents) => {
      expect(() => migrate(contents, steps, 3)).toThrow(new ExtensionError('vault-unreadable'));
    },
  );
});

describe('case 103: a record of format 1, as it was written then', () => {
  it('opens to the accounts that were put into it', async () => {
    const record = new Uint8Array(Buffer.from(golden.record, 'base64'));
    const key = new Uint8Array(Buffer.from(golden.vaultKey, 'base64'));
    const { header, plaintext } = await openRecord(record, key);
    expect(header).toMatchObject({ format: 1, minReader: 1, revision: 3, vaultId: golden.vaultId });
    expect(parseContents(plaintext).accounts).toEqual(golden.accounts);
  });
});
