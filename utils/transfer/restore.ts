import type { StoredAccount } from '../vault/contents';
import type { BackupAccount } from './backup';

/** What restoring a backup does with one of its accounts. */
export interface RestoreChange {
  issuer: string;
  accountName: string;
  /** `other-secret`: the vault has another account of this name, which stays as it is beside it. */
  change: 'added' | 'same' | 'other-secret';
}

export interface RestorePlan {
  /** In the order of the backup. */
  changes: RestoreChange[];
  add: BackupAccount[];
  /** Accounts of the vault whose counter the backup has further on. */
  counters: { id: string; counter: number }[];
}

/**
 * What a backup adds to a vault. It only ever adds: of an account that is there already nothing
 * changes, its sites least of all, except that a counter goes forward. `takenIds` are those that
 * the vault uses besides: of the trash, say.
 */
export function planRestore(
  current: readonly StoredAccount[],
  backup: readonly BackupAccount[],
  takenIds: readonly string[] = [],
): RestorePlan {
  const codes = new Set(current.map(codesOf));
  const names = new Set(current.map(nameOf));
  const ids = new Set([...takenIds, ...current.map(({ id }) => id)]);
  const furthest = furthestCounters(backup);

  const changes: RestoreChange[] = [];
  const add: BackupAccount[] = [];
  for (const account of backup) {
    const { issuer, accountName } = account;
    if (codes.has(codesOf(account))) {
      changes.push({ issuer, accountName, change: 'same' });
      continue;
    }
    const change = names.has(nameOf(account)) ? 'other-secret' : 'added';
    changes.push({ issuer, accountName, change });
    const id = ids.has(account.id) ? crypto.randomUUID() : account.id;
    const counter = furthest.get(codesOf(account));
    add.push({ ...account, id, ...(counter !== undefined && { counter }) });
    // A backup may name an account twice, too.
    codes.add(codesOf(account));
    ids.add(id);
  }
  const counters = current.flatMap((account) => {
    const counter = furthest.get(codesOf(account)) ?? 0;
    return counter > (account.counter ?? 0) ? [{ id: account.id, counter }] : [];
  });
  return { changes, add, counters };
}

/** A counter that goes back gives codes that the site has seen. */
function furthestCounters(backup: readonly BackupAccount[]): Map<string, number> {
  const furthest = new Map<string, number>();
  for (const account of backup) {
    if (account.type !== 'hotp') continue;
    const codes = codesOf(account);
    furthest.set(codes, Math.max(furthest.get(codes) ?? 0, account.counter ?? 0));
  }
  return furthest;
}

/** Equal for two accounts that give the same codes. Names do not count: people change them. */
function codesOf({ type, secret, algorithm, digits, period }: StoredAccount): string {
  // RFC 4226 knows no period; what stands there in an HOTP account means nothing.
  return JSON.stringify([type, secret, algorithm, digits, type === 'hotp' ? 0 : period]);
}

function nameOf({ issuer, accountName }: StoredAccount): string {
  return JSON.stringify([issuer, accountName]);
}
