import { browser } from '@/utils/browser';
import { fromBase64Url, toBase64Url, utf8, type Bytes } from '@/utils/bytes';
import { ExtensionError } from '@/utils/errors';
import type { Handlers } from '@/utils/messaging/handler';
import { openBackup, sealBackup, verifyBackup, type Backup } from '@/utils/transfer/backup';
import { planRestore } from '@/utils/transfer/restore';
import { rememberUndo } from '@/utils/vault/changes';
import { readHeader } from '@/utils/vault/record';
import type { Vault } from '@/utils/vault/vault';
import { openRecordCopy } from '@/utils/vault/ways-in';

import { runAutoBackup } from '../auto-backup';

/** A backup that was opened waits this long for the person's word, in this worker's memory alone. */
const PATIENCE_MS = 10 * 60_000;

export function transferHandlers(
  vault: Vault,
  clock: () => number,
  changed: () => Promise<void>,
): Handlers<'transfer'> {
  let preview: { id: string; backup: Backup; expiresAt: number } | undefined;

  return {
    'transfer.backup': async ({ passphrase }) => {
      if (passphrase.length < 8) throw new ExtensionError('passphrase-short');
      const { accounts } = await vault.read();
      const now = clock();
      const file = await sealBackup(accounts, passphrase, now);
      await verifyBackup(file, passphrase, accounts, now);
      await vault.change((contents) => {
        contents.lastBackupAt = now;
      });
      await changed();
      return {
        fileName: `stepfill-${dayOf(now)}.age`,
        file: toBase64Url(file),
        accounts: accounts.length,
      };
    },

    'transfer.preview': async ({ file, passphrase }) => {
      const { accounts } = await vault.read();
      const bytes = fromBase64Url(file);
      if (!bytes) throw new ExtensionError('backup-unreadable');
      const backup = isRecord(bytes)
        ? await openCopy(bytes, passphrase)
        : await openBackup(bytes, passphrase);
      preview = { id: crypto.randomUUID(), backup, expiresAt: clock() + PATIENCE_MS };
      const { changes } = planRestore(accounts, backup.accounts);
      return { previewId: preview.id, createdAt: backup.createdAt, accounts: changes };
    },

    'transfer.restore': async ({ previewId }) => {
      if (preview?.id !== previewId || clock() > preview.expiresAt) {
        throw new ExtensionError('preview-expired');
      }
      const { backup } = preview;
      const undoId = await vault.change((contents) => {
        // Planned again: the vault may have changed since the preview.
        const trashed = contents.trash.map(({ account }) => account.id);
        const { add, counters } = planRestore(contents.accounts, backup.accounts, trashed);
        const added = add.map(({ id }) => id);
        const id = rememberUndo(contents, { before: [], added }, clock());
        for (const { id: accountId, counter } of counters) {
          const account = contents.accounts.find((each) => each.id === accountId);
          if (account) account.counter = counter;
        }
        contents.accounts.push(...add);
        return id;
      }, 'import');
      preview = undefined;
      await changed();
      return { undoId };
    },

    'transfer.runAutoBackup': () => runAutoBackup(vault, { force: true }),

    'transfer.exportRecord': async () => {
      const { copies } = await vault.world.store.read();
      const copy = copies.find(({ record }) => record !== undefined);
      if (!copy?.record) throw new ExtensionError('vault-lost');
      const { name } = browser.runtime.getManifest();
      return {
        fileName: `${name.toLowerCase()}-vault-${dayOf(clock())}.bin`,
        file: toBase64Url(copy.record),
        accounts: 0,
      };
    },
  };
}

/** The file begins as a sealed record does, and not as an age file. */
function isRecord(bytes: Bytes): boolean {
  return utf8.encode('STEPFILL').every((byte, index) => bytes[index] === byte);
}

async function openCopy(bytes: Bytes, passphrase: string): Promise<Backup> {
  const { accounts } = await openRecordCopy(bytes, passphrase);
  return { createdAt: readHeader(bytes).writtenAt, accounts };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
