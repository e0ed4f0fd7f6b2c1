import { ExtensionError } from '../errors';

export type OtpType = 'totp' | 'hotp' | 'steam' | 'yandex' | 'motp';
export type Algorithm = 'SHA1' | 'SHA256' | 'SHA512';

/** Where an account may be filled. `host` carries its port when that is not the scheme's own. */
export interface Site {
  host: string;
  /** `domain` widens the site to every host of the same registrable domain. */
  scope: 'host' | 'domain';
  source: 'captured' | 'used' | 'imported' | 'typed';
}

/** One entry, as every format and every way of enrolling yields it. */
export interface Account {
  type: OtpType;
  issuer: string;
  accountName: string;
  /** Base32, upper case, no padding (mOTP: hex). */
  secret: string;
  algorithm: Algorithm;
  digits: number;
  /** Seconds. */
  period: number;
  /** HOTP: the counter of the next code. */
  counter?: number;
  pin?: string;
  sites?: Site[];
  recoveryCodes?: string[];
  note?: string;
  tags?: string[];
}

export const MAX_NAME_GRAPHEMES = 128;

const algorithms: Record<string, Algorithm> = {
  SHA1: 'SHA1',
  'SHA-1': 'SHA1',
  SHA256: 'SHA256',
  'SHA-256': 'SHA256',
  SHA512: 'SHA512',
  'SHA-512': 'SHA512',
};

/** An unknown algorithm is refused: computing another one would give codes that never fit. */
export function checkAlgorithm(value: string): Algorithm {
  // Key URIs in the wild carry "HmacSHA256" and "sha256" beside the "SHA256" of the format.
  const algorithm = algorithms[value.toUpperCase().replace(/^HMAC-?/, '')];
  if (!algorithm) throw new ExtensionError('algorithm-unsupported');
  return algorithm;
}

export function checkDigits(value: number): number {
  return checkInteger(value, 4, 10, 'digits-invalid');
}

/** Seconds. */
export function checkPeriod(value: number): number {
  return checkInteger(value, 1, 3600, 'period-invalid');
}

export function checkCounter(value: number): number {
  return checkInteger(value, 0, Number.MAX_SAFE_INTEGER, 'counter-invalid');
}

function checkInteger(
  value: number,
  least: number,
  most: number,
  code: 'digits-invalid' | 'period-invalid' | 'counter-invalid',
): number {
  if (!Number.isInteger(value) || value < least || value > most) throw new ExtensionError(code);
  return value;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A name as it may be shown and kept: without control and format characters (a right-to-left
 * override turns one name into another), white space folded, at most {@link MAX_NAME_GRAPHEMES} long.
 */
export function cleanName(value: string): string {
  const visible = value
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    // The zero-width joiner stays: emoji and several scripts are written with it.
    .replace(/(?!\u200D)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    // More than four marks on one letter is not writing; it covers the lines above and below.
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .trim();
  if (visible.length <= MAX_NAME_GRAPHEMES) return visible;
  return [...graphemes.segment(visible.slice(0, MAX_NAME_GRAPHEMES * 16))]
    .slice(0, MAX_NAME_GRAPHEMES)
    .map(({ segment }) => segment)
    .join('');
}
