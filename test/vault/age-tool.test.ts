import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { aStoredAccount } from '@/test/builders';
import { formatOtpauthUri } from '@/utils/otp/otpauth-uri';
import { openBackup, sealBackup } from '@/utils/transfer/backup';

const PASSPHRASE = 'Grüße aus 東京: correct horse';
const CREATED_AT = 1_700_000_000_000;

const accounts = [
  aStoredAccount({ issuer: 'Bücher & Söhne', confirmedAt: 5 }),
  aStoredAccount({ type: 'hotp', counter: 41 }),
  aStoredAccount({ type: 'motp', secret: '0189abcdef', typedSecret: '0189ABCDEF' }),
];
const document = {
  format: 'stepfill-backup',
  version: 1,
  createdAt: CREATED_AT,
  accounts: accounts.map((account) =>
    account.type === 'motp' ? account : { ...account, uri: formatOtpauthUri(account) },
  ),
};

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

let folder: string;
beforeAll(async () => {
  requireAge();
  folder = await mkdtemp(path.join(os.tmpdir(), 'stepfill-age-'));
});
afterAll(async () => {
  if (folder) await rm(folder, { recursive: true });
});

describe('the age tool', () => {
  it('decrypts a backup', async () => {
    const [file, out] = [path.join(folder, 'backup.age'), path.join(folder, 'backup.json')];
    await writeFile(file, await sealBackup(accounts, PASSPHRASE, CREATED_AT));
    await typeInto('age -d -o "$OUT" "$IN"', { IN: file, OUT: out });
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(document);
  });

  it.each(['age -p', 'age -p -a'])('writes a file by `%s` that opens as a backup', async (age) => {
    const [file, out] = [path.join(folder, 'own.json'), path.join(folder, `${age}.age`)];
    await writeFile(file, JSON.stringify(document));
    await typeInto(`${age} -o "$OUT" "$IN"`, { IN: file, OUT: out });
    expect(await openBackup(await readFile(out), PASSPHRASE)).toEqual({
      createdAt: CREATED_AT,
      accounts,
    });
  });
});

/** Runs a command on a terminal and types the passphrase as often as it asks: age reads no pipe. */
async function typeInto(command: string, files: { IN: string; OUT: string }): Promise<void> {
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, ...files },
  });
  let asked = 0;
  let output = '';
  const listen = (chunk: Buffer): void => {
    output += chunk.toString();
    for (; asked < [...output.matchAll(/passphrase[^:\n]*:/gi)].length; asked++) {
      terminal.stdin.write(`${PASSPHRASE}\n`);
    }
  };
  terminal.stdout.on('data', listen);
  terminal.stderr.on('data', listen);
  const exitCode = await new Promise((resolve, reject) => {
    terminal.on('error', reject);
    terminal.on('close', resolve);
  });
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
}

function requireAge(): void {
  if (hasAge()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const apt = (...words: string[]) =>
      execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...words], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'age');
  }
  if (!hasAge()) throw new Error('This test needs the age tool: https://age-encryption.org');
}

function hasAge(): boolean {
  try {
    execFileSync('age', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
