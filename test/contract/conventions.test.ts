import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { signals } from '@/utils/detect/signals';

const folders = ['components', 'composables', 'entrypoints', 'utils'];

function sources(pattern: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(folder, file))
      .filter((file) => pattern.test(file)),
  );
}

/** Files in which a pattern occurs, for a message that says where. */
function filesWith(pattern: RegExp, files: string[]): string[] {
  return files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
}

describe('the source', () => {
  const all = sources(/\.(?:ts|vue)$/);

  it('case 63: writes text as text, in templates as well', () => {
    expect(filesWith(/v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/, all)).toEqual(
      [],
    );
  });

  it('case 52: compiles no code at run time', () => {
    expect(filesWith(/\beval\(|new Function\(/, all)).toEqual([]);
  });

  it('case 43: listens to no other extension', () => {
    expect(filesWith(/onMessageExternal|onConnectExternal|externally_connectable/, all)).toEqual(
      [],
    );
  });

  it('case 44: listens to no message of a page', () => {
    expect(filesWith(/(?<!worker\.)addEventListener\(\s*'message'|onmessage\s*=/, all)).toEqual([]);
  });

  it('asks nobody on the network', () => {
    expect(filesWith(/\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon/, all)).toEqual([]);
  });

  it('stands before nobody with a dialog of the browser', () => {
    expect(filesWith(/\b(?:alert|confirm|prompt)\(/, all)).toEqual([]);
  });

  it('case 17: hands codes to pages in one place', () => {
    const givers = filesWith(/\bauthorizeFill\(/, all).toSorted();
    expect(givers).toEqual([
      'entrypoints/background/authorize-fill.ts',
      'entrypoints/background/handlers/fill.ts',
    ]);
  });

  it('meets the extension’s storage in utils/storage alone', () => {
    const users = filesWith(/browser\.storage|chrome\.storage/, all);
    expect(users.filter((file) => !file.startsWith('utils/storage/'))).toEqual([]);
  });
});

describe('the signals', () => {
  const documentation = readFileSync('docs/detection.md', 'utf8');
  const files = readdirSync('utils/detect/signals')
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => name !== 'index')
    .toSorted();

  it('are all in the registry, under the names of their files', () => {
    expect(Object.keys(signals).toSorted()).toEqual(files);
  });

  it.each(files)('%s is described in docs/detection.md', (name) => {
    expect(documentation).toContain(`\`${name}\``);
  });
});
