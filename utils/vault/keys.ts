import { toBase64Url, utf8, type Bytes } from '../bytes';

/**
 * A 256-bit key for one purpose and no other (RFC 5869). `info` names the purpose, so that a key
 * made for one place opens nothing elsewhere.
 */
export async function deriveSubkey(
  secret: Bytes,
  salt: Bytes,
  info: string,
): Promise<{ key: CryptoKey; nonce: Bytes }> {
  const source = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt, info: utf8.encode(`stepfill/1/${info}`) },
    source,
    (32 + 12) * 8,
  );
  const key = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  return { key, nonce: new Uint8Array(bits.slice(32)) };
}

export async function sha256(bytes: Bytes): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
