import { argon2id } from 'hash-wasm';
import * as v from 'valibot';

import { fromBase64Url, randomBytes, toBase64Url, utf8, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import { deriveSubkey } from './keys';

const base64Url = (most: number) => v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(most));

/**
 * Bounds, checked before anything is derived. The ceilings keep a forged header from hanging the
 * browser; the floors (OWASP's least, m = 19 MiB, t = 2) keep it from making the passphrase cheap to guess.
 */
const argon2idSchema = v.pipe(
  v.strictObject({
    algorithm: v.literal('argon2id'),
    memoryKib: v.pipe(v.number(), v.integer(), v.minValue(19 * 1024), v.maxValue(1024 * 1024)),
    iterations: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(64)),
    parallelism: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
    salt: base64Url(128),
  }),
  // Four passes over a gibibyte: the dearest setting in use anywhere.
  v.check(({ memoryKib, iterations }) => memoryKib * iterations <= 4 * 1024 * 1024),
);

const common = { id: base64Url(64), nonce: base64Url(16), wrappedKey: base64Url(64) };

export const slotSchema = v.variant('type', [
  v.strictObject({ ...common, type: v.literal('device') }),
  v.strictObject({ ...common, type: v.literal('passphrase'), kdf: argon2idSchema }),
  v.strictObject({
    ...common,
    type: v.literal('passkey'),
    credentialId: base64Url(1400),
    /** What the authenticator is asked with (WebAuthn PRF). */
    salt: base64Url(64),
  }),
  v.strictObject({ ...common, type: v.literal('recovery') }),
]);

/** One way to the vault key. All slots are equal: each alone opens the vault. */
export type Slot = v.InferOutput<typeof slotSchema>;
export type PassphraseSlot = Extract<Slot, { type: 'passphrase' }>;
export type Kdf = PassphraseSlot['kdf'];
/** A slot before the vault key is in it. */
type Emptied<S> = S extends Slot ? Omit<S, 'nonce' | 'wrappedKey'> : never;
type EmptySlot = Emptied<Slot>;

/** RFC 9106 §4, second recommended option. */
export const defaultKdf = {
  algorithm: 'argon2id',
  memoryKib: 64 * 1024,
  iterations: 3,
  parallelism: 1,
} as const;

/** A slot that a key opens which nobody has to guess at: of the device, or of the recovery code. */
export async function sealKeySlot(
  vaultId: string,
  vaultKey: Bytes,
  type: 'device' | 'recovery',
  key: Bytes,
): Promise<Slot> {
  return sealSlot(vaultId, { id: newSlotId(), type }, vaultKey, key);
}

/** A slot that a passkey opens: `prf` is its PRF output for `salt`. */
export async function sealPasskeySlot(
  vaultId: string,
  vaultKey: Bytes,
  { credentialId, salt, prf }: { credentialId: string; salt: string; prf: Bytes },
): Promise<Slot> {
  const slot = { id: newSlotId(), type: 'passkey' as const, credentialId, salt };
  return sealSlot(vaultId, slot, vaultKey, prf);
}

export async function sealPassphraseSlot(
  vaultId: string,
  vaultKey: Bytes,
  passphrase: string,
  cost: Omit<Kdf, 'salt'> = defaultKdf,
): Promise<Slot> {
  const kdf = { ...cost, salt: toBase64Url(randomBytes(16)) };
  const key = await stretch(passphrase, kdf);
  return sealSlot(vaultId, { id: newSlotId(), type: 'passphrase', kdf }, vaultKey, key);
}

/** The vault key, or `undefined` when `key` (of the device, the code, the passkey) is not this slot's. */
export function openKeySlot(vaultId: string, slot: Slot, key: Bytes): Promise<Bytes | undefined> {
  return openSlot(vaultId, slot, key);
}

/** The vault key, or `undefined` when the passphrase is another one. Takes as long as the slot's KDF says. */
export async function openPassphraseSlot(
  vaultId: string,
  slot: PassphraseSlot,
  passphrase: string,
): Promise<Bytes | undefined> {
  return openSlot(vaultId, slot, await stretch(passphrase, slot.kdf));
}

/** The same characters typed on another keyboard or system are the same passphrase. */
async function stretch(passphrase: string, kdf: Kdf): Promise<Bytes> {
  const salt = fromBase64Url(kdf.salt);
  if (!salt) throw new ExtensionError('vault-unreadable');
  const hash = await argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    memorySize: kdf.memoryKib,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  return new Uint8Array(hash);
}

async function sealSlot<S extends EmptySlot>(
  vaultId: string,
  slot: S,
  vaultKey: Bytes,
  secret: Bytes,
): Promise<S & { nonce: string; wrappedKey: string }> {
  const nonce = randomBytes(12);
  const { key } = await wrappingKey(vaultId, slot.type, secret);
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: describe(vaultId, slot) },
    key,
    vaultKey,
  );
  return { ...slot, nonce: toBase64Url(nonce), wrappedKey: toBase64Url(new Uint8Array(wrapped)) };
}

async function openSlot(vaultId: string, slot: Slot, secret: Bytes): Promise<Bytes | undefined> {
  const nonce = fromBase64Url(slot.nonce);
  const wrapped = fromBase64Url(slot.wrappedKey);
  if (!nonce || !wrapped) return undefined;
  const { key } = await wrappingKey(vaultId, slot.type, secret);
  try {
    const vaultKey = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: describe(vaultId, slot) },
      key,
      wrapped,
    );
    return new Uint8Array(vaultKey);
  } catch {
    return undefined;
  }
}

function wrappingKey(vaultId: string, type: Slot['type'], secret: Bytes) {
  return deriveSubkey(secret, utf8.encode(vaultId), `slot/${type}`);
}

/** What the wrapping is bound to: a slot moved to another vault, or given a cheaper KDF, does not open. */
function describe(vaultId: string, slot: EmptySlot): Bytes {
  const kdf = 'kdf' in slot ? v.parse(argon2idSchema, slot.kdf) : undefined;
  const cost = kdf && [kdf.algorithm, kdf.memoryKib, kdf.iterations, kdf.parallelism, kdf.salt];
  const passkey = slot.type === 'passkey' ? [slot.credentialId, slot.salt] : undefined;
  const bound = cost ?? passkey ?? null;
  return utf8.encode(JSON.stringify(['stepfill/1/slot', vaultId, slot.id, slot.type, bound]));
}

function newSlotId(): string {
  return toBase64Url(randomBytes(9));
}
