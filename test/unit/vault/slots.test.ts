import { describe, expect, it } from 'vitest';

import { randomBytes } from '@/utils/bytes';
import {
  openKeySlot,
  openPassphraseSlot,
  sealKeySlot,
  sealPassphraseSlot,
  sealPasskeySlot,
  type PassphraseSlot,
  type Slot,
} from '@/utils/vault/slots';

const vaultKey = randomBytes(32);
// The least the format allows: these tests are about slots, not about cost.
const cheap = {
  algorithm: 'argon2id',
  memoryKib: 19 * 1024,
  iterations: 2,
  parallelism: 1,
} as const;

describe('a slot', () => {
  it('opens with its own key and with no other', async () => {
    const deviceKey = randomBytes(32);
    const slot = await sealKeySlot('vault', vaultKey, 'device', deviceKey);
    expect(await openKeySlot('vault', slot, deviceKey)).toEqual(vaultKey);
    expect(await openKeySlot('vault', slot, randomBytes(32))).toBeUndefined();
  });

  it('case 78: does not open in another vault', async () => {
    const deviceKey = randomBytes(32);
    const slot = await sealKeySlot('vault', vaultKey, 'device', deviceKey);
    expect(await openKeySlot('other', slot, deviceKey)).toBeUndefined();
  });

  it('case 73: does not open when its cost or name was changed', async () => {
    const slot = (await sealPassphraseSlot(
      'vault',
      vaultKey,
      'open sesame',
      cheap,
    )) as PassphraseSlot;
    const cheaper = { ...slot, kdf: { ...slot.kdf, memoryKib: slot.kdf.memoryKib + 1 } };
    expect(await openPassphraseSlot('vault', slot, 'open sesame')).toEqual(vaultKey);
    expect(await openPassphraseSlot('vault', cheaper, 'open sesame')).toBeUndefined();
    expect(await openPassphraseSlot('vault', { ...slot, id: 'x' }, 'open sesame')).toBeUndefined();
  });

  it('of a passkey is bound to the salt and the credential it was made with', async () => {
    const prf = randomBytes(32);
    const passkey = { credentialId: 'Y3JlZA', salt: 'c2FsdA', prf };
    const slot = await sealPasskeySlot('vault', vaultKey, passkey);
    expect(await openKeySlot('vault', slot, prf)).toEqual(vaultKey);
    expect(await openKeySlot('vault', { ...slot, salt: 'b3RoZXI' } as Slot, prf)).toBeUndefined();
  });
});
