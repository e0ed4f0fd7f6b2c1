import { armor, Decrypter, Encrypter } from 'age-encryption';
import * as v from 'valibot';

import { utf8, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import { checkCounter, checkDigits, checkPeriod, cleanName } from '../otp/account';
import { generateCode } from '../otp/generate';
import { formatOtpauthUri } from '../otp/otpauth-uri';
import { normalizeSecret } from '../otp/secret';
import type { StoredAccount } from '../vault/contents';
import { parseJson } from './json';

/**
 * A backup is an age file (https://age-encryption.org/v1) for one passphrase around the JSON that
 * docs/formats.md describes, so that it can be opened without this extension.
 */
const FORMAT = 'stepfill-backup';
const VERSION = 1;

/** What `age -p` uses too. A reader refuses more than 20 before it derives anything. */
const SCRYPT_LOG_N = 18;
const MAX_FILE_LENGTH = 32 * 1024 * 1024;
const MAX_ACCOUNTS = 10_000;

/** A backup carries all that the vault keeps of an account. */
export type BackupAccount = StoredAccount;

export interface Backup {
  /** Milliseconds since the epoch. */
  createdAt: number;
  accounts: BackupAccount[];
}

const text = (length: number) => v.pipe(v.string(), v.maxLength(length));
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));

const siteFields = {
  host: v.pipe(text(300), v.regex(/^[^\s/\\?#@]+$/)),
  scope: v.picklist(['host', 'domain']),
  source: v.picklist(['captured', 'used', 'imported', 'typed']),
} satisfies Fields<StoredAccount['sites'][number]>;

const accountFields = {
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  type: v.picklist(['totp', 'hotp', 'steam', 'yandex', 'motp']),
  issuer: text(4096),
  accountName: text(4096),
  secret: text(1024),
  typedSecret: text(2048),
  algorithm: v.picklist(['SHA1', 'SHA256', 'SHA512']),
  digits: v.pipe(v.number(), v.transform(checkDigits)),
  period: v.pipe(v.number(), v.transform(checkPeriod)),
  counter: v.exactOptional(v.pipe(v.number(), v.transform(checkCounter))),
  sites: v.pipe(v.array(v.object(siteFields)), v.maxLength(1000)),
  createdAt: time,
  lastUsedAt: v.exactOptional(time),
  confirmedAt: v.exactOptional(time),
} satisfies Fields<StoredAccount>;

const backupSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  createdAt: time,
  accounts: v.pipe(v.array(v.object(accountFields)), v.maxLength(MAX_ACCOUNTS)),
});

/** Names every field, the optional ones as well: one that the vault gains does not get lost here. */
type Fields<T> = Record<keyof T, unknown>;

/**
 * The file, ASCII-armored: it survives mail and the clipboard. The passphrase counts as typed,
 * without Unicode normalization, because the `age` tool does none.
 */
export async function sealBackup(
  accounts: readonly BackupAccount[],
  passphrase: string,
  createdAt: number,
): Promise<Bytes> {
  if (passphrase === '') throw new ExtensionError('passphrase-missing');
  const document = {
    format: FORMAT,
    version: VERSION,
    createdAt,
    accounts: accounts.map((account) => ({ ...account, ...uriOf(account) })),
  };
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_LOG_N);
  encrypter.setPassphrase(passphrase);
  const file = await encrypter.encrypt(`${JSON.stringify(document, null, 2)}\n`);
  return utf8.encode(armor.encode(file));
}

/** For other apps, and for eyes. Reading a backup back goes by the fields. */
function uriOf(account: BackupAccount): { uri?: string } {
  if (account.type !== 'totp' && account.type !== 'hotp') return {};
  // Percent-encoding throws on half a surrogate pair, and one odd name must not prevent a backup.
  const issuer = account.issuer.toWellFormed();
  const accountName = account.accountName.toWellFormed();
  return { uri: formatOtpauthUri({ ...account, issuer, accountName }) };
}

