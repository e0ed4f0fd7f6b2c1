// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';

import { createPasskey, readPasskey } from '@/composables/use-passkey';
import { toBase64Url } from '@/utils/bytes';

const rawId = new Uint8Array([1, 2, 3]);
const output = new Uint8Array(32).fill(9);
const slot = { id: 'a', type: 'passkey', credentialId: 'AQID', salt: 'BAUG' } as const;

class Passkey {
  readonly rawId = rawId.buffer;
  constructor(readonly prf: object | undefined) {}
  getClientExtensionResults() {
    return { prf: this.prf };
  }
}

const results = { results: { first: output.buffer } };

beforeEach(() => {
  Reflect.set(globalThis, 'PublicKeyCredential', Passkey);
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: {} });
});

/** An authenticator that gives these extension results, or fails. */
function anAuthenticator(answers: { create?: unknown; get?: unknown }) {
  const asked: { create: unknown[]; get: unknown[] } = { create: [], get: [] };
  const answer = (of: 'create' | 'get') => async (options: unknown) => {
    asked[of].push(options);
    if (answers[of] instanceof Error) throw answers[of];
    return new Passkey(answers[of] as object | undefined) as never;
  };
  return { credentials: { create: answer('create'), get: answer('get') }, asked };
}

describe('createPasskey', () => {
  it('derives from a new salt of 32 bytes when the passkey is made', async () => {
    const { credentials, asked } = anAuthenticator({ create: results });
    const made = await createPasskey(credentials);
    expect(made).toMatchObject({ credentialId: 'AQID', prf: toBase64Url(output) });
    expect(made.salt).toHaveLength(43);
    expect(asked.get).toEqual([]);
    expect(asked.create[0]).toMatchObject({
      publicKey: { authenticatorSelection: { userVerification: 'required' } },
    });
    expect((asked.create[0] as { publicKey: { rp: object } }).publicKey.rp).not.toHaveProperty(
      'id',
    );
  });

  it('asks once more where making a passkey derives nothing', async () => {
    const { credentials, asked } = anAuthenticator({ create: { enabled: true }, get: results });
    expect((await createPasskey(credentials)).prf).toBe(toBase64Url(output));
    expect(asked.get).toHaveLength(1);
  });

  it('says so when the authenticator derives nothing at all', async () => {
    const { credentials } = anAuthenticator({ create: { enabled: false } });
    await expect(createPasskey(credentials)).rejects.toThrow('passkey-unsupported');
  });

  it('says so when the browser has no passkeys', async () => {
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
    const { credentials } = anAuthenticator({ create: results });
    await expect(createPasskey(credentials)).rejects.toThrow('passkey-unsupported');
  });
});

describe('readPasskey', () => {
  it.each([
    { name: 'NotAllowedError', code: 'passkey-refused' },
    { name: 'SecurityError', code: 'passkey-unsupported' },
  ])('turns $name into $code', async ({ name, code }) => {
    const { credentials } = anAuthenticator({ get: new DOMException('no', name) });
    await expect(readPasskey([slot], credentials)).rejects.toThrow(code);
  });

  it('gives each of several passkeys its own salt', async () => {
    const { credentials, asked } = anAuthenticator({ get: results });
    const other = { ...slot, id: 'b', credentialId: 'BwgJ', salt: 'CgsM' };
    expect(await readPasskey([slot, other], credentials)).toEqual({
      credentialId: 'AQID',
      prf: toBase64Url(output),
    });
    const [{ publicKey }] = asked.get as [{ publicKey: PublicKeyCredentialRequestOptions }];
    expect(publicKey.allowCredentials).toHaveLength(2);
    expect(publicKey.extensions?.prf?.evalByCredential).toEqual({
      AQID: { first: new Uint8Array([4, 5, 6]) },
      BwgJ: { first: new Uint8Array([10, 11, 12]) },
    });
  });
});
