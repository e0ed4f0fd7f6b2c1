import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'wxt';

interface Manifest {
  manifest_version: number;
  permissions: string[];
  optional_permissions?: string[];
  host_permissions?: string[];
  optional_host_permissions?: string[];
  content_scripts?: unknown[];
  web_accessible_resources?: unknown[];
  externally_connectable?: unknown;
  content_security_policy: { extension_pages: string };
}

const threatModel = readFileSync('docs/threat-model.md', 'utf8');

const permissions = ['activeTab', 'alarms', 'idle', 'scripting', 'storage', 'unlimitedStorage'];

/** What the threat model says each permission is for: the first column of its table. */
const documented = [...threatModel.matchAll(/^\| `([\w<>]+)` +\|/gm)].map(([, name]) => name);

describe.each(['chrome', 'firefox'])('the manifest for %s', (browser) => {
  let folder: string;
  let manifest: Manifest;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepfill-manifest-'));
    await build({ browser, manifestVersion: 3, outDir: folder });
    const file = path.join(folder, `${browser}-mv3`, 'manifest.json');
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('case 53: asks for these permissions and no others', () => {
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.permissions.toSorted()).toEqual(permissions);
    expect(manifest.optional_permissions ?? []).toEqual(['downloads']);
    expect(manifest.host_permissions ?? []).toEqual([]);
    expect(manifest.optional_host_permissions).toEqual(['<all_urls>']);
  });

  it('has a reason in the threat model for each of them', () => {
    const all = [
      ...manifest.permissions,
      ...(manifest.optional_permissions ?? []),
      ...(manifest.optional_host_permissions ?? []),
    ];
    expect(new Set(documented)).toEqual(new Set(all));
  });

  it('puts nothing into pages by itself, and shows pages nothing of its own', () => {
    expect(manifest.content_scripts ?? []).toEqual([]);
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
    expect(manifest.externally_connectable).toBeUndefined();
  });

  it('case 52: runs its own scripts only, and talks to nobody', () => {
    const policy = manifest.content_security_policy.extension_pages;
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(/\s+/);
        return [name, sources.join(' ')];
      }),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
    expect(directives.has('connect-src')).toBe(false);
    expect(directives.get('frame-ancestors')).toBe("'none'");
  });
});
