import * as v from 'valibot';

import {
  concatBytes,
  fromBase64Url,
  randomBytes,
  readUint32,
  toBase64Url,
  uint32,
  utf8,
  type Bytes,
} from '../bytes';
import { ExtensionError } from '../errors';
import { deriveSubkey } from './keys';
import { slotSchema } from './slots';

/**
 * The stored record, format 1:
 *
 *     "STEPFILL" | uint32 header length | header (JSON, UTF-8) | ciphertext (AES-256-GCM with its tag)
 *
 * Everything before the ciphertext is authenticated as it stands, byte for byte, so no part of the
 * header (slots, KDF costs, revision) can be changed without the vault key. The encryption key is
 * fresh for every record: HKDF of the vault key over the header's 32 random bytes of salt.
 */
export const FORMAT = 1;

const MAGIC = utf8.encode('STEPFILL');
const PREFIX = MAGIC.length + 4;
const MAX_HEADER_LENGTH = 64 * 1024;
const MAX_RECORD_LENGTH = 256 * 1024 * 1024;
/** Sizes are rounded up to this, so that a record does not tell how many accounts it holds. */
const PADDING = 4096;

const base64Url = v.pipe(v.string(), v.regex(/^[\w-]*$/), v.maxLength(64));

const headerSchema = v.looseObject({
  format: v.literal(FORMAT),
  /** The least format a reader must know to write this record again without losing any of it. */
  minReader: v.pipe(v.number(), v.integer()),
  vaultId: base64Url,
  /** Counts the records of this vault, from 1. */
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** SHA-256 of the record before, empty in the first. */
  previous: base64Url,
  /** Milliseconds since the epoch. */
  writtenAt: v.pipe(v.number(), v.integer()),
  slots: v.pipe(v.array(slotSchema), v.minLength(1), v.maxLength(16)),
  salt: base64Url,
});

export type RecordHeader = v.InferOutput<typeof headerSchema>;
export type HeaderFields = Pick<
  RecordHeader,
  'vaultId' | 'revision' | 'previous' | 'writtenAt' | 'slots'
>;

/** Seals `plaintext` under `vaultKey` (32 bytes). No two calls give the same bytes. */
export async function sealRecord(
  fields: HeaderFields,
  plaintext: Uint8Array,
  vaultKey: Bytes,
): Promise<Bytes> {
  const { vaultId, revision, previous, writtenAt, slots } = fields;
  const salt = randomBytes(32);
  const header = utf8.encode(
    JSON.stringify({
      format: FORMAT,
      minReader: FORMAT,
      vaultId,
      revision,
      previous,
      writtenAt,
      slots,
      salt: toBase64Url(salt),
    }),
  );
  const front = concatBytes(MAGIC, uint32(header.length), header);
  const { key, nonce } = await deriveSubkey(vaultKey, salt, 'record');
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: front },
    key,
    pad(plaintext),
  );
  return concatBytes(front, new Uint8Array(ciphertext));
}

/** Opens a record. Throws `vault-unreadable` when a single bit of it, or the key, is another. */
export async function openRecord(
  record: Uint8Array,
  vaultKey: Bytes,
): Promise<{ header: RecordHeader; plaintext: Bytes }> {
  const header = readHeader(record);
  const salt = fromBase64Url(header.salt);
  if (!salt) throw new ExtensionError('vault-unreadable');
  const end = PREFIX + readUint32(record, MAGIC.length);
  const { key, nonce } = await deriveSubkey(vaultKey, salt, 'record');
  try {
    const padded = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: record.slice(0, end) },
      key,
      record.slice(end),
    );
    return { header, plaintext: unpad(new Uint8Array(padded)) };
  } catch (error) {
    throw new ExtensionError('vault-unreadable', { cause: error });
  }
}

/**
 * The header of a record, before anything can vouch for it: enough to know which slots to try.
 * Throws `vault-newer` for a format of a later version, `vault-unreadable` for anything else.
 */
export function readHeader(record: Uint8Array): RecordHeader {
  const unreadable = new ExtensionError('vault-unreadable');
  if (record.length < PREFIX || record.length > MAX_RECORD_LENGTH) throw unreadable;
  if (MAGIC.some((byte, index) => record[index] !== byte)) throw unreadable;
  const length = readUint32(record, MAGIC.length);
  if (length > MAX_HEADER_LENGTH || PREFIX + length > record.length) throw unreadable;

  const header = parseJson(record.subarray(PREFIX, PREFIX + length));
  const version = v.safeParse(v.object({ format: v.number() }), header);
  if (version.success && version.output.format > FORMAT) throw new ExtensionError('vault-newer');
  const checked = v.safeParse(headerSchema, header);
  if (!checked.success) throw unreadable;
  if (checked.output.minReader > FORMAT) throw new ExtensionError('vault-newer');
  return checked.output;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw new ExtensionError('vault-unreadable', { cause: error });
  }
}

function pad(plaintext: Uint8Array): Bytes {
  const length = Math.ceil((plaintext.length + 4) / PADDING) * PADDING;
  return concatBytes(
    uint32(plaintext.length),
    plaintext,
    new Uint8Array(length - plaintext.length - 4),
  );
}

function unpad(padded: Bytes): Bytes {
  const length = readUint32(padded, 0);
  if (length > padded.length - 4) throw new ExtensionError('vault-unreadable');
  return padded.slice(4, 4 + length);
}
