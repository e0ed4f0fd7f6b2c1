import { fromBase64Url, randomBytes, type Bytes } from '../bytes';
import { ExtensionError } from '../errors';
import { parseContents, type VaultContents } from './contents';
import { openRecord, readHeader, type RecordHeader } from './record';
import { formatRecoveryCode, matchesGroups, parseRecoveryCode } from './recovery-code';
import {
  defaultKdf,
  openKeySlot,
  openPassphraseSlot,
  sealKeySlot,
  sealPasskeySlot,
  sealPassphraseSlot,
  type Kdf,
  type Slot,
} from './slots';
import type { Vault } from './vault';

/** The ways into the vault: setting, using and removing each. */

/** Shorter ones are guessed in minutes, whatever the KDF costs. */
const MIN_PASSPHRASE_LENGTH = 8;
const MIN_PIN_LENGTH = 4;
const PIN_TRIES = 5;
/** A PIN guards memory that is gone with the browser, and five guesses do not need a dear KDF. */
const pinKdf = { ...defaultKdf, memoryKib: 19 * 1024, iterations: 2 };

export async function setPassphrase(
  vault: Vault,
  options: {
    passphrase: string;
    current: string | undefined;
    keepDevice: boolean;
    cost?: Omit<Kdf, 'salt'>;
  },
): Promise<void> {
  const { passphrase, current, keepDevice, cost } = options;
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) throw new ExtensionError('passphrase-short');
  await vault.changeSlots(async (header, vaultKey) => {
    const { vaultId, slots } = header;
    if (slots.some(({ type }) => type === 'passphrase')) {
      const known = await openWithPassphrase(header, current ?? '');
      if (!known) throw new ExtensionError('passphrase-wrong');
    }
    const kept = slots.filter(
      ({ type }) => type !== 'passphrase' && (type !== 'device' || keepDevice),
    );
    return [...kept, await sealPassphraseSlot(vaultId, vaultKey, passphrase, cost)];
  });
}

export function unlockWithPassphrase(vault: Vault, passphrase: string): Promise<void> {
  return vault.unlockWith((header) => openWithPassphrase(header, passphrase), 'passphrase-wrong');
}

export async function addPasskey(
  vault: Vault,
  passkey: { credentialId: string; salt: string; prf: string },
): Promise<void> {
  const prf = readPrf(passkey.prf);
  await vault.changeSlots(async ({ vaultId, slots }, vaultKey) => [
    ...slots,
    await sealPasskeySlot(vaultId, vaultKey, { ...passkey, prf }),
  ]);
}

export async function unlockWithPasskey(
  vault: Vault,
  passkey: { credentialId: string; prf: string },
): Promise<void> {
  const prf = readPrf(passkey.prf);
  await vault.unlockWith(async ({ vaultId, slots }) => {
    const slot = slots.find(
      (each) => each.type === 'passkey' && each.credentialId === passkey.credentialId,
    );
    return slot && openKeySlot(vaultId, slot, prf);
  }, 'passkey-wrong');
}

/** A fresh code, which opens nothing before {@link confirmRecoveryCode}. */
export async function createRecoveryCode(vault: Vault): Promise<string> {
  await vault.requireKey();
  const key = randomBytes(20);
  await vault.world.session.pendingRecovery.write(key);
  return formatRecoveryCode(key);
}

/** Stores the slot of the code that was shown, in place of an earlier one's. */
export async function confirmRecoveryCode(
  vault: Vault,
  groups: readonly [string, string],
): Promise<void> {
  const { pendingRecovery } = vault.world.session;
  const key = await pendingRecovery.read();
  if (!key || !matchesGroups(await formatRecoveryCode(key), groups)) {
    throw new ExtensionError('recovery-groups-wrong');
  }
  await vault.changeSlots(async ({ vaultId, slots }, vaultKey) => [
    ...slots.filter(({ type }) => type !== 'recovery'),
    await sealKeySlot(vaultId, vaultKey, 'recovery', key),
  ]);
  await pendingRecovery.remove();
}

export async function unlockWithRecoveryCode(vault: Vault, typed: string): Promise<void> {
  const key = await parseRecoveryCode(typed);
  if (!key) throw new ExtensionError('recovery-code-wrong');
  await vault.unlockWith((header) => openWithKey(header, 'recovery', key), 'recovery-code-wrong');
}

/** What a copy of a record holds, opened by its own passphrase or recovery code. */
export async function openRecordCopy(record: Bytes, typed: string): Promise<VaultContents> {
  const header = readHeader(record);
  const code = await parseRecoveryCode(typed);
  const vaultKey =
    (code && (await openWithKey(header, 'recovery', code))) ??
    (await openWithPassphrase(header, typed));
  if (!vaultKey) throw new ExtensionError('backup-passphrase-wrong');
  return parseContents((await openRecord(record, vaultKey)).plaintext);
}

/** Takes one way in away, as long as another is left. */
export async function removeSlot(vault: Vault, slotId: string): Promise<void> {
  await vault.changeSlots(async ({ slots }) => {
    const left = slots.filter(({ id }) => id !== slotId);
    if (left.length === 0) throw new ExtensionError('slot-last');
    return left;
  });
}

/** Keeps the unlocked vault key under a PIN, in the browser's memory alone. An empty PIN ends that. */
export async function setPin(vault: Vault, pin: string): Promise<void> {
  const { header, vaultKey } = await vault.requireKey();
  if (pin === '') return vault.world.session.writePin(undefined);
  if (pin.length < MIN_PIN_LENGTH) throw new ExtensionError('pin-short');
  const slot = await sealPassphraseSlot(header.vaultId, vaultKey, pin, pinKdf);
  await vault.world.session.writePin({ slot, triesLeft: PIN_TRIES });
}

export async function unlockWithPin(vault: Vault, pin: string): Promise<void> {
  const { session } = vault.world;
  const kept = await session.readPin();
  if (kept?.slot.type !== 'passphrase') throw new ExtensionError('pin-wrong');
  const { slot, triesLeft } = kept;
  // Counted before it is tried, so that stopping the worker in between wins nothing.
  await session.writePin(triesLeft > 1 ? { slot, triesLeft: triesLeft - 1 } : undefined);
  await vault.unlockWith(
    async ({ vaultId }) => (pin === '' ? undefined : openPassphraseSlot(vaultId, slot, pin)),
    'pin-wrong',
  );
  await session.writePin({ slot, triesLeft: PIN_TRIES });
}

async function openWithPassphrase(
  { vaultId, slots }: RecordHeader,
  passphrase: string,
): Promise<Bytes | undefined> {
  // The KDF refuses to stretch nothing.
  if (passphrase === '') return undefined;
  for (const slot of slots) {
    if (slot.type !== 'passphrase') continue;
    const vaultKey = await openPassphraseSlot(vaultId, slot, passphrase);
    if (vaultKey) return vaultKey;
  }
  return undefined;
}

async function openWithKey(
  { vaultId, slots }: RecordHeader,
  type: Slot['type'],
  key: Bytes,
): Promise<Bytes | undefined> {
  for (const slot of slots) {
    const vaultKey = slot.type === type ? await openKeySlot(vaultId, slot, key) : undefined;
    if (vaultKey) return vaultKey;
  }
  return undefined;
}

/** Authenticators give 32 bytes; anything else is not their answer. */
function readPrf(text: string): Bytes {
  const prf = fromBase64Url(text);
  if (prf?.length !== 32) throw new ExtensionError('passkey-wrong');
  return prf;
}
