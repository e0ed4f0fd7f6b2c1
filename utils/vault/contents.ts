import * as v from 'valibot';

import { utf8, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';

const siteSchema = v.object({
  host: v.string(),
  scope: v.picklist(['host', 'domain']),
  source: v.picklist(['captured', 'used', 'imported', 'typed']),
});

const accountSchema = v.object({
  id: v.string(),
  type: v.picklist(['totp', 'hotp', 'steam', 'yandex', 'motp']),
  issuer: v.string(),
  accountName: v.string(),
  secret: v.string(),
  /** As it was typed or read, which is what other tools are fed with: grouping and case included. */
  typedSecret: v.string(),
  algorithm: v.picklist(['SHA1', 'SHA256', 'SHA512']),
  digits: v.number(),
  period: v.number(),
  counter: v.exactOptional(v.number()),
  sites: v.array(siteSchema),
  /** Milliseconds since the epoch. */
  createdAt: v.number(),
  lastUsedAt: v.exactOptional(v.number()),
  /** When a site was first seen to move on after a code of this account. */
  confirmedAt: v.exactOptional(v.number()),
});

const contentsSchema = v.object({ accounts: v.array(accountSchema) });

/** An account as the vault keeps it. */
export type StoredAccount = v.InferOutput<typeof accountSchema>;
export type VaultContents = v.InferOutput<typeof contentsSchema>;

export const emptyContents = (): VaultContents => ({ accounts: [] });

export function formatContents(contents: VaultContents): Bytes {
  return utf8.encode(JSON.stringify(contents));
}

export function parseContents(bytes: Uint8Array): VaultContents {
  const checked = v.safeParse(contentsSchema, JSON.parse(utf8.decode(bytes)));
  if (!checked.success) throw new ExtensionError('vault-unreadable');
  return checked.output;
}
