import type { Bytes } from '../bytes';

/** Crockford's base32: no letter that is taken for a digit, and none that makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_BYTES = 20;
const GROUP = 4;
/** Characters of the key and, after them, of the checksum that tells a slip of the pen. */
const KEY_CHARACTERS = 32;
const CHECK_CHARACTERS = 4;

/** The code of 160 random bits, in nine groups of four: `7H2K-9FQA-…`. */
export async function formatRecoveryCode(key: Bytes): Promise<string> {
  const text = encode(key) + (await checksum(key));
  return (text.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** The key of a code as people copy it: any case, spaces or hyphens, O for 0, I or L for 1. */
export async function parseRecoveryCode(typed: string): Promise<Bytes | undefined> {
  const text = normalize(typed);
  if (text.length !== KEY_CHARACTERS + CHECK_CHARACTERS) return undefined;
  const key = decode(text.slice(0, KEY_CHARACTERS));
  return key && (await checksum(key)) === text.slice(KEY_CHARACTERS) ? key : undefined;
}

/** Whether two groups of a code, typed back, are its second and its last. */
export function matchesGroups(code: string, [second, last]: readonly [string, string]): boolean {
  const groups = code.split('-');
  return groups[1] === normalize(second) && groups.at(-1) === normalize(last);
}

function normalize(typed: string): string {
  return typed
    .slice(0, 200)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

async function checksum(key: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', key));
  return encode(digest.slice(0, 5)).slice(0, CHECK_CHARACTERS);
}

function encode(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

function decode(text: string): Bytes | undefined {
  let bits = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(5, '0');
  }
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2));
  return bytes.length === KEY_BYTES ? new Uint8Array(bytes) : undefined;
}
