import { t } from '@/utils/i18n';
import type { VaultStatus } from '@/utils/messaging/protocol';

export interface TroubleText {
  title: string;
  explained: string;
}

/** Why nothing can be shown. Without a state it is the background that does not answer. */
export function troubleText(
  state: VaultStatus['state'] | undefined,
  missing?: number,
): TroubleText {
  if (state === 'lost' && missing !== undefined) {
    const explained =
      missing === 1 ? t('trouble_older_explained_one') : t('trouble_older_explained', missing);
    return { title: t('trouble_older_title'), explained };
  }
  switch (state) {
    case 'newer':
      return { title: t('trouble_newer_title'), explained: t('trouble_newer_explained') };
    case 'unreadable':
      return { title: t('trouble_unreadable_title'), explained: t('trouble_unreadable_explained') };
    case 'lost':
      return { title: t('trouble_lost_title'), explained: t('trouble_lost_explained') };
    default:
      return { title: t('trouble_silent_title'), explained: t('trouble_silent_explained') };
  }
}
