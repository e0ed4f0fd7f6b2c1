import { browser } from '@/utils/browser';
import { permissionPattern } from '@/utils/sites/origin';

/**
 * Has the browser ask whether Stepfill may work on `host`. Call it in the handler of a click or
 * within a moment after it: browsers refuse the question later. The popup may close under the
 * prompt, so nothing may depend on the answer; the background is told when access was given.
 */
export async function requestSiteAccess(host: string): Promise<void> {
  try {
    await browser.permissions.request({ origins: [permissionPattern(host)] });
  } catch {
    // The browser did not even ask; the page goes on saying that access is missing.
  }
}
