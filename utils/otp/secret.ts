import { ExtensionError } from '../errors';

/** Longer than any key in use (SHA-512 blocks are 128 bytes); short enough to never matter. */
const MAX_SECRET_LENGTH = 1024;

/**
 * The normal form of a secret as people and pages write it: base32, upper case, without padding,
 * spaces or hyphens. `0`, `1` and `8` are not base32 and are refused instead of guessed at.
 */
export function normalizeSecret(typed: string): string {
  if (typed.length > MAX_SECRET_LENGTH * 2) throw new ExtensionError('secret-too-long');
  const secret = typed
    .replace(/[\s\u00AD\u200B-\u200D\uFEFF\u2010-\u2015-]/gu, '')
    .replace(/=+$/, '')
    .toUpperCase();
  if (secret === '') throw new ExtensionError('secret-empty');
  if (secret.length > MAX_SECRET_LENGTH) throw new ExtensionError('secret-too-long');
  if (!/^[A-Z2-7]+$/.test(secret)) throw new ExtensionError('secret-invalid');
  // One character holds five bits: not a byte yet.
  if (secret.length < 2) throw new ExtensionError('secret-invalid');
  return secret;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The bytes of a base32 secret. RFC 4648 §6, without its rule that only some lengths occur: issuers
 * hand out odd lengths, and every authenticator drops the bits that do not fill a byte.
 */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((secret.length * 5) / 8));
  let bits = 0;
  let value = 0;
  let index = 0;
  for (const character of secret) {
    value = ((value << 5) | ALPHABET.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[index++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}
