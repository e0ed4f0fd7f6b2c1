import { fromBase64Url, toBase64Url } from '@/utils/bytes';
import { send } from '@/utils/messaging/client';
import type { BackupFile, ChangeReceipt, RestorePreview } from '@/utils/messaging/protocol';

/** What is larger is no backup of ours, and would not pass through a message. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

export interface TransferFace {
  /** Makes a backup and hands it to the browser's downloads. */
  backup: (passphrase: string) => Promise<BackupFile>;
  /** The stored record as it is, to the browser's downloads. */
  exportRecord: () => Promise<BackupFile>;
  preview: (file: Blob, passphrase: string) => Promise<RestorePreview>;
  restore: (previewId: string) => Promise<ChangeReceipt>;
  /** Writes an automatic copy now. */
  runAutoBackup: () => Promise<void>;
}

/** Files in and out. */
export function useTransfer(download = downloadFile): TransferFace {
  return {
    async backup(passphrase) {
      const backup = await send('transfer.backup', { passphrase });
      download(backup);
      return backup;
    },
    async exportRecord() {
      const record = await send('transfer.exportRecord');
      download(record);
      return record;
    },
    async preview(file, passphrase) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return await send('transfer.preview', { file: toBase64Url(bytes), passphrase });
    },
    restore: (previewId) => send('transfer.restore', { previewId }),
    runAutoBackup: () => send('transfer.runAutoBackup'),
  };
}

function downloadFile({ fileName, file }: BackupFile): void {
  const bytes = fromBase64Url(file);
  if (!bytes) throw new Error('the file is no base64url');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = fileName;
  link.click();
  // Browsers read the address after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
