import { armor, Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { aStoredAccount } from '@/test/builders';
import { utf8 } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import { cleanName } from '@/utils/otp/account';
import { parseOtpauthUri } from '@/utils/otp/otpauth-uri';
import { openBackup, sealBackup, verifyBackup, type BackupAccount } from '@/utils/transfer/backup';

const PASSPHRASE = 'Grüße aus 東京 🗝 zweimal';
const CREATED_AT = 1_700_000_000_000;

// The full cost of a passphrase is a second or more, several times that on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const unreadable = new ExtensionError('backup-unreadable');
const passphraseWrong = new ExtensionError('backup-passphrase-wrong');
const unverified = new ExtensionError('backup-unverified');

/** An age file that costs next to nothing to open. */
async function aFile(content: string | Uint8Array, logN = 2): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(logN);
  encrypter.setPassphrase(PASSPHRASE);
  return encrypter.encrypt(content);
}

const aDocument = (fields: object = {}): object => ({
  format: 'stepfill-backup',
  version: 1,
  createdAt: CREATED_AT,
  accounts: [aStoredAccount()],
  ...fields,
});

const aDocumentWith = (changed: object): object =>
  aDocument({ accounts: [{ ...aStoredAccount(), ...changed }] });

const openText = async (text: string) => openBackup(await aFile(text), PASSPHRASE);
const openDocument = async (document: object) => openText(JSON.stringify(document));

async function decryptedText(file: Uint8Array): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(PASSPHRASE);
  return decrypter.decrypt(armor.decode(utf8.decode(file)), 'text');
}

const BASE32 = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const base32 = (length: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...BASE32), ...length });
const aTime = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const aName = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map(cleanName)
  .filter((name) => cleanName(name) === name);

const anyAccount: fc.Arbitrary<BackupAccount> = fc.record(
  {
    id: fc.uuid(),
    type: fc.constantFrom('totp', 'hotp', 'steam', 'yandex'),
    issuer: aName,
    accountName: aName,
    secret: base32({ minLength: 2, maxLength: 128 }),
    typedSecret: fc.string({ unit: 'binary', maxLength: 200 }),
    algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
    digits: fc.integer({ min: 4, max: 10 }),
    period: fc.integer({ min: 1, max: 3600 }),
    counter: fc.maxSafeNat(),
    sites: fc.array(
      fc.record({
        host: fc.oneof(fc.domain(), fc.constant('localhost:8080'), fc.constant('[::1]:8443')),
        scope: fc.constantFrom('host', 'domain'),
        source: fc.constantFrom('captured', 'used', 'imported', 'typed'),
      }),
      { maxLength: 4 },
    ),
    createdAt: aTime,
    lastUsedAt: aTime,
    confirmedAt: aTime,
  },
  {
    requiredKeys: [
      ...(['id', 'type', 'issuer', 'accountName', 'secret', 'typedSecret', 'algorithm'] as const),
      ...(['digits', 'period', 'sites', 'createdAt'] as const),
    ],
    noNullPrototype: true,
  },
);

const accounts = [
  aStoredAccount({ confirmedAt: 5, lastUsedAt: 6 }),
  aStoredAccount({ type: 'hotp', counter: 41, digits: 8, algorithm: 'SHA512', sites: [] }),
  aStoredAccount({ type: 'motp', secret: '0189abcdef', typedSecret: '0189ABCDEF' }),
];

