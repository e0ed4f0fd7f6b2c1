import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Fonts come along, since a bare machine draws boxes for most scripts.
const fonts = ['fonts-dejavu-core', 'fonts-noto-core'];

const browsers = {
  chromium: {
    title: 'Chromium',
    variable: 'BROWSER_PATH',
    debianPackage: 'chromium',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome-for-testing',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
    ],
    apps: {
      darwin: [
        'Chromium.app/Contents/MacOS/Chromium',
        'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
        'Google Chrome.app/Contents/MacOS/Google Chrome',
        'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ],
      win32: [
        'Chromium/Application/chrome.exe',
        'Google/Chrome/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
      ],
    },
    hint: 'npx playwright install chromium',
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    debianPackage: 'firefox-esr',
    commands: ['firefox-esr', 'firefox'],
    apps: {
      darwin: ['Firefox.app/Contents/MacOS/firefox'],
      win32: ['Mozilla Firefox/firefox.exe'],
    },
    hint: 'https://www.mozilla.org/firefox/',
  },
};

export const browserNames = Object.keys(browsers);

/** Where the browser is, installing it on a Debian-like Linux when root; throws a sentence otherwise. */
export function findBrowser(name, say = () => {}) {
  const browser = browsers[name];
  const chosen = process.env[browser.variable];
  if (chosen) return checked(browser, chosen);

  const found = installed(name);
  if (found) return found;

  if (canUseApt()) {
    say(`Installing ${browser.title} (apt-get install ${browser.debianPackage})`);
    aptInstall(browser.debianPackage);
    const arrived = installed(name);
    if (arrived) return arrived;
  }
  throw new Error(howToInstall(browser));
}

function checked(browser, file) {
  if (existsSync(file)) return path.resolve(file);
  throw new Error(`${browser.variable} names ${file}, which does not exist.`);
}

function installed(name) {
  const { commands, apps } = browsers[name];
  const places = [
    ...commands.flatMap(onPath),
    ...appFolders().flatMap((folder) =>
      (apps[process.platform] ?? []).map((app) => path.join(folder, app)),
    ),
    ...(name === 'chromium' ? playwrightBrowsers() : []),
  ];
  return places.find((file) => existsSync(file));
}

function onPath(command) {
  if (process.platform === 'win32') return [];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, command));
}

function appFolders() {
  if (process.platform === 'darwin')
    return ['/Applications', path.join(os.homedir(), 'Applications')];
  if (process.platform !== 'win32') return [];
  const { ProgramFiles, LOCALAPPDATA } = process.env;
  return [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter(Boolean);
}

function playwrightBrowsers() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH || playwrightCache();
  if (!cache || !existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
    .flatMap((folder) => playwrightFiles().map((file) => path.join(cache, folder, file)));
}

function playwrightCache() {
  const folders = {
    linux: '.cache/ms-playwright',
    darwin: 'Library/Caches/ms-playwright',
    win32: 'AppData/Local/ms-playwright',
  };
  const folder = folders[process.platform];
  return folder && path.join(os.homedir(), folder);
}

function playwrightFiles() {
  if (process.platform === 'darwin') {
    const testing = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing';
    return [
      `chrome-mac-arm64/${testing}`,
      `chrome-mac-x64/${testing}`,
      'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    ];
  }
  if (process.platform === 'win32') return ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe'];
  return ['chrome-linux64/chrome', 'chrome-linux/chrome'];
}

function canUseApt() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    onPath('apt-get').some((file) => existsSync(file))
  );
}

function aptInstall(browserPackage) {
  // A mirror that is down does no harm when the lists are there already.
  apt(['update']);
  const install = ['install', '-y', '--no-install-recommends', browserPackage];
  if (!apt([...install, ...fonts])) apt(install, { loud: true });
}

function apt(args, { loud = false } = {}) {
  try {
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=600', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch (error) {
    if (loud) process.stderr.write(String(error.stderr ?? error.message));
    return false;
  }
}

function howToInstall({ title, variable, debianPackage, hint }) {
  const apt = process.platform === 'linux' ? `as root: apt-get install ${debianPackage}; or ` : '';
  return `${title} is not on this machine. Install it (${apt}${hint}), or set ${variable} to its path.`;
}
