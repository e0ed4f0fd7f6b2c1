import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { captureTab } from '@/entrypoints/background/capture';
import { ExtensionError, type ErrorCode } from '@/utils/errors';

interface Tab {
  id: number;
  windowId: number;
  active: boolean;
  url?: string;
}

const tab: Tab = { id: 1, windowId: 1, active: true, url: 'https://a.test/security' };

/** The tab as the browser tells it before the picture, and after it. */
function theTabIs(before: Tab, after: Tab): void {
  const told = [before, after];
  Reflect.set(fakeBrowser.tabs, 'get', async () => told.shift() ?? after);
  Reflect.set(fakeBrowser.tabs, 'captureVisibleTab', async () => 'data:image/png;base64,AAAA');
}

describe('captureTab', () => {
  beforeEach(() => fakeBrowser.reset());

  it.each<{ name: string; before?: Partial<Tab>; after?: Partial<Tab>; code: ErrorCode }>([
    {
      name: 'the tab went to another page',
      after: { url: 'https://evil.test/' },
      code: 'page-changed',
    },
    { name: 'another tab came to the front', after: { active: false }, code: 'page-changed' },
    { name: 'the tab moved to another window', after: { windowId: 2 }, code: 'page-changed' },
    { name: 'the tab was not in front', before: { active: false }, code: 'page-changed' },
  ])('case 51: throws the picture away when $name', async ({ before, after, code }) => {
    theTabIs({ ...tab, ...before }, { ...tab, ...after });
    await expect(captureTab(1)).rejects.toThrow(new ExtensionError(code));
  });

  it('refuses a page whose address the browser hides, and one that is no web page', async () => {
    const { url: _hidden, ...hidden } = tab;
    theTabIs(hidden, hidden);
    await expect(captureTab(1)).rejects.toThrow(new ExtensionError('capture-refused'));
    const settings = { ...tab, url: 'chrome://settings/' };
    theTabIs(settings, settings);
    await expect(captureTab(1)).rejects.toThrow(new ExtensionError('capture-refused'));
  });
});
