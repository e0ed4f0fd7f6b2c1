import { openDB } from 'idb';

/**
 * The folder that a person chose for automatic copies. A handle cannot be sent in a message, so the
 * manager that asked for it puts it where the background finds it. It is no secret.
 */
async function database() {
  return openDB('stepfill-folder', 1, {
    upgrade(db) {
      db.createObjectStore('handles');
    },
  });
}

export async function keepFolder(handle: FileSystemDirectoryHandle): Promise<void> {
  const db = await database();
  await db.put('handles', handle, 'backup');
  db.close();
}

/** `undefined` when none was chosen, or the browser no longer lets us write there. */
export async function readFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  const db = await database();
  const handle: unknown = await db.get('handles', 'backup');
  db.close();
  return isFolder(handle) && (await mayWrite(handle)) ? handle : undefined;
}

function isFolder(value: unknown): value is FileSystemDirectoryHandle {
  return (
    typeof FileSystemDirectoryHandle === 'function' && value instanceof FileSystemDirectoryHandle
  );
}

async function mayWrite(handle: FileSystemDirectoryHandle): Promise<boolean> {
  // Asking is for the manager: here nobody could answer.
  if (!('queryPermission' in handle) || typeof handle.queryPermission !== 'function') return true;
  const state: unknown = await handle.queryPermission({ mode: 'readwrite' });
  return state === 'granted';
}
