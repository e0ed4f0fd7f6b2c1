import * as v from 'valibot';

import { utf8, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import { migrate, type Migration } from './migrations/migrate';

/** The version of what is inside the record; the record's own format is counted apart. */
const CONTENTS_VERSION = 1;

/** From each past version to the one after it. A migration is a file of its own in `migrations/`. */
const migrations: Record<number, Migration> = {};

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

const trashedSchema = v.object({ account: accountSchema, deletedAt: v.number() });

/** What it takes to undo one change: the accounts as they were before it, and those it added. */
const undoSchema = v.object({
  id: v.string(),
  at: v.number(),
  before: v.array(accountSchema),
  added: v.array(v.string()),
});

const contentsSchema = v.object({
  version: v.optional(v.literal(CONTENTS_VERSION), CONTENTS_VERSION),
  accounts: v.array(accountSchema),
  trash: v.optional(v.array(trashedSchema), []),
  undo: v.optional(v.array(undoSchema), []),
  /** When a backup file was last opened again and found the same, in milliseconds since the epoch. */
  lastBackupAt: v.exactOptional(v.number()),
});

/** An account as the vault keeps it. */
export type StoredAccount = v.InferOutput<typeof accountSchema>;
export type Trashed = v.InferOutput<typeof trashedSchema>;
export type VaultContents = v.InferOutput<typeof contentsSchema>;

export const emptyContents = (): VaultContents => ({
  version: CONTENTS_VERSION,
  accounts: [],
  trash: [],
  undo: [],
});

/** A copy to be changed. Faster than a structured clone by far, which counts with thousands of accounts. */
export function copyContents({ accounts, trash, undo, ...rest }: VaultContents): VaultContents {
  return {
    ...rest,
    accounts: accounts.map(copyAccount),
    trash: trash.map(({ account, deletedAt }) => ({ account: copyAccount(account), deletedAt })),
    undo: undo.map(({ before, added, ...entry }) => ({
      ...entry,
      before: before.map(copyAccount),
      added: [...added],
    })),
  };
}

function copyAccount(account: StoredAccount): StoredAccount {
  return { ...account, sites: account.sites.map((site) => ({ ...site })) };
}

export function formatContents(contents: VaultContents): Bytes {
  return utf8.encode(JSON.stringify(contents));
}

/** Throws `vault-newer` for what a later version wrote, `vault-unreadable` for anything else it cannot read. */
export function parseContents(bytes: Uint8Array): VaultContents {
  const written: unknown = JSON.parse(utf8.decode(bytes));
  const checked = v.safeParse(contentsSchema, migrate(written, migrations, CONTENTS_VERSION));
  if (!checked.success) throw new ExtensionError('vault-unreadable');
  return checked.output;
}