describe('sealBackup and openBackup', () => {
  let sealed: Uint8Array;
  beforeAll(async () => {
    sealed = await sealBackup(accounts, PASSPHRASE, CREATED_AT);
  }, 120_000);

  it('give back what was sealed, whatever it is', async () => {
    const lists = fc.array(anyAccount, { minLength: 100, maxLength: 200, size: 'max' });
    await fc.assert(
      fc.asyncProperty(lists, aTime, async (list, createdAt) => {
        const file = await sealBackup(list, PASSPHRASE, createdAt);
        expect(await openBackup(file, PASSPHRASE)).toEqual({ createdAt, accounts: list });
        await verifyBackup(file, PASSPHRASE, list, CREATED_AT);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('give back an empty list', async () => {
    expect(await openDocument(aDocument({ accounts: [] }))).toEqual({
      createdAt: CREATED_AT,
      accounts: [],
    });
  });

  it('write an armored age file of the usual cost', () => {
    const lines = utf8.decode(sealed).split('\n');
    expect(lines[0]).toBe('-----BEGIN AGE ENCRYPTED FILE-----');
    const header = Buffer.from(armor.decode(utf8.decode(sealed))).toString('latin1');
    expect(header).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S{22} 18\n/);
  });

  it('write JSON that a person can read, with a URI for other apps', async () => {
    const text = await decryptedText(sealed);
    expect(text).toContain('\n  "format": "stepfill-backup",\n  "version": 1,\n');
    const written = JSON.parse(text) as { accounts: { uri?: string }[] };
    const [totp, hotp, motp] = written.accounts;
    expect(parseOtpauthUri(totp?.uri ?? '')).toMatchObject({ type: 'totp', period: 30 });
    expect(parseOtpauthUri(hotp?.uri ?? '')).toMatchObject({ type: 'hotp', counter: 41 });
    expect(motp).not.toHaveProperty('uri');
  });

  it('read a file whose line ends were changed on the way', async () => {
    const text = ` \n${utf8.decode(sealed).replaceAll('\n', '\r\n')}\r\n`;
    expect((await openBackup(utf8.encode(text), PASSPHRASE)).accounts).toEqual(accounts);
  });

  it('refuse another passphrase, and the same letters composed otherwise', async () => {
    const file = await aFile(JSON.stringify(aDocument()));
    const decomposed = PASSPHRASE.normalize('NFD');
    for (const other of ['', 'x', `${PASSPHRASE} `, PASSPHRASE.toUpperCase(), decomposed]) {
      await expect(openBackup(file, other), `“${other}”`).rejects.toThrow(passphraseWrong);
    }
  });

  it('seal nothing without a passphrase', async () => {
    const refusal = new ExtensionError('passphrase-missing');
    await expect(sealBackup(accounts, '', CREATED_AT)).rejects.toThrow(refusal);
  });

  it('keep a name that no URI can carry as it is', async () => {
    const odd = [aStoredAccount({ issuer: 'half \uD83D' })];
    const file = await sealBackup(odd, PASSPHRASE, CREATED_AT);
    await verifyBackup(file, PASSPHRASE, odd, CREATED_AT);
    expect((await openBackup(file, PASSPHRASE)).accounts[0]?.issuer).toBe('half');
  });
});

describe('openBackup', () => {
  it('refuses a file of which one byte is another, wherever it is', async () => {
    const file = await aFile(JSON.stringify(aDocument()));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 255 }), async (mask) => {
        for (const at of file.keys()) {
          const damaged = file.slice();
          damaged[at] = (damaged[at] ?? 0) ^ mask;
          await expect(openBackup(damaged, PASSPHRASE), `byte ${at}`).rejects.toThrow(/^backup-/);
        }
      }),
      { numRuns: 3 },
    );
  });

  it('refuses armor of which one byte is another', async () => {
    const text = armor.encode(await aFile(JSON.stringify(aDocument())));
    const file = utf8.encode(text.trimEnd());
    for (const at of file.keys()) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await expect(openBackup(damaged, PASSPHRASE), `byte ${at}`).rejects.toThrow(/^backup-/);
    }
  });

  it('tells a damaged payload from a wrong passphrase', async () => {
    const file = await aFile(JSON.stringify(aDocument()));
    file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
    await expect(openBackup(file, PASSPHRASE)).rejects.toThrow(unreadable);
  });

  it('refuses a file cut short at any length', async () => {
    const file = await aFile(JSON.stringify(aDocument()));
    for (let length = 0; length < file.length; length += 7) {
      await expect(openBackup(file.subarray(0, length), PASSPHRASE)).rejects.toThrow(unreadable);
    }
  });

  const stanza = `-> scrypt ${'A'.repeat(22)}`;
  const body = 'A'.repeat(43);

  it.each([
    ['case 72: a cost of 2^21', `${stanza} 21\n${body}\n--- ${body}\n`],
    ['case 72: a cost of 2^99', `${stanza} 99\n${body}\n--- ${body}\n`],
    ['case 72: a cost of many digits', `${stanza} ${'9'.repeat(90)}\n${body}\n--- ${body}\n`],
    ['case 72: a header without an end', `${'-> a\n\n'.repeat(1_000_000)}--- ${body}\n`],
    ['two stanzas', `${stanza} 2\n${body}\n${stanza} 2\n${body}\n--- ${body}\n`],
    ['a file for a key, not a passphrase', `-> X25519 ${body}\n${body}\n--- ${body}\n`],
  ])('refuses %s before it derives anything', async (_name, header) => {
    const file = utf8.encode(`age-encryption.org/v1\n${header}${' '.repeat(64)}`);
    const begun = performance.now();
    await expect(openBackup(file, PASSPHRASE)).rejects.toThrow(unreadable);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(4096)],
    ['some other text', utf8.encode('otpauth://totp/a?secret=JBSWY3DP')],
    ['a file beyond 32 MiB', new Uint8Array(32 * 1024 * 1024 + 1)],
  ])('refuses %s', async (_name, file) => {
    await expect(openBackup(file, PASSPHRASE)).rejects.toThrow(unreadable);
  });

  it.each([
    ['case 71: JSON a million deep', '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
    ['case 71: accounts a thousand deep', `{"accounts":${'['.repeat(1000)}${']'.repeat(1000)}}`],
    ['no JSON', 'otpauth://totp/a?secret=JBSWY3DP'],
    ['JSON that breaks off', JSON.stringify(aDocument()).slice(0, -2)],
    ['a list', '[]'],
    ['null', 'null'],
  ])('refuses %s', async (_name, text) => {
    await expect(openText(text)).rejects.toThrow(unreadable);
  });

  it.each<[string, object]>([
    ['case 105: a later version', aDocument({ version: 2 })],
    ['another format', aDocument({ format: 'other' })],
    ['no accounts', aDocument({ accounts: undefined })],
    ['case 71: more than 10,000 accounts', aDocument({ accounts: Array(10_001).fill({}) })],
    ['a time in text', aDocument({ createdAt: '2026-01-01' })],
    ['case 71: a time beyond all dates', aDocument({ createdAt: 1e300 })],
    ['an unknown type', aDocumentWith({ type: 'sms' })],
    ['an unknown algorithm', aDocumentWith({ algorithm: 'MD5' })],
    ['no secret', aDocumentWith({ secret: undefined })],
    ['an empty secret', aDocumentWith({ secret: ' ' })],
    ['a secret that is no base32', aDocumentWith({ secret: 'JBSW0189' })],
    ['case 71: a secret of a megabyte', aDocumentWith({ secret: 'A'.repeat(1e6) })],
    ['an mOTP secret that is no hex', aDocumentWith({ type: 'motp', secret: 'JBSWY3DP' })],
    ['a secret in a list', aDocumentWith({ secret: ['JBSWY3DP'] })],
    ['99 digits', aDocumentWith({ digits: 99 })],
    ['digits in text', aDocumentWith({ digits: '6' })],
    ['a period of 0', aDocumentWith({ period: 0 })],
    ['a counter below 0', aDocumentWith({ counter: -1 })],
    ['case 71: a counter beyond all integers', aDocumentWith({ counter: 2 ** 53 })],
    ['case 71: a name of a megabyte', aDocumentWith({ issuer: 'x'.repeat(1e6) })],
    ['an id of another kind', aDocumentWith({ id: '../x' })],
    ['no sites', aDocumentWith({ sites: undefined })],
    ['a site that is a URL', aDocumentWith({ sites: [{ host: 'https://a.test/' }] })],
    [
      'a site of unknown scope',
      aDocumentWith({ sites: [{ host: 'a.test', scope: 'all', source: 'used' }] }),
    ],
  ])('refuses %s', async (_name, document) => {
    await expect(openDocument(document)).rejects.toThrow(unreadable);
  });

  it('case 71: refuses a number too large for one', async () => {
    const text = JSON.stringify(aDocument()).replace('"digits":6', '"digits":1e999');
    await expect(openText(text)).rejects.toThrow(unreadable);
  });

  it('case 71: takes the last of two equal keys, as every JSON reader here does', async () => {
    const text = JSON.stringify(aDocument()).replace('"digits":6', '"digits":99,"digits":8');
    expect((await openText(text)).accounts[0]?.digits).toBe(8);
  });

  it('case 71: takes nothing from __proto__', async () => {
    const proto = '"__proto__":{"counter":7,"lastUsedAt":1,"polluted":true}';
    const text = JSON.stringify(aDocument()).replaceAll('{"id"', `{${proto},"id"`);
    const [account] = (await openText(`{${proto},${text.slice(1)}`)).accounts;
    expect(account).not.toHaveProperty('counter');
    expect(account).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it('leaves out what it does not know, and the URI', async () => {
    const account = aStoredAccount();
    const document = aDocument({ accounts: [{ ...account, uri: 'x', later: { a: 1 } }], more: 1 });
    expect((await openDocument(document)).accounts).toEqual([account]);
  });

  it('cleans names, and brings secrets into their normal form', async () => {
    const document = aDocumentWith({
      issuer: 'Exam\u202Eple \n Inc',
      accountName: 'x'.repeat(1000),
      secret: 'jbsw y3dp==',
    });
    const [account] = (await openDocument(document)).accounts;
    expect(account?.issuer).toBe('Example Inc');
    expect(account?.accountName).toHaveLength(128);
    expect(account?.secret).toBe('JBSWY3DP');
  });

  it('quotes nothing of a file that it refuses', async () => {
    const refusals = ['{"secret":"GEZDGNBV', JSON.stringify(aDocumentWith({ digits: 99 }))];
    for (const text of refusals) {
      const error: unknown = await openText(text).catch((reason: unknown) => reason);
      expect(error).toEqual(unreadable);
      expect(error).not.toHaveProperty('cause');
    }
  });

  it('reads the most accounts there may be', async () => {
    const account = aStoredAccount();
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...account, id: `a${index}` }));
    const text = armor.encode(await aFile(JSON.stringify(aDocument({ accounts: many }), null, 2)));
    const { accounts: opened } = await openBackup(utf8.encode(text), PASSPHRASE);
    expect(opened).toHaveLength(10_000);
  });
});

