import { browser } from '@/utils/browser';
import { keepFolder } from '@/utils/files/backup-folder';

type Picker = (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

/** Chromium lets an extension write into a folder that the person points at; Firefox does not. */
export function hasFolders(): boolean {
  return typeof Reflect.get(globalThis, 'showDirectoryPicker') === 'function';
}

/** Has the person choose a folder. `false` when they chose none. */
export async function chooseFolder(): Promise<boolean> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- not in TypeScript's own library yet
  const pick = Reflect.get(globalThis, 'showDirectoryPicker') as Picker;
  try {
    await keepFolder(await pick({ mode: 'readwrite' }));
    return true;
  } catch {
    // Closing the browser's dialog is no failure.
    return false;
  }
}

/** Has the browser ask whether Stepfill may write into the downloads. Call it inside a click. */
export async function requestDownloads(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['downloads'] });
}
