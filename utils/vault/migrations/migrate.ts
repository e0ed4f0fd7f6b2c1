import * as v from 'valibot';

import { ExtensionError } from '../../errors';

/** Contents of one version to contents of the next. Pure: the same in, the same out, nothing else touched. */
export type Migration = (contents: unknown) => unknown;

const versioned = v.looseObject({ version: v.optional(v.pipe(v.number(), v.integer()), 1) });

/**
 * Brings contents to `target`, one version at a time. Contents of the target version come back as
 * they are, so running it twice changes nothing; later ones are refused, never guessed at.
 */
export function migrate(
  contents: unknown,
  migrations: Record<number, Migration>,
  target: number,
): unknown {
  const checked = v.safeParse(versioned, contents);
  if (!checked.success || Array.isArray(contents)) throw new ExtensionError('vault-unreadable');
  const { version } = checked.output;
  if (version === target) return contents;
  if (version > target) throw new ExtensionError('vault-newer');
  const step = migrations[version];
  if (!step) throw new ExtensionError('vault-unreadable');
  return migrate(step(contents), migrations, target);
}
