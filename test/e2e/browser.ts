import type { Page } from 'puppeteer-core';

import type { Popup } from './popup.ts';

/** A real browser with the built extension in it, told apart only where browsers differ. */
export interface TestBrowser {
  readonly name: 'chromium' | 'firefox';
  /** The browser's profile: everything that it has written to disk. */
  readonly profile: string;
  newPage(): Promise<Page>;
  /** The action popup, opened as a click on the toolbar icon opens it: with access to the tab. */
  openPopup(page: Page): Promise<Popup>;
  /** A page of the extension in a tab, such as `options.html`. */
  openExtensionPage(path: string): Promise<Page>;
  /** Does what brings the permission prompt up, and answers it. */
  answeringPermission(allow: boolean, action: () => Promise<void>): Promise<void>;
  /** Grants access to a match pattern, as a person would by answering a prompt. */
  grant(pattern: string): Promise<void>;
  readClipboard(): Promise<string>;
  /** The origins that the extension was granted access to. */
  grantedOrigins(): Promise<string[]>;
  /** Stops the background worker, as the browser does when it has nothing to do. */
  stopBackground(): Promise<void>;
  /** Quits the browser and starts it again with the same profile. */
  restart(): Promise<void>;
  close(): Promise<void>;
  /** Ends every process of the browser at once, as a power cut would. */
  kill(): Promise<void>;
  /** Calls `listener` when the person closes the browser. */
  onClosed(listener: () => void): void;
}

export interface LaunchOptions {
  profile: string;
  headless: boolean;
  /** The folder of the built extension. */
  extension: string;
}
