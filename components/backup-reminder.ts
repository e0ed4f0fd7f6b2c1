import { t } from '@/utils/i18n';
import type { Settings, VaultHealth } from '@/utils/messaging/protocol';

const DAY_MS = 86_400_000;

/** That there is no recent backup, where there is something to lose and the person wants to hear it. */
export function backupReminder(
  health: VaultHealth | undefined,
  settings: Settings | undefined,
  now: number,
): string | undefined {
  if (!health || !settings) return undefined;
  const { backupReminderDays: days } = settings;
  if (days === 0 || health.accounts === 0) return undefined;
  if (health.lastBackupAt === undefined) return t('backup_reminder_never');
  const age = Math.floor((now - health.lastBackupAt) / DAY_MS);
  return age >= days ? t('backup_reminder_days', age) : undefined;
}
