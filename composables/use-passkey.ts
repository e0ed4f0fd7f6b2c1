import { fromBase64Url, randomBytes, toBase64Url, type Bytes } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import type { MessageData, SlotView } from '@/utils/messaging/protocol';

/** COSE identifiers: ES256, EdDSA, RS256. The signature is never looked at; authenticators want the list. */
const algorithms = [-7, -8, -257];
const TIMEOUT_MS = 120_000;

type Credentials = Pick<CredentialsContainer, 'create' | 'get'>;

/** The browser has passkeys at all. Whether one can open a vault shows only when it is asked. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && 'credentials' in navigator;
}

/**
 * Makes a passkey and has it derive 32 bytes from a new salt (WebAuthn Level 3, §10.1.4 "prf").
 * There is no `rp.id`: the passkey then belongs to this extension alone.
 */
export async function createPasskey(
  credentials: Credentials = navigator.credentials,
): Promise<MessageData<'vault.addPasskey'>> {
  const salt = randomBytes(32);
  const created = await ask(() =>
    credentials.create({
      publicKey: {
        rp: { name: 'Stepfill' },
        user: { id: randomBytes(16), name: 'Stepfill', displayName: 'Stepfill' },
        challenge: randomBytes(32),
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const { prf } = created.getClientExtensionResults();
  if (prf?.enabled === false) throw new ExtensionError('passkey-unsupported');
  const view = { credentialId: toBase64Url(bytesOf(created.rawId)), salt: toBase64Url(salt) };
  // Some authenticators derive only when they sign in, not when they are made.
  const first = prf?.results?.first;
  if (first) return { ...view, prf: toBase64Url(bytesOf(first)) };
  return { ...view, ...(await readPasskey([{ id: '', type: 'passkey', ...view }], credentials)) };
}

/** Has one of the passkeys among `slots` derive its bytes again. */
export async function readPasskey(
  slots: readonly SlotView[],
  credentials: Credentials = navigator.credentials,
): Promise<MessageData<'vault.unlockWithPasskey'>> {
  const known = slots.flatMap(({ credentialId, salt }) => {
    const id = fromBase64Url(credentialId ?? '');
    const first = fromBase64Url(salt ?? '');
    return id && first && credentialId ? [{ credentialId, id, first }] : [];
  });
  const [only, ...others] = known;
  if (!only) throw new ExtensionError('passkey-refused');
  const prf =
    others.length === 0
      ? { eval: { first: only.first } }
      : {
          evalByCredential: Object.fromEntries(
            known.map(({ credentialId, first }) => [credentialId, { first }]),
          ),
        };
  const answer = await ask(() =>
    credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: known.map(({ id }) => ({ type: 'public-key', id })),
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        extensions: { prf },
      },
    }),
  );
  const first = answer.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new ExtensionError('passkey-unsupported');
  return {
    credentialId: toBase64Url(bytesOf(answer.rawId)),
    prf: toBase64Url(bytesOf(first)),
  };
}

async function ask(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!hasPasskeys()) throw new ExtensionError('passkey-unsupported');
  let credential: Credential | null;
  try {
    credential = await work();
  } catch (cause) {
    // Firefox lets no extension page be a relying party, and says so as a SecurityError.
    const name = cause instanceof DOMException ? cause.name : '';
    const unable = name === 'SecurityError' || name === 'NotSupportedError';
    throw new ExtensionError(unable ? 'passkey-unsupported' : 'passkey-refused', { cause });
  }
  if (!(credential instanceof PublicKeyCredential)) throw new ExtensionError('passkey-refused');
  return credential;
}

function bytesOf(source: BufferSource): Bytes {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength));
}
