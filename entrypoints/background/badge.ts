import { browser } from '@/utils/browser';
import { t, type MessageKey } from '@/utils/i18n';
import type { FillRefusal } from '@/utils/messaging/protocol';

import type { FrameState } from './frames';

const ACCENT = '#0b6b5d';
const SIGNAL = '#b4450b';

interface Badge {
  text: string;
  color: string;
  title: MessageKey;
}

const quiet: Badge = { text: '', color: ACCENT, title: 'extension_name' };

/** What the toolbar says for each reason not to fill. A forgotten reason does not compile. */
const refused: Record<FillRefusal, Badge> = {
  'access-missing': quiet,
  'account-choice': { text: '?', color: ACCENT, title: 'badge_choice' },
  'account-missing': quiet,
  'already-filled': { text: '!', color: SIGNAL, title: 'refusal_already_filled' },
  'code-used': { text: '…', color: ACCENT, title: 'refusal_code_used' },
  'delivery-other': { text: '!', color: SIGNAL, title: 'badge_delivery_other' },
  'frame-foreign': { text: '!', color: SIGNAL, title: 'refusal_frame_foreign' },
  'page-insecure': { text: '!', color: SIGNAL, title: 'refusal_page_insecure' },
  'page-opaque': quiet,
  'site-related': { text: '?', color: ACCENT, title: 'refusal_site_related' },
  'vault-locked': { text: '🔒', color: ACCENT, title: 'badge_locked' },
};

export async function showBadge(tabId: number, frames: readonly FrameState[]): Promise<void> {
  const { text, color, title } = badgeOf(frames);
  await Promise.all([
    browser.action.setBadgeText({ tabId, text }),
    browser.action.setBadgeBackgroundColor({ tabId, color }),
    browser.action.setTitle({ tabId, title: t(title) }),
  ]);
}

function badgeOf(frames: readonly FrameState[]): Badge {
  if (frames.some(({ filled }) => filled)) {
    return { text: '•', color: ACCENT, title: 'badge_filled' };
  }
  const refusal = frames.find((frame) => frame.refusal !== undefined)?.refusal;
  return refusal ? refused[refusal] : quiet;
}
