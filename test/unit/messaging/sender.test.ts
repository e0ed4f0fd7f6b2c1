import { describe, expect, it } from 'vitest';

import { readSender } from '@/utils/messaging/sender';

const self = {
  id: 'stepfill',
  origin: 'chrome-extension://stepfill',
  pages: ['/popup.html', '/options.html'],
};
const popup = { id: 'stepfill', origin: self.origin, url: `${self.origin}/popup.html` };
const script = {
  id: 'stepfill',
  origin: 'https://a.test',
  url: 'https://a.test/login',
  frameId: 0,
  documentId: 'D1',
  tab: { id: 3, url: 'https://a.test/login' },
};

// Cases 41 and 42.
describe('readSender', () => {
  it('knows the popup, and the manager in a tab', () => {
    expect(readSender(popup, self)?.caller).toBe('extension-page');
    const manager = {
      ...popup,
      url: `${self.origin}/options.html#/security`,
      frameId: 0,
      tab: { id: 9 },
    };
    expect(readSender(manager, self)?.caller).toBe('extension-page');
  });

  it('knows a content script, and takes the page from the browser', () => {
    expect(readSender(script, self)).toEqual({
      caller: 'content-script',
      sender: {
        origin: 'https://a.test',
        active: true,
        incognito: false,
        tabId: 3,
        tabUrl: 'https://a.test/login',
        frameId: 0,
        documentId: 'D1',
      },
    });
  });

  it('goes by the origin: a sandboxed frame has none, whatever its address', () => {
    const sandboxed = { ...script, origin: 'null' };
    expect(readSender(sandboxed, self)?.sender.origin).toBe('null');
  });

  it('case 19: says when a document is not the one on screen', () => {
    const cached = { ...script, documentLifecycle: 'cached' };
    expect(readSender(cached, self)?.sender.active).toBe(false);
  });

  it('says when the window is a private one', () => {
    const hidden = { ...script, tab: { ...script.tab, incognito: true } };
    expect(readSender(hidden, self)?.sender.incognito).toBe(true);
    expect(readSender(popup, self)?.sender.incognito).toBe(false);
  });

  it.each([
    ['another extension', { ...popup, id: 'evil', origin: 'chrome-extension://evil' }],
    ['a page of ours in a frame', { ...popup, frameId: 4, tab: { id: 1 } }],
    [
      'a file of ours that is no page',
      { ...popup, url: `${self.origin}/_locales/en/messages.json` },
    ],
    ['a page of ours by address alone', { ...script, url: popup.url, tab: undefined }],
    ['a sender without an origin', { id: 'stepfill', url: 'https://a.test/' }],
    ['nothing', undefined],
    ['text', 'stepfill'],
  ])('refuses %s', (_name, sender) => {
    expect(readSender(sender, self)).toBeUndefined();
  });
});
