import path from 'node:path';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

import { aTotpAccount } from '../builders';

/**
 * Functions that outside tools rely on. They are bundled without WXT, so whatever they import must
 * need no extension, no Vite and no generated code.
 */
async function bundle(file: string, platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    target: 'es2022',
    alias: { '@': path.resolve('.') },
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]?.text ?? '';
}

/** Calls what a module exports as an outside tool does: by its name, without our types. */
async function call(file: string, name: string, ...args: unknown[]): Promise<unknown> {
  const code = await bundle(file, 'node');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const exports = (await import(url)) as Record<string, (...args: unknown[]) => unknown>;
  const exported = exports[name];
  if (!exported) throw new Error(`${file} does not export ${name}`);
  return exported(...args);
}

describe('the functions that outside tools rely on', () => {
  it('generateCode', async () => {
    const code = await call(
      'utils/otp/generate.ts',
      'generateCode',
      aTotpAccount({ digits: 8 }),
      59_000,
    );
    expect(code).toMatchObject({ code: '94287082', validFrom: 30_000, validUntil: 60_000 });
  });

  it('parseOtpauthUri', async () => {
    const parse = (uri: string) => call('utils/otp/otpauth-uri.ts', 'parseOtpauthUri', uri);
    expect(await parse('otpauth://totp/A:b?secret=JBSWY3DP&issuer=A')).toMatchObject({
      type: 'totp',
      issuer: 'A',
      accountName: 'b',
      digits: 6,
    });
    await expect(parse('nonsense')).rejects.toThrow('uri-invalid');
  });

  it('decodeQrCodes', async () => {
    const data = new Uint8ClampedArray(100 * 100 * 4).fill(255);
    const picture = { data, width: 100, height: 100 };
    expect(await call('utils/qr/decode.ts', 'decodeQrCodes', picture)).toEqual([]);
  });

  it('sealRecord and openRecord', async () => {
    const slot = { id: 'a', type: 'device', nonce: 'AAAA', wrappedKey: 'AAAA' };
    const fields = { vaultId: 'v', revision: 1, previous: '', writtenAt: 0, slots: [slot] };
    const key = new Uint8Array(32).fill(7);
    const record = await call(
      'utils/vault/record.ts',
      'sealRecord',
      fields,
      Buffer.from('hello'),
      key,
    );
    expect(await call('utils/vault/record.ts', 'openRecord', record, key)).toMatchObject({
      plaintext: new Uint8Array(Buffer.from('hello')),
    });
  });

  it('detectOtpForm is bundled for pages, and needs nothing of an extension', async () => {
    const code = await bundle('utils/detect/detect.ts', 'browser');
    expect(code).toContain('detectOtpForm');
    expect(code).not.toMatch(/\b(?:chrome|browser)\.(?:runtime|storage|tabs)\b/);
  });
});