describe('verifyBackup', () => {
  const account = aStoredAccount({ type: 'hotp', counter: 3, lastUsedAt: 5, confirmedAt: 6 });
  const verify = async (kept: BackupAccount[], expected: BackupAccount[] = [account]) =>
    verifyBackup(
      await aFile(JSON.stringify(aDocument({ accounts: kept }))),
      PASSPHRASE,
      expected,
      CREATED_AT,
    );

  it('is content with the same accounts', async () => {
    await expect(verify([account])).resolves.toBeUndefined();
  });

  const { counter: _counter, ...withoutCounter } = account;

  it.each<[string, BackupAccount[]]>([
    ['is missing', []],
    ['is too many', [account, account]],
    ['has lost a field', [withoutCounter]],
    ['has another id', [{ ...account, id: 'other' }]],
    ['has another type', [{ ...account, type: 'totp' }]],
    ['has another issuer', [{ ...account, issuer: 'Other' }]],
    ['has another account name', [{ ...account, accountName: 'other' }]],
    ['has another secret', [{ ...account, secret: 'JBSWY3DP' }]],
    ['has another typed secret', [{ ...account, typedSecret: 'jbsw y3dp' }]],
    ['has another algorithm', [{ ...account, algorithm: 'SHA256' }]],
    ['has other digits', [{ ...account, digits: 8 }]],
    ['has another period', [{ ...account, period: 60 }]],
    ['has another counter', [{ ...account, counter: 4 }]],
    ['has other sites', [{ ...account, sites: [] }]],
    [
      'has a site of another scope',
      [{ ...account, sites: account.sites.map((site) => ({ ...site, scope: 'domain' as const })) }],
    ],
    ['is of another time', [{ ...account, createdAt: 1 }]],
    ['was last used at another time', [{ ...account, lastUsedAt: 1 }]],
    ['was confirmed at another time', [{ ...account, confirmedAt: 1 }]],
  ])('objects when an account %s', async (_name, kept) => {
    await expect(verify(kept)).rejects.toThrow(unverified);
  });

  it('objects when two accounts have changed places', async () => {
    const other = aStoredAccount();
    await expect(verify([other, account], [account, other])).rejects.toThrow(unverified);
  });

  it('says so when the file does not open at all', async () => {
    const file = await aFile(JSON.stringify(aDocument()));
    await expect(verifyBackup(file, 'other', [], 0)).rejects.toThrow(passphraseWrong);
    await expect(verifyBackup(file.subarray(9), PASSPHRASE, [], 0)).rejects.toThrow(unreadable);
  });
});
