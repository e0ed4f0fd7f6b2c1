import { t } from '@/utils/i18n';
import type { PageView } from '@/utils/messaging/protocol';

import type { Glyph } from './IconGlyph.vue';

/** The accounts to offer for a page: its own, else those of its related hosts. */
export function offeredAccounts({ own, related }: PageView): string[] {
  return own.length > 0 ? own : related;
}

/** The page wants a code that does not come from an authenticator. */
export function asksForOther({ asks }: PageView): boolean {
  return asks === 'sms' || asks === 'email' || asks === 'push';
}

/** A code may go to the page once the person says so. */
export function canFill({ asks, refusal }: PageView): boolean {
  return (
    (asks === 'authenticator' || asks === 'unknown') &&
    refusal !== 'page-insecure' &&
    refusal !== 'page-opaque'
  );
}

/** Whether there is anything to show for the page. */
export function concernsPage(page: PageView | undefined): page is PageView & { host: string } {
  return page?.host !== undefined && (page.asks !== 'nothing' || offeredAccounts(page).length > 0);
}

export interface Headline {
  icon: Glyph;
  tone: 'accent' | 'signal' | 'plain';
  text: string;
}

/** What the page asks for, in one line. */
export function pageHeadline(page: PageView & { host: string }): Headline {
  const { host, asks, purpose, filled } = page;
  if (filled) return { icon: 'check', tone: 'accent', text: t('page_filled', host) };
  switch (asks) {
    case 'authenticator':
      return purpose === 'enrollment'
        ? { icon: 'shield', tone: 'accent', text: t('page_asks_enrollment', host) }
        : { icon: 'shield', tone: 'accent', text: t('page_asks_authenticator', host) };
    case 'unknown':
      return { icon: 'shield', tone: 'accent', text: t('page_asks_unknown', host) };
    case 'sms':
      return { icon: 'message', tone: 'signal', text: t('page_asks_sms') };
    case 'email':
      return { icon: 'mail', tone: 'signal', text: t('page_asks_email') };
    case 'push':
      return { icon: 'phone', tone: 'signal', text: t('page_asks_push') };
    case 'nothing':
      return { icon: 'browser', tone: 'plain', text: t('page_asks_nothing', host) };
  }
}
