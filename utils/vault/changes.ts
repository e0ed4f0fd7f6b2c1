import { ExtensionError } from '../errors';
import type { StoredAccount, VaultContents } from './contents';

/** Changes of the contents that can be taken back. Pure but for the contents they are given. */

export const TRASH_MS = 30 * 24 * 3_600_000;
const MAX_UNDO = 20;
const UNDO_MS = 24 * 3_600_000;

/** Keeps what it takes to undo a change. Call it before the change. Returns the undo's id. */
export function rememberUndo(
  contents: VaultContents,
  change: { before: readonly StoredAccount[]; added: readonly string[] },
  now: number,
): string {
  const id = crypto.randomUUID();
  const before = structuredClone([...change.before]);
  contents.undo.push({ id, at: now, before, added: [...change.added] });
  contents.undo = contents.undo.slice(-MAX_UNDO).filter(({ at }) => now - at < UNDO_MS);
  return id;
}

/**
 * Takes one change back: what it altered or removed is as it was, what it added goes to the trash.
 * A counter never goes back, as its codes have been used.
 */
export function undo(contents: VaultContents, undoId: string, now: number): void {
  const entry = contents.undo.find(({ id }) => id === undoId);
  if (!entry) throw new ExtensionError('undo-expired');
  for (const account of entry.before) putBack(contents, account);
  for (const id of entry.added) discard(contents, id, now);
  contents.undo = contents.undo.filter(({ id }) => id !== undoId);
}

/** Moves an account to the trash. */
export function discard(contents: VaultContents, accountId: string, now: number): void {
  const account = contents.accounts.find(({ id }) => id === accountId);
  if (!account) return;
  contents.accounts = contents.accounts.filter(({ id }) => id !== accountId);
  contents.trash.push({ account, deletedAt: now });
}

/** Brings an account back from the trash. */
export function restore(contents: VaultContents, accountId: string): StoredAccount {
  const trashed = contents.trash.find(({ account }) => account.id === accountId);
  if (!trashed) throw new ExtensionError('account-missing');
  putBack(contents, trashed.account);
  return trashed.account;
}

/** Lets go of what has been in the trash for its time. Something from the future stays. */
export function purgeTrash(contents: VaultContents, now: number): void {
  contents.trash = contents.trash.filter(({ deletedAt }) => now - deletedAt < TRASH_MS);
}

/** Puts an account where it belongs, in place of what is there under its id. Counters only go forward. */
export function putBack(contents: VaultContents, account: StoredAccount): void {
  const trashed = contents.trash.find(({ account: { id } }) => id === account.id)?.account;
  const current = contents.accounts.find(({ id }) => id === account.id);
  const restored = { ...account };
  const counters = [account, trashed, current].map((each) => each?.counter ?? 0);
  if (account.type === 'hotp') restored.counter = Math.max(...counters);

  contents.trash = contents.trash.filter(({ account: { id } }) => id !== account.id);
  if (current) contents.accounts[contents.accounts.indexOf(current)] = restored;
  else contents.accounts.push(restored);
}
