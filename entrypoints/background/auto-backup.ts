import { browser } from '@/utils/browser';
import { toBase64Url, type Bytes } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import { readFolder } from '@/utils/files/backup-folder';
import { readSettings } from '@/utils/storage/settings';
import type { Vault } from '@/utils/vault/vault';

export const AUTO_BACKUP = 'auto-backup';
export const AUTO_BACKUP_MINUTES = 24 * 60;

/**
 * Puts a copy of the sealed record outside the browser's stores, where the person said. It needs
 * nobody's passphrase, as the copy has the vault's own ways in; so one that only this device opens
 * is no backup, and is not written.
 */
export async function runAutoBackup(vault: Vault, options: { force: boolean }): Promise<void> {
  const { autoBackup } = await readSettings();
  const head = await vault.world.store.read();
  if (autoBackup === 'off' || head.state !== 'found') return;
  const { journal, clock } = vault.world;
  const before = await journal.read();
  const { revision, slots } = head.header;
  if (!options.force && before.autoBackup?.revision === revision) return;
  if (slots.every(({ type }) => type === 'device')) throw new ExtensionError('passphrase-missing');

  const now = clock();
  const name = `stepfill-vault-${new Date(now).toISOString().slice(0, 10)}.bin`;
  let good = false;
  try {
    if (autoBackup === 'folder') await writeToFolder(name, head.record);
    else await writeToDownloads(name, head.record);
    good = true;
  } finally {
    await journal.write({
      ...before,
      autoBackup: { at: now, revision: good ? revision : 0, good },
    });
  }
}

async function writeToFolder(name: string, bytes: Bytes): Promise<void> {
  try {
    const folder = await readFolder();
    if (!folder) throw new ExtensionError('backup-not-written');
    const file = await folder.getFileHandle(name, { create: true });
    const stream = await file.createWritable();
    await stream.write(bytes);
    await stream.close();
    const { size } = await file.getFile();
    if (size !== bytes.length) throw new ExtensionError('backup-not-written');
  } catch (error) {
    throw new ExtensionError('backup-not-written', { cause: error });
  }
}

async function writeToDownloads(name: string, bytes: Bytes): Promise<void> {
  try {
    const id = await browser.downloads.download({
      url: addressOf(bytes),
      filename: `Stepfill/${name}`,
      conflictAction: 'overwrite',
      saveAs: false,
    });
    await completed(id);
  } catch (error) {
    throw new ExtensionError('backup-not-written', { cause: error });
  }
}

/** `download` answers when it has begun. A full disk or a browser that forbids it shows only later. */
async function completed(id: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const [item] = await browser.downloads.search({ id });
    if (item?.state === 'complete') return;
    if (!item || item.state === 'interrupted') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new ExtensionError('backup-not-written');
}

/** A worker has no object URLs; Firefox, whose background is a page, takes no `data:` here. */
function addressOf(bytes: Bytes): string {
  if (typeof URL.createObjectURL === 'function') {
    return URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  }
  const base64 = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return `data:application/octet-stream;base64,${base64}`;
}
