import { browser } from '@/utils/browser';
import type { Handlers } from '@/utils/messaging/handler';
import type { PageView } from '@/utils/messaging/protocol';
import { matchSite } from '@/utils/sites/match';
import { permissionPattern, readOrigin, type PageOrigin } from '@/utils/sites/origin';
import type { StoredAccount } from '@/utils/vault/contents';

import type { FillWorld } from '../authorize-fill';
import { readFrames } from '../frames';
import { injectContentScript } from '../registration';

export function pageHandlers(world: FillWorld): Handlers<'page'> {
  return {
    'page.get': async ({ tabId }) => {
      const { url } = await browser.tabs.get(tabId);
      const page = readOrigin(url);
      if (!page) return nowhere;
      // On a page without standing access, opening the popup is what lets us look.
      await injectContentScript(tabId).catch(() => undefined);
      return viewOf(world, page, tabId);
    },
  };
}

const nowhere: PageView = {
  access: false,
  asks: 'nothing',
  own: [],
  related: [],
  filled: false,
};

async function viewOf(world: FillWorld, page: PageOrigin, tabId: number): Promise<PageView> {
  const frames = await readFrames(tabId);
  // What was reported by a document that is gone says nothing about this one.
  const current = frames.filter(
    ({ frameId, state }) => frameId !== 0 || state.origin === page.origin,
  );
  const asking = current.find(({ state }) => state.report.fields > 0) ?? current[0];
  const { state } = await world.vault.status();
  const accounts = state === 'unlocked' ? (await world.vault.read()).accounts : [];
  const report = asking?.state.report;
  const asks = report && (report.fields > 0 || report.delivery !== 'unknown');
  return {
    host: page.host,
    access: await world.hasAccess(permissionPattern(page.host)),
    asks: asks ? report.delivery : 'nothing',
    ...(asks && { purpose: report.purpose }),
    own: idsOf(accounts, page, 'own'),
    related: idsOf(accounts, page, 'related'),
    filled: asking?.state.filled ?? false,
    ...(asking?.state.refusal && { refusal: asking.state.refusal }),
  };
}

/** Last used first. */
function idsOf(
  accounts: readonly StoredAccount[],
  page: PageOrigin,
  relation: 'own' | 'related',
): string[] {
  return accounts
    .filter(({ sites }) => matchSite(sites, page) === relation)
    .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
    .map(({ id }) => id);
}
