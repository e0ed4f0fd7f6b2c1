import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import type { LaunchOptions, TestBrowser } from './browser.ts';
import { killProcess, requiredEnvironment } from './chromium.ts';
import { eventually, focusNamed, textOf, type Popup } from './popup.ts';

const ADDON_ID = 'stepfill@stepfill.example';
/** Firefox draws this by lot for each profile; a known one makes the extension's pages reachable. */
const ADDON_UUID = '11111111-2222-4333-8444-555555555555';
const ADDON_ORIGIN = `moz-extension://${ADDON_UUID}`;

/** The part of puppeteer's BiDi connection that reaches the browser's own interface. */
interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

interface Running {
  browser: Browser;
  /** A page of the extension, from which the popup's document can be reached. */
  helper: Page;
}

export async function launchFirefox(options: LaunchOptions): Promise<TestBrowser> {
  let running = await start(options);

  return {
    name: 'firefox',
    profile: options.profile,
    newPage: () => running.browser.newPage(),
    openPopup: (page) => openPopup(running, page),
    openExtensionPage: (path) => openExtensionPage(running.browser, path),
    answeringPermission: async (allow, action) => {
      // The prompt is answered by a preference; what remains real is the request and its consequences.
      await setPreference(running.browser, 'extensions.webextOptionalPermissionPrompts', !allow);
      await action();
    },
    grant: async (pattern) => {
      await inChrome(running.browser, addPermission, ADDON_ID, pattern);
    },
    readClipboard: async () => String(await inChrome(running.browser, readClipboard)),
    grantedOrigins: async () => {
      const granted = await running.helper.evaluate('browser.permissions.getAll()');
      return (granted as { origins: string[] }).origins;
    },
    stopBackground: async () => {
      await running.helper.close();
      await inChrome(running.browser, terminateBackground, ADDON_ID);
      running.helper = await openExtensionPage(running.browser, 'options.html');
    },
    restart: async () => {
      await running.browser.close();
      running = await start(options);
    },
    close: () => running.browser.close(),
    kill: () => killProcess(running.browser),
    onClosed: (listener) => void running.browser.on('disconnected', listener),
  };
}

async function start({ profile, headless, extension }: LaunchOptions): Promise<Running> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: requiredEnvironment('STEPFILL_FIREFOX'),
    headless,
    userDataDir: profile,
    acceptInsecureCerts: true,
    defaultViewport: null,
    // Without this, pages of extensions and the browser's own interface are out of reach.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [ADDON_ID]: ADDON_UUID }),
      // A temporary add-on is removed when the browser closes; its data shall outlive that.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'network.dns.localDomains': 'a.test,b.test,evil.test',
      'ui.popup.disable_autohide': true,
      // An authenticator in software, in place of one that waits to be touched.
      'security.webauth.webauthn_enable_softtoken': true,
      'security.webauth.webauthn_enable_usbtoken': false,
      'intl.locale.requested': 'en-US',
    },
  });
  await browser.installExtension(extension);
  return { browser, helper: await openExtensionPage(browser, 'options.html') };
}

async function openExtensionPage(browser: Browser, path: string): Promise<Page> {
  const page = await browser.newPage();
  // Firefox never reports the load of an extension's page to BiDi, so it is waited for by hand.
  await page.goto(`${ADDON_ORIGIN}/${path}`, { waitUntil: [] });
  await page.waitForFunction(
    "document.readyState === 'complete' && location.protocol === 'moz-extension:'",
  );
  return page;
}

