import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { concatBytes, randomBytes, toBase64Url, uint32, utf8 } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import { openRecord, readHeader, sealRecord, type HeaderFields } from '@/utils/vault/record';

const vaultKey = randomBytes(32);

const fields: HeaderFields = {
  vaultId: toBase64Url(randomBytes(16)),
  revision: 7,
  previous: '',
  writtenAt: 1_700_000_000_000,
  slots: [
    {
      id: toBase64Url(randomBytes(9)),
      type: 'device',
      nonce: toBase64Url(randomBytes(12)),
      wrappedKey: toBase64Url(randomBytes(48)),
    },
  ],
};

const refusal = new ExtensionError('vault-unreadable');

describe('sealRecord and openRecord', () => {
  it('give back what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 10_000 }), async (plaintext) => {
        const { plaintext: opened } = await openRecord(
          await sealRecord(fields, plaintext, vaultKey),
          vaultKey,
        );
        expect(Buffer.from(opened).equals(plaintext)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('give back the header that was sealed', async () => {
    const { header } = await openRecord(
      await sealRecord(fields, utf8.encode('x'), vaultKey),
      vaultKey,
    );
    expect(header).toMatchObject({ ...fields, format: 1, minReader: 1 });
  });

  it('case 76: refuse a record of which one bit is another, wherever it is', async () => {
    const record = await sealRecord(fields, utf8.encode('{"accounts":[]}'), vaultKey);
    const opened: number[] = [];
    for (const at of record.keys()) {
      const damaged = record.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await openRecord(damaged, vaultKey).then(
        () => opened.push(at),
        () => undefined,
      );
    }
    expect(opened).toEqual([]);
  }, 30_000);

  it('refuse a record cut short at any length', async () => {
    const record = await sealRecord(fields, utf8.encode('{}'), vaultKey);
    for (let length = 0; length < record.length; length += 53) {
      await expect(openRecord(record.subarray(0, length), vaultKey)).rejects.toThrow(refusal);
    }
  });

  it('refuse another key', async () => {
    const record = await sealRecord(fields, utf8.encode('{}'), vaultKey);
    await expect(openRecord(record, randomBytes(32))).rejects.toThrow(refusal);
  });

  it('case 79: never use a key twice', async () => {
    const records = await Promise.all(
      Array.from({ length: 1000 }, () => sealRecord(fields, utf8.encode('{}'), vaultKey)),
    );
    expect(new Set(records.map((record) => readHeader(record).salt)).size).toBe(1000);
  });

  it('do not tell by their size how much is in them', async () => {
    const sizes = await Promise.all(
      [0, 1, 1000, 4000].map(async (size) => {
        return (await sealRecord(fields, new Uint8Array(size), vaultKey)).length;
      }),
    );
    expect(new Set(sizes).size).toBe(1);
  });
});

describe('readHeader', () => {
  const recordWith = (header: unknown): Uint8Array => {
    const text = utf8.encode(JSON.stringify(header));
    return concatBytes(utf8.encode('STEPFILL'), uint32(text.length), text);
  };

  it('says that a later format is newer, not that it is damaged', () => {
    const newer = recordWith({ format: 2, anything: 'else' });
    expect(() => readHeader(newer)).toThrow(new ExtensionError('vault-newer'));
  });

  const kdf = {
    algorithm: 'argon2id',
    memoryKib: 65536,
    iterations: 3,
    parallelism: 1,
    salt: 'AAAA',
  };
  const withKdf = (changed: object): unknown => ({
    ...fields,
    format: 1,
    minReader: 1,
    salt: 'AAAA',
    slots: [
      {
        id: 'a',
        type: 'passphrase',
        nonce: 'AAAA',
        wrappedKey: 'AAAA',
        kdf: { ...kdf, ...changed },
      },
    ],
  });

  it('takes a header with the default cost', () => {
    expect(readHeader(recordWith(withKdf({}))).slots).toHaveLength(1);
  });

  it.each([
    ['case 72: 4 TiB of memory', { memoryKib: 4 * 1024 ** 3 }],
    ['case 72: 2^31 passes', { iterations: 2 ** 31 }],
    ['case 72: 2^24 lanes', { parallelism: 2 ** 24 }],
    ['case 72: dear in both', { memoryKib: 1024 ** 2, iterations: 64 }],
    ['case 73: one pass', { iterations: 1 }],
    ['case 73: hardly any memory', { memoryKib: 64 }],
    ['another algorithm', { algorithm: 'md5' }],
    ['text for a number', { iterations: '3' }],
  ])('refuses %s before anything is derived', (_name, changed) => {
    expect(() => readHeader(recordWith(withKdf(changed)))).toThrow(refusal);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(4096)],
    ['a length beyond the end', concatBytes(utf8.encode('STEPFILL'), uint32(0xffffffff))],
    ['no JSON', concatBytes(utf8.encode('STEPFILL'), uint32(3), utf8.encode('{{{'))],
    ['no UTF-8', concatBytes(utf8.encode('STEPFILL'), uint32(2), new Uint8Array([0xff, 0xfe]))],
    ['JSON of another shape', recordWith([1, 2, 3])],
    ['no slots', recordWith({ ...fields, format: 1, minReader: 1, salt: '', slots: [] })],
  ])('refuses %s', (_name, bytes) => {
    expect(() => readHeader(bytes)).toThrow(refusal);
  });
});
