import { ExtensionError } from '../errors';
import {
  checkAlgorithm,
  checkCounter,
  checkDigits,
  checkPeriod,
  cleanName,
  type Account,
} from './account';
import { normalizeSecret } from './secret';

const MAX_URI_LENGTH = 4096;

/** What a key URI says, with what an {@link Account} has no room for. */
export interface OtpauthUri {
  account: Account;
  /** The secret as it stood in the URI. */
  typedSecret: string;
  /** The issuer in the label, when the parameter names another one. */
  labelIssuer?: string;
}

/** Google's Key URI Format, without its loopholes: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function parseOtpauthUri(uri: string): Account {
  return readOtpauthUri(uri).account;
}

export function readOtpauthUri(uri: string): OtpauthUri {
  if (uri.length > MAX_URI_LENGTH) throw new ExtensionError('uri-too-long');
  // The URL class lower-cases hosts of special schemes only, so the type is matched by hand.
  const match = /^otpauth:\/\/([a-z]+)\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i.exec(uri.trim());
  if (!match) throw new ExtensionError('uri-invalid');
  const [, typeText = '', labelText = '', query = ''] = match;

  const type = typeText.toLowerCase();
  if (type !== 'totp' && type !== 'hotp') throw new ExtensionError('type-unsupported');

  const parameters = readParameters(query);
  const typedSecret = parameters.get('secret') ?? '';
  const { issuer: labelIssuer, accountName } = readLabel(decode(labelText));
  const parameterIssuer = cleanName(parameters.get('issuer') ?? '');
  const issuer = parameterIssuer || labelIssuer;

  const account: Account = {
    type,
    issuer,
    accountName,
    secret: normalizeSecret(typedSecret),
    algorithm: checkAlgorithm(parameters.get('algorithm') || 'SHA1'),
    digits: checkDigits(number(parameters.get('digits'), 6)),
    period: checkPeriod(number(parameters.get('period'), 30)),
  };
  // The format demands a counter for HOTP; those who forget it mean the first one.
  if (type === 'hotp') account.counter = checkCounter(number(parameters.get('counter'), 0));

  const disagree = labelIssuer !== '' && labelIssuer !== issuer;
  return { account, typedSecret, ...(disagree && { labelIssuer }) };
}

/** The inverse of {@link parseOtpauthUri}, up to what the format can carry. */
export function formatOtpauthUri(account: Account): string {
  if (account.type !== 'totp' && account.type !== 'hotp') {
    throw new ExtensionError('type-unsupported');
  }
  const { type, issuer, accountName, secret, algorithm, digits, period, counter } = account;
  const label = issuer ? `${encode(issuer)}:${encode(accountName)}` : encode(accountName);
  const parameters = [
    `secret=${secret}`,
    issuer && `issuer=${encode(issuer)}`,
    `algorithm=${algorithm}`,
    `digits=${digits}`,
    type === 'totp' ? `period=${period}` : `counter=${counter ?? 0}`,
  ];
  return `otpauth://${type}/${label}?${parameters.filter(Boolean).join('&')}`;
}

/** A name given twice is refused: readers differ in which one they believe. */
function readParameters(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
    if (parameters.has(name)) throw new ExtensionError('uri-duplicate-parameter');
    parameters.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1).replaceAll('+', ' ')));
  }
  return parameters;
}

function readLabel(label: string): { issuer: string; accountName: string } {
  const colon = label.indexOf(':');
  return {
    issuer: cleanName(colon < 0 ? '' : label.slice(0, colon)),
    accountName: cleanName(label.slice(colon + 1)),
  };
}

/** `Number('')` is 0 and `Number('0x10')` is 16; only decimal digits count here. */
function number(text: string | undefined, absent: number): number {
  if (text === undefined || text === '') return absent;
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
}

/** A stray `%` is kept as it stands, as every phone app does. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const encode = encodeURIComponent;