async function openPopup({ browser, helper }: Running, page: Page): Promise<Popup> {
  const inPopup = <Args extends unknown[], Result>(
    task: (document: Document, ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> =>
    helper.evaluate(
      `(() => {
        const [view] = browser.extension.getViews({ type: 'popup' });
        if (!view) throw new Error('the popup is closed');
        return (${task.toString()})(view.document, ...${JSON.stringify(args)});
      })()`,
    ) as Promise<Awaited<Result>>;

  await page.bringToFront();
  await inChrome(browser, clickToolbarButton, ADDON_ID);
  await eventually(
    () => inPopup((document) => document.querySelector('#app *') !== null),
    () => 'the popup does not open',
  );

  const text = (): Promise<string> => inPopup(textOf);
  const focus = (name: string, kind: 'button' | 'field'): Promise<void> =>
    eventually(
      () => inPopup(focusNamed, name, kind),
      async () => `no ${kind} “${name}” in: ${await text()}`,
    );
  return {
    text,
    see: (expected) =>
      eventually(
        async () => (await text()).includes(expected),
        async () => `“${expected}” is not in: ${await text()}`,
      ),
    press: async (name) => {
      await focus(name, 'button');
      await inChrome(browser, pressKey, 'Enter');
    },
    type: async (label, value) => {
      await focus(label, 'field');
      for (const character of value) await inChrome(browser, pressKey, character);
      await eventually(
        () => inPopup(holdsText, value),
        () => `“${value}” was not typed into “${label}”`,
      );
    },
    screenshot: async () => {
      throw new Error('the popup of Firefox is no page that can be photographed');
    },
    setColorScheme: async () => {
      throw new Error('the popup of Firefox takes the scheme of the browser');
    },
    close: async () => {
      await inChrome(browser, closePanels);
      // The document outlives its panel for a moment, and would be taken for the next one.
      await eventually(
        async () =>
          (await helper.evaluate("browser.extension.getViews({ type: 'popup' }).length")) === 0,
        () => 'the popup does not close',
      );
    },
  };
}

/** Runs in the browser's own window, where `window` and `ChromeUtils` are Firefox's. */
async function inChrome<Args extends unknown[]>(
  browser: Browser,
  task: (...args: Args) => unknown,
  ...args: Args
): Promise<unknown> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [context] = (tree.result as { contexts: { context: string }[] }).contexts;
  const answer = await connection.send('script.evaluate', {
    expression: `(${task.toString()})(...${JSON.stringify(args)})`,
    awaitPromise: true,
    target: { context: context?.context },
  });
  const { type, exceptionDetails, result } = answer.result as {
    type: string;
    exceptionDetails?: { text: string };
    result?: { value?: unknown };
  };
  if (type === 'exception') throw new Error(exceptionDetails?.text);
  return result?.value;
}

async function setPreference(browser: Browser, name: string, value: boolean): Promise<void> {
  await inChrome(browser, writePreference, name, value);
}

function holdsText(document: Document, text: string): boolean {
  const { activeElement } = document;
  return activeElement !== null && 'value' in activeElement && activeElement.value === text;
}

/** Names that exist in Firefox's own windows alone. */
declare const ChromeUtils: { importESModule(url: string): Record<string, never> };
declare const Services: { prefs: { setBoolPref(name: string, value: boolean): void } };

function writePreference(name: string, value: boolean): void {
  Services.prefs.setBoolPref(name, value);
}

async function clickToolbarButton(id: string): Promise<void> {
  const scope = globalThis as unknown as {
    WebExtensionPolicy: { getByID(id: string): { extension: unknown } };
  };
  const { extension } = scope.WebExtensionPolicy.getByID(id);
  const { ExtensionParent } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionParent.sys.mjs',
  ) as unknown as {
    ExtensionParent: {
      apiManager: {
        global: {
          browserActionFor(extension: unknown): { triggerAction(window: unknown): Promise<void> };
        };
      };
    };
  };
  await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(globalThis);
}

async function addPermission(id: string, pattern: string): Promise<void> {
  const scope = globalThis as unknown as {
    WebExtensionPolicy: { getByID(id: string): { extension: unknown } };
  };
  const { ExtensionPermissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  ) as unknown as {
    ExtensionPermissions: {
      add(id: string, permissions: object, extension: unknown): Promise<void>;
    };
  };
  const { extension } = scope.WebExtensionPolicy.getByID(id);
  const granted = { permissions: [], origins: [pattern], data_collection: [] };
  await ExtensionPermissions.add(id, granted, extension);
}

function readClipboard(): Promise<string> {
  return navigator.clipboard.readText();
}

async function terminateBackground(id: string): Promise<void> {
  const scope = globalThis as unknown as {
    WebExtensionPolicy: {
      getByID(id: string): { extension: { terminateBackground(): Promise<void> } };
    };
  };
  await scope.WebExtensionPolicy.getByID(id).extension.terminateBackground();
}

function closePanels(): void {
  for (const panel of document.querySelectorAll('panel')) {
    const popup = panel as unknown as { state: string; hidePopup(): void };
    if (popup.state === 'open') popup.hidePopup();
  }
}

/** A key as the keyboard sends it: only such a one counts as the act of a person. */
function pressKey(key: string): void {
  // The panel's page has the key only once its frame has the focus of the window.
  document.querySelector<HTMLElement>('browser.webextension-popup-browser')?.focus();
  const { Cc, Ci } = globalThis as unknown as Record<string, Record<string, never>>;
  const contract = Cc?.['@mozilla.org/text-input-processor;1'] as unknown as {
    createInstance(type: unknown): {
      beginInputTransactionForTests(window: unknown): boolean;
      keydown(event: KeyboardEvent): void;
      keyup(event: KeyboardEvent): void;
    };
  };
  const processor = contract.createInstance(Ci?.nsITextInputProcessor);
  processor.beginInputTransactionForTests(globalThis);
  const event = new KeyboardEvent('', { key, code: key === 'Enter' ? 'Enter' : '' });
  processor.keydown(event);
  processor.keyup(event);
}
