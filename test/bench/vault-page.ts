import { argon2id } from 'hash-wasm';

import { summaryOf } from '@/entrypoints/background/account';
import { randomBytes, utf8 } from '@/utils/bytes';
import { defaultKdf } from '@/utils/vault/slots';

import { aStoredAccount, aVault, aVaultWorld } from '../builders';

/** Runs in a page of a real browser, over a disk in memory: what is measured is the work, not the medium. */
export async function measureVault(count: number, runs: number): Promise<Record<string, number[]>> {
  const world = aVaultWorld(() => Date.now());
  const filler = aVault(world);
  await filler.change(({ accounts }) => {
    for (let index = 0; index < count; index++) {
      const names = { issuer: `Issuer ${index}`, accountName: `ada+${index}@example.com` };
      accounts.push(aStoredAccount({ id: `account-${index}`, ...names }));
    }
  });
  const bytes = utf8.encode(JSON.stringify(await filler.read()));

  const times: Record<string, number[]> = { open: [], edit: [], search: [], raw: [], kdf: [] };
  const time = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const begin = performance.now();
    await work();
    times[name]?.push(performance.now() - begin);
  };
  for (let run = 0; run < runs; run++) {
    const vault = aVault(world);
    await time('open', () => vault.read());
    await time('edit', () =>
      vault.change(({ accounts }) => {
        const account = accounts[run];
        if (account) account.issuer = `Edited ${run}`;
      }),
    );
    const summaries = (await vault.read()).accounts.map(summaryOf);
    await time('search', async () =>
      summaries.filter(({ issuer, accountName }) =>
        `${issuer} ${accountName}`.toLowerCase().includes('9999'),
      ),
    );
    await time('raw', () => encryptRaw(bytes));
    if (run < 5) await time('kdf', stretch);
  }
  return times;
}

/** One pass of the cipher over the same bytes: nobody can store them for less. */
async function encryptRaw(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = await crypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt']);
  await crypto.subtle.encrypt({ name: 'AES-GCM', iv: randomBytes(12) }, key, bytes);
}

function stretch(): Promise<unknown> {
  const { memoryKib: memorySize, iterations, parallelism } = defaultKdf;
  return argon2id({
    password: 'correct horse battery',
    salt: randomBytes(16),
    memorySize,
    iterations,
    parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
}
