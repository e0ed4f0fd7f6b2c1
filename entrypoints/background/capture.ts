import { browser } from '@/utils/browser';
import { ExtensionError } from '@/utils/errors';
import type { Picture } from '@/utils/qr/decode';
import { readOrigin, type PageOrigin } from '@/utils/sites/origin';

export interface Capture {
  page: PageOrigin;
  picture: Picture;
}

/**
 * A picture of what the tab shows, taken without touching the page: nothing is put into it, so it
 * cannot read its own frames back from our canvas. The tab has to show the same page before and after.
 */
export async function captureTab(tabId: number): Promise<Capture> {
  const before = await activeTab(tabId);
  const dataUrl = await screenshot(before.windowId);
  const after = await activeTab(tabId);
  if (before.url !== after.url || before.windowId !== after.windowId) {
    throw new ExtensionError('page-changed');
  }
  const page = readOrigin(before.url);
  if (!page) throw new ExtensionError('capture-refused');
  return { page, picture: await readPicture(dataUrl) };
}

export async function hostOfTab(tabId: number): Promise<string | undefined> {
  const { url } = await browser.tabs.get(tabId);
  return readOrigin(url)?.host;
}

async function activeTab(tabId: number) {
  const { active, url, windowId } = await browser.tabs.get(tabId);
  if (!active || windowId === undefined) throw new ExtensionError('page-changed');
  // Without `activeTab` the browser hides the address, and would refuse the picture as well.
  if (url === undefined) throw new ExtensionError('capture-refused');
  return { url, windowId };
}

async function screenshot(windowId: number): Promise<string> {
  try {
    return await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  } catch (error) {
    throw new ExtensionError('capture-refused', { cause: error });
  }
}

async function readPicture(dataUrl: string): Promise<Picture> {
  const [, base64 = ''] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new ExtensionError('capture-refused');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}
