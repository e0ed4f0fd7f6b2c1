import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function createProfile(): string {
  return mkdtempSync(path.join(tmpdir(), 'stepfill-profile-'));
}

export function removeProfile(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Every file of a profile in which one of the byte sequences occurs, with the sequence's name. */
export function searchProfile(folder: string, needles: Record<string, Buffer>): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      return Object.entries(needles)
        .filter(([, needle]) => bytes.includes(needle))
        .map(([name]) => `${path.relative(folder, file)}: ${name}`);
    });
}

/** A secret in every form in which it might reach the disk. */
export function secretNeedles(base32: string, raw: Buffer): Record<string, Buffer> {
  const texts = {
    base32,
    'base32, lower case': base32.toLowerCase(),
    hex: raw.toString('hex'),
    HEX: raw.toString('hex').toUpperCase(),
    base64: raw.toString('base64').replace(/=+$/, ''),
    base64url: raw.toString('base64url'),
  };
  const needles: Record<string, Buffer> = { 'raw bytes': raw };
  for (const [name, text] of Object.entries(texts)) {
    needles[name] = Buffer.from(text);
    needles[`${name}, UTF-16`] = Buffer.from(text, 'utf16le');
  }
  return needles;
}
