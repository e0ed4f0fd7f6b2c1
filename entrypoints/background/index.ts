import { defineBackground } from '#imports';
import { browser } from '@/utils/browser';
import { logFailure } from '@/utils/log';
import { announceChange, serve } from '@/utils/messaging/serve';
import { keepLocalFromPages } from '@/utils/storage/local';
import { removeSession } from '@/utils/storage/session';
import { browserVaultWorld } from '@/utils/storage/vault-world';
import { runSelfTest } from '@/utils/vault/health';
import { Vault } from '@/utils/vault/vault';

import { AUTO_BACKUP, AUTO_BACKUP_MINUTES, runAutoBackup } from './auto-backup';
import { AutoLock } from './auto-lock';
import { captureTab, hostOfTab } from './capture';
import { forgetFrames, tabsWithFrames } from './frames';
import { accountHandlers } from './handlers/account';
import { enrollHandlers } from './handlers/enroll';
import { fillHandlers } from './handlers/fill';
import { otpHandlers } from './handlers/otp';
import { pageHandlers } from './handlers/page';
import { settingsHandlers } from './handlers/settings';
import { transferHandlers } from './handlers/transfer';
import { vaultHandlers } from './handlers/vault';
import { hasAccess, injectIntoOpenTabs, syncRegistration } from './registration';

const SELF_TEST = 'self-test';
const SELF_TEST_MINUTES = 7 * 24 * 60;

// Listeners are added before anything is awaited: the browser may have woken the worker for them.
export default defineBackground(() => {
  const clock = Date.now;
  const vault = new Vault(browserVaultWorld(clock));
  const changed = async (): Promise<void> => announceChange(await tabsWithFrames());
  const later = (work: () => Promise<void>): void => settle('later', work);
  const fillWorld = { vault, clock, hasAccess, later };

  const autoLock = new AutoLock(
    vault,
    { wall: clock, monotonic: () => performance.now(), worker: performance.timeOrigin },
    changed,
  );
  const handlers = {
    ...vaultHandlers(vault, changed),
    ...settingsHandlers(changed),
    ...transferHandlers(vault, clock, changed),
    ...accountHandlers(vault, clock, changed),
    ...otpHandlers(vault, clock),
    ...enrollHandlers({ vault, clock, capture: captureTab, hostOf: hostOfTab, changed }),
    ...pageHandlers(fillWorld),
    ...fillHandlers(fillWorld),
  };
  serve(handlers, (type) => autoLock.onMessage(type));

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

  browser.alarms.onAlarm.addListener(({ name }) => {
    settle('alarms.onAlarm', async () => {
      await autoLock.onAlarm(name);
      if (name === SELF_TEST) await runSelfTest(vault);
      if (name === AUTO_BACKUP) await runAutoBackup(vault, { force: false });
    });
  });
  browser.idle.onStateChanged.addListener((state) => {
    settle('idle.onStateChanged', () => autoLock.onIdleState(state));
  });

  settle('start', async () => {
    await keepLocalFromPages();
    await autoLock.check();
    await repeat(SELF_TEST, SELF_TEST_MINUTES);
    await repeat(AUTO_BACKUP, AUTO_BACKUP_MINUTES);
    // The vault key exists from the first launch on, before there is anything to protect.
    await vault.status();
  });
});

/** An alarm that is there already keeps its time: waking the worker must not put it off. */
async function repeat(name: string, periodInMinutes: number): Promise<void> {
  if (!(await browser.alarms.get(name))) await browser.alarms.create(name, { periodInMinutes });
}

function settle(where: string, work: () => Promise<void>): void {
  void work().catch((error: unknown) => logFailure(where, error));
}
