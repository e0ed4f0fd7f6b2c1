import { t, type MessageKey } from '@/utils/i18n';
import type { FillRefusal } from '@/utils/messaging/protocol';

const sentences = {
  'access-missing': 'refusal_access_missing',
  'account-choice': 'refusal_account_choice',
  'account-missing': 'refusal_account_missing',
  'already-filled': 'refusal_already_filled',
  'code-used': 'refusal_code_used',
  'delivery-other': 'refusal_delivery_other',
  'frame-foreign': 'refusal_frame_foreign',
  'page-insecure': 'refusal_page_insecure',
  'page-opaque': 'refusal_page_opaque',
  'site-related': 'refusal_site_related',
  'vault-locked': 'refusal_vault_locked',
} as const satisfies Record<FillRefusal, MessageKey>;

/** Why nothing was filled, as a sentence. */
export function refusalText(refusal: FillRefusal): string {
  return t(sentences[refusal]);
}
