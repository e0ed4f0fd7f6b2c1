import * as v from 'valibot';

export const journalSchema = v.object({
  /** When copies were healed without anybody asking. Milliseconds since the epoch, as all times here. */
  healedAt: v.exactOptional(v.number()),
  selfTest: v.exactOptional(v.object({ at: v.number(), good: v.boolean(), healed: v.boolean() })),
  autoBackup: v.exactOptional(
    v.object({ at: v.number(), revision: v.number(), good: v.boolean() }),
  ),
});

/** What the vault remembers about its own health. Nothing in it is secret. */
export type Journal = v.InferOutput<typeof journalSchema>;

export interface JournalStore {
  read(): Promise<Journal>;
  write(journal: Journal): Promise<void>;
}
