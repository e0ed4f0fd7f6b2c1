import { defineBackground } from '#imports';
import { browser } from '@/utils/browser';
import { logFailure } from '@/utils/log';
import { announceChange, serve } from '@/utils/messaging/serve';
import { keepLocalFromPages, localDeviceKey, localRecord } from '@/utils/storage/local';
import { removeSession, vaultSession } from '@/utils/storage/session';
import { Vault } from '@/utils/vault/vault';

import { captureTab, hostOfTab } from './capture';
import { forgetFrames, tabsWithFrames } from './frames';
import { accountHandlers } from './handlers/account';
import { enrollHandlers } from './handlers/enroll';
import { fillHandlers } from './handlers/fill';
import { otpHandlers } from './handlers/otp';
import { pageHandlers } from './handlers/page';
import { vaultHandlers } from './handlers/vault';
import { hasAccess, injectIntoOpenTabs, syncRegistration } from './registration';

// Listeners are added before anything is awaited: the browser may have woken the worker for them.
export default defineBackground(() => {
  const clock = Date.now;
  const vault = new Vault({
    store: localRecord,
    deviceKey: localDeviceKey,
    session: vaultSession,
    locks: navigator.locks,
    clock,
  });
  const changed = async (): Promise<void> => announceChange(await tabsWithFrames());
  const later = (work: () => Promise<void>): void => settle('later', work);
  const fillWorld = { vault, clock, hasAccess, later };

  serve({
    ...vaultHandlers(vault, changed),
    ...accountHandlers(vault, clock, changed),
    ...otpHandlers(vault, clock),
    ...enrollHandlers({ vault, clock, capture: captureTab, hostOf: hostOfTab, changed }),
    ...pageHandlers(fillWorld),
    ...fillHandlers(fillWorld),
  });

  // The popup closes when the browser asks the person for access; what follows happens here.
  browser.permissions.onAdded.addListener(({ origins = [] }) => {
    settle('permissions.onAdded', async () => {
      await syncRegistration();
      await injectIntoOpenTabs(origins);
      await changed();
    });
  });
  browser.permissions.onRemoved.addListener(() => {
    settle('permissions.onRemoved', syncRegistration);
  });
  browser.runtime.onInstalled.addListener(() => {
    settle('runtime.onInstalled', syncRegistration);
  });
  browser.runtime.onStartup.addListener(() => {
    settle('runtime.onStartup', syncRegistration);
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    settle('tabs.onRemoved', async () => {
      await forgetFrames(tabId);
      await removeSession(`choice/${tabId}`, `enroll/${tabId}`);
    });
  });

  settle('start', async () => {
    await keepLocalFromPages();
    // The vault key exists from the first launch on, before there is anything to protect.
    await vault.status();
  });
});

function settle(where: string, work: () => Promise<void>): void {
  void work().catch((error: unknown) => logFailure(where, error));
}
