import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** What happens to the files of a store while the browser is closed. */
export interface Damage {
  name: string;
  apply(folder: string): void;
}

const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name));

const LOG = /\.log$/;

/** Every row of the corruption matrix, for Chromium's LevelDB. */
export const levelDbDamages: readonly Damage[] = [
  {
    name: 'CURRENT garbled',
    apply: (folder) => writeFileSync(path.join(folder, 'CURRENT'), 'nonsense\n'),
  },
  {
    name: 'MANIFEST removed',
    apply: (folder) => filesIn(folder, /^MANIFEST/).forEach((file) => rmSync(file)),
  },
  {
    name: 'log truncated to half',
    apply: (folder) =>
      filesIn(folder, LOG).forEach((file) =>
        truncateSync(file, Math.floor(readFileSync(file).length / 2)),
      ),
  },
  {
    name: 'one byte flipped in the log',
    apply: (folder) =>
      filesIn(folder, LOG).forEach((file) => {
        const bytes = readFileSync(file);
        const middle = Math.floor(bytes.length / 2);
        if (bytes.length > 0) bytes.writeUInt8((bytes.readUInt8(middle) + 1) % 256, middle);
        writeFileSync(file, bytes);
      }),
  },
  {
    name: 'log zeroed',
    apply: (folder) =>
      filesIn(folder, LOG).forEach((file) =>
        writeFileSync(file, Buffer.alloc(readFileSync(file).length)),
      ),
  },
  {
    name: 'log removed',
    apply: (folder) => filesIn(folder, LOG).forEach((file) => rmSync(file)),
  },
  { name: 'folder removed', apply: (folder) => rmSync(folder, { recursive: true }) },
];

/** For Firefox's SQLite. */
export const sqliteDamages: readonly Damage[] = [
  {
    name: 'truncated to half',
    apply: (folder) =>
      sqliteFiles(folder).forEach((file) =>
        truncateSync(file, Math.floor(readFileSync(file).length / 2)),
      ),
  },
  {
    name: 'emptied',
    apply: (folder) => sqliteFiles(folder).forEach((file) => truncateSync(file, 0)),
  },
  { name: 'folder removed', apply: (folder) => rmSync(folder, { recursive: true }) },
];

function sqliteFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.sqlite(?:-wal)?$/.test(name))
    .map((name) => path.join(folder, name));
}

/** Where the browsers keep the two stores of an extension. */
export const stores = {
  chromium: (profile: string) => ({
    local: findFolder(path.join(profile, 'Default', 'Local Extension Settings'), /./),
    database: findFolder(
      path.join(profile, 'Default', 'IndexedDB'),
      /^chrome-extension_.*leveldb$/,
    ),
  }),
  firefox: (profile: string) => ({
    local: findFolder(path.join(profile, 'storage', 'default'), /^moz-extension.*userContextId/),
    database: findFolder(path.join(profile, 'storage', 'default'), /^moz-extension[^^]*$/),
  }),
};

function findFolder(parent: string, pattern: RegExp): string {
  const name = existsSync(parent) && readdirSync(parent).find((entry) => pattern.test(entry));
  if (!name) throw new Error(`no store of the extension in ${parent}`);
  return path.join(parent, name);
}

export function copyProfile(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
