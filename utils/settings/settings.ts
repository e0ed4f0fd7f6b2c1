import * as v from 'valibot';

import type { Settings } from '../messaging/protocol';

const minutes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7 * 24 * 60));
const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650));
const place = v.picklist(['off', 'downloads', 'folder']);

/** Every value has a default, so that settings written by another version are read as far as they go. */
export const settingsSchema = v.object({
  lockAfterMinutes: v.optional(v.fallback(minutes, 15), 15),
  lockOnSystemLock: v.optional(v.fallback(v.boolean(), true), true),
  backupReminderDays: v.optional(v.fallback(days, 90), 90),
  autoBackup: v.optional(v.fallback(place, 'off'), 'off'),
});

export const settingsChange = v.strictObject({
  lockAfterMinutes: v.exactOptional(minutes),
  lockOnSystemLock: v.exactOptional(v.boolean()),
  backupReminderDays: v.exactOptional(days),
  autoBackup: v.exactOptional(place),
});

export function parseSettings(value: unknown): Settings {
  const checked = v.safeParse(settingsSchema, value ?? {});
  return checked.success ? checked.output : v.parse(settingsSchema, {});
}
