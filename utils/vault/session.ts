import * as v from 'valibot';

import { slotSchema } from './slots';
import type { KeyStore } from './store';

export const pinSchema = v.object({
  /** The vault key under the PIN: a slot like any other, but one that is never on disk. */
  slot: slotSchema,
  triesLeft: v.number(),
});

export type Pin = v.InferOutput<typeof pinSchema>;

/** What outlives a stop of the worker but not the browser. */
export interface VaultSession {
  key: KeyStore;
  /** A recovery code that was shown and not yet typed back. */
  pendingRecovery: KeyStore;
  /** When the person locked the vault, in milliseconds since the epoch. */
  readLockedAt(): Promise<number | undefined>;
  writeLockedAt(time: number | undefined): Promise<void>;
  readPin(): Promise<Pin | undefined>;
  writePin(pin: Pin | undefined): Promise<void>;
}
