import { browser } from '@/utils/browser';

const SCRIPT_ID = 'otp';
const SCRIPT_FILE = 'content-scripts/otp.js';

/**
 * Keeps the content script registered for exactly the sites that the person granted. The browser
 * leaves a registration behind when access is taken away, and takes all of them away on an update.
 */
export async function syncRegistration(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  const [existing] = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  if (origins.length === 0) {
    if (existing) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    return;
  }
  const script = {
    id: SCRIPT_ID,
    js: [SCRIPT_FILE],
    matches: origins,
    allFrames: true,
    runAt: 'document_end' as const,
    persistAcrossSessions: true,
  };
  if (existing) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}

/** Puts the content script into pages of newly granted sites that are open already. */
export async function injectIntoOpenTabs(origins: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...origins] });
  const tabIds = tabs.map(({ id }) => id).filter((id) => id !== undefined);
  await Promise.allSettled(tabIds.map(injectContentScript));
}

/** Fails on pages that extensions may not touch, and without access to the tab. */
export async function injectContentScript(tabId: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: [SCRIPT_FILE],
  });
}

export async function hasAccess(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] });
}
