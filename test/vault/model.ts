import fc from 'fast-check';
import { expect } from 'vitest';

import { toBase64Url } from '@/utils/bytes';
import { discard, rememberUndo, undo } from '@/utils/vault/changes';
import type { VaultContents } from '@/utils/vault/contents';
import type { Vault } from '@/utils/vault/vault';
import { addPasskey, removeSlot } from '@/utils/vault/ways-in';

import { aStoredAccount, aVault, aVaultWorld, type TestWorld } from '../builders';
import type { Fault } from './disk';

/** Of each half; `npm run test:vault` runs both. */
const RUNS = Number(process.env.STEPFILL_MODEL_RUNS ?? 10_000);

type Command =
  | { do: 'add'; id: string }
  | { do: 'rename'; name: string }
  | { do: 'remove' }
  | { do: 'undo' }
  | { do: 'import'; id: string }
  | { do: 'add-passkey' }
  | { do: 'remove-passkey' };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), id: fc.uuid() }),
  fc.record({ do: fc.constant('rename' as const), name: fc.string({ maxLength: 8 }) }),
  fc.record({ do: fc.constant('remove' as const) }),
  fc.record({ do: fc.constant('undo' as const) }),
  fc.record({ do: fc.constant('import' as const), id: fc.uuid() }),
  fc.record({ do: fc.constant('add-passkey' as const) }),
  fc.record({ do: fc.constant('remove-passkey' as const) }),
);

const now = 1_700_000_000_000;
const prf = toBase64Url(new Uint8Array(32).fill(3));

async function run(vault: Vault, todo: Command): Promise<void> {
  if (todo.do === 'add-passkey') {
    return addPasskey(vault, { credentialId: 'Y3JlZA', salt: prf, prf });
  }
  if (todo.do === 'remove-passkey') {
    const passkey = (await vault.status()).slots.find(({ type }) => type === 'passkey');
    return passkey && removeSlot(vault, passkey.id);
  }
  await vault.change(
    (contents) => apply(contents, todo),
    todo.do === 'import' ? 'import' : 'recent',
  );
}

function apply(contents: VaultContents, todo: Command): void {
  const [first] = contents.accounts;
  const last = contents.undo.at(-1);
  if (todo.do === 'add' || todo.do === 'import') {
    contents.accounts.push(aStoredAccount({ id: todo.id }));
  } else if (todo.do === 'undo' && last) {
    undo(contents, last.id, now);
  } else if (first) {
    rememberUndo(contents, { before: [first], added: [] }, now);
    if (todo.do === 'rename') first.issuer = todo.name;
    if (todo.do === 'remove') discard(contents, first.id, now);
  }
}

/** What a person would find: the accounts, the trash, and which ways in there are. */
async function observe(vault: Vault): Promise<string> {
  const { accounts, trash } = await vault.read();
  const { slots } = await vault.status();
  return JSON.stringify([accounts, trash, slots.map(({ type }) => type).toSorted()]);
}

/** The machine goes down and comes back: the worker and the browser's memory are new, the disk is not. */
function restart(world: TestWorld): Vault {
  world.disk.reboot();
  return aVault({ ...aVaultWorld(() => now, world.disk), deviceKey: world.deviceKey });
}

/**
 * Every sequence of changes, with the machine going down at any operation of the disk: what is found
 * afterwards is the state before or after the change that was under way, and all that was
 * acknowledged is in it.
 */
export async function checkModel(kinds: readonly Fault['kind'][]): Promise<void> {
  const fault = fc.record({ at: fc.nat({ max: 30 }), kind: fc.constantFrom(...kinds) });
  const property = fc.asyncProperty(
    fc.array(command, { minLength: 1, maxLength: 4 }),
    fault,
    async (commands, planned) => {
      const world = aVaultWorld(() => now);
      let vault = aVault(world);
      let before = await observe(vault);
      let allowed = [before];
      world.disk.operations = 0;
      world.disk.fault = planned;
      for (const todo of commands) {
        const untouched = world.disk.copy();
        await run(vault, todo).catch((error: unknown) => {
          if (!world.disk.crashed) throw error;
        });
        if (world.disk.crashed) {
          // A dead process has acknowledged nothing, whatever its code went on to return.
          allowed = [before, await afterwards({ ...world, disk: untouched }, todo)];
          break;
        }
        before = await observe(vault);
        allowed = [before];
      }
      vault = restart(world);
      expect(allowed).toContain(await observe(vault));
      // And it goes on working.
      await run(vault, { do: 'add', id: 'afterwards' });
      expect((await vault.read()).accounts.map(({ id }) => id)).toContain('afterwards');
    },
  );
  await fc.assert(property, { numRuns: RUNS });
}

async function afterwards(world: TestWorld, todo: Command): Promise<string> {
  const vault = restart(world);
  await run(vault, todo).catch(() => undefined);
  return observe(vault);
}
