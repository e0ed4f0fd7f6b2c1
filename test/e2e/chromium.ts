import path from 'node:path';

import puppeteer, { type Browser, type Extension, type Page } from 'puppeteer-core';

import type { LaunchOptions, TestBrowser } from './browser.ts';
import { drivePage } from './extension-page.ts';
import { connectNativeUi, freePort, nativeUiArgs, type NativeUi } from './native-ui.ts';
import { eventually, type Popup } from './popup.ts';

interface Running {
  browser: Browser;
  extension: Extension;
  id: string;
  ui: NativeUi;
}

export async function launchChromium(options: LaunchOptions): Promise<TestBrowser> {
  let running = await start(options);

  return {
    name: 'chromium',
    profile: options.profile,
    newPage: () => running.browser.newPage(),
    openPopup: (page) => openPopup(running, page),
    openExtensionPage: (path) => openExtensionPage(running, path),
    answeringPermission: async (allow, action) => {
      await action();
      await running.ui.answerPermissionPrompt(allow);
    },
    grant: async (pattern) => {
      const page = await openExtensionPage(running, 'options.html');
      // Not awaited: the answer comes when the prompt has been answered.
      const asked = page.evaluate(
        `chrome.permissions.request({ origins: [${JSON.stringify(pattern)}] })`,
      );
      await running.ui.answerPermissionPrompt(true);
      if (!(await asked)) throw new Error(`access to ${pattern} was not granted`);
      await page.close();
    },
    readClipboard: async () => {
      const page = await openExtensionPage(running, 'options.html');
      const origin = `chrome-extension://${running.id}`;
      await running.browser
        .defaultBrowserContext()
        .overridePermissions(origin, ['clipboard-read', 'clipboard-write']);
      const text = await page.evaluate(() => navigator.clipboard.readText());
      await page.close();
      return text;
    },
    grantedOrigins: async () => {
      const { origins } = await inExtension(running, 'chrome.permissions.getAll()');
      return (origins as string[] | undefined) ?? [];
    },
    stopBackground: async () => {
      for (const worker of await running.extension.workers()) await worker.close();
      await eventually(
        async () => (await running.extension.workers()).length === 0,
        () => 'the worker does not stop',
      );
    },
    restart: async () => {
      await stop(running);
      running = await start(options);
    },
    close: () => stop(running),
    kill: async () => {
      running.ui.close();
      await killProcess(running.browser);
    },
    onClosed: (listener) => void running.browser.on('disconnected', listener),
  };
}

async function start({ profile, headless, extension: folder }: LaunchOptions): Promise<Running> {
  const port = await freePort();
  const browser = await puppeteer.launch({
    executablePath: requiredEnvironment('STEPFILL_CHROMIUM'),
    headless,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    acceptInsecureCerts: true,
    defaultViewport: null,
    downloadBehavior: { policy: 'allow', downloadPath: path.join(profile, 'downloads') },
    args: [
      ...nativeUiArgs(port),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--load-extension=${folder}`,
      '--window-size=1200,900',
      '--lang=en-US',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      // Without these the browser calls home, many at a time where there is no network.
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const target = await browser.waitForTarget(
    (candidate) =>
      candidate.type() === 'service_worker' && candidate.url().endsWith('background.js'),
  );
  const id = new URL(target.url()).host;
  const extension = (await browser.extensions()).get(id);
  if (!extension) throw new Error('Chromium did not load the extension');
  return { browser, extension, id, ui: await connectNativeUi(port) };
}

async function stop({ browser, ui }: Running): Promise<void> {
  ui.close();
  await browser.close();
}

/** Kills the browser and waits until it is gone. */
export async function killProcess(browser: Browser): Promise<void> {
  const process = browser.process();
  if (!process || process.exitCode !== null) return;
  const gone = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await gone;
}

async function openPopup({ browser, extension, id }: Running, page: Page): Promise<Popup> {
  await page.bringToFront();
  const url = `chrome-extension://${id}/popup.html`;
  const opened = browser.waitForTarget((target) => target.url() === url, { timeout: 10_000 });
  await page.triggerExtensionAction(extension);
  const popup = await (await opened).asPage();
  await popup.waitForSelector('#app *');
  return drivePage(popup);
}

async function openExtensionPage({ browser, id }: Running, path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${id}/${path}`);
  return page;
}

/** Evaluates an expression where the extension's API is: in a page of its own, opened for that. */
async function inExtension(running: Running, expression: string): Promise<Record<string, unknown>> {
  const page = await openExtensionPage(running, 'options.html');
  try {
    return (await page.evaluate(expression)) as Record<string, unknown>;
  } finally {
    await page.close();
  }
}

export function requiredEnvironment(name: 'STEPFILL_CHROMIUM' | 'STEPFILL_FIREFOX'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through npm, which finds the browser`);
  return value;
}