/**
 * Opens a backup, armored or not. Throws `backup-passphrase-wrong`, or `backup-unreadable` for
 * anything else. A damaged salt or wrapped key looks like a wrong passphrase: nobody can tell.
 */
export async function openBackup(file: Uint8Array, passphrase: string): Promise<Backup> {
  const { createdAt, accounts } = readDocument(await decrypt(file, passphrase));
  return {
    createdAt,
    accounts: accounts.map((account) => ({
      ...account,
      issuer: cleanName(account.issuer),
      accountName: cleanName(account.accountName),
    })),
  };
}

/**
 * Opens a backup just written and compares it with the accounts it was made of: every field, and the
 * codes at `now`. Throws `backup-unverified` on a difference, or what {@link openBackup} throws.
 */
export async function verifyBackup(
  file: Uint8Array,
  passphrase: string,
  accounts: readonly BackupAccount[],
  now: number,
): Promise<void> {
  // Names are compared as the file has them: cleaning is for what a stranger may have written.
  const kept = readDocument(await decrypt(file, passphrase)).accounts;
  const isComplete =
    kept.length === accounts.length &&
    accounts.every((account, index) => isSame(account, kept[index], now));
  if (!isComplete) throw new ExtensionError('backup-unverified');
}

function isSame(account: BackupAccount, kept: BackupAccount | undefined, now: number): boolean {
  if (!kept || fieldsOf(account) !== fieldsOf(kept)) return false;
  if (account.type !== 'totp' && account.type !== 'hotp') return true;
  return generateCode(account, now).code === generateCode(kept, now).code;
}

/** One text for all fields. A list of names makes `JSON.stringify` keep to them and to their order. */
function fieldsOf(account: BackupAccount): string {
  return JSON.stringify(account, [...Object.keys(accountFields), ...Object.keys(siteFields)]);
}

async function decrypt(file: Uint8Array, passphrase: string): Promise<Uint8Array> {
  if (file.length > MAX_FILE_LENGTH) throw new ExtensionError('backup-unreadable');
  let isPassphraseWrong = false;
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  // Asked only after the passphrase has opened nothing, which the library's errors do not tell.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      isPassphraseWrong = true;
      return null;
    },
  });
  try {
    return await decrypter.decrypt(readArmor(file));
  } catch (error) {
    const code = isPassphraseWrong ? 'backup-passphrase-wrong' : 'backup-unreadable';
    throw new ExtensionError(code, { cause: error });
  }
}

/** The version line, the one stanza that a passphrase has, the MAC. */
const HEADER =
  /^age-encryption\.org\/v1\n-> scrypt [\w+/]{22} [1-9]\d?\n[\w+/]{43}\n--- [\w+/]{43}\n/;

/** The age file itself. Its header has no end of stanzas before the library looks at one of them. */
function readArmor(file: Uint8Array): Uint8Array {
  const isBinary = startOf(file).startsWith('age-encryption.org/');
  const binary = isBinary ? file : armor.decode(utf8.decode(file));
  if (!HEADER.test(startOf(binary))) throw new Error('No age file for a passphrase');
  return binary;
}

function startOf(file: Uint8Array): string {
  return String.fromCharCode(...file.subarray(0, 256));
}

/** The document as it stands in the file, within its bounds. */
function readDocument(plaintext: Uint8Array): Backup {
  try {
    const { createdAt, accounts } = v.parse(backupSchema, parseJson(plaintext));
    return { createdAt, accounts: accounts.map(checkSecret) };
  } catch {
    // Without its cause: the errors of parsers quote what they have read.
    throw new ExtensionError('backup-unreadable');
  }
}

function checkSecret(account: BackupAccount): BackupAccount {
  if (account.type !== 'motp') return { ...account, secret: normalizeSecret(account.secret) };
  if (!/^[\da-f]+$/i.test(account.secret)) throw new ExtensionError('secret-invalid');
  return account;
}
