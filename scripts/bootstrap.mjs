// Runs a command with everything it needs, from a bare clone: Node 24, the packages, WXT's
// generated types, browsers. Uses Node's own modules only, and any Node from 20 on.
//
//   node scripts/bootstrap.mjs [chromium] [firefox] -- <command> [arguments]
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { browserNames, findBrowser } from './find-browser.mjs';

const nodeVersion = '24.21.0';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(root, '.cache');
const say = (line) => process.stderr.write(`stepfill: ${line}\n`);

try {
  const { browsers, command } = readArguments(process.argv.slice(2));
  await installNode();
  await installPackages();
  await prepareTypes();
  for (const name of browsers) {
    process.env[`STEPFILL_${name.toUpperCase()}`] = await locate(name);
  }
  run(command);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function readArguments(args) {
  const separator = args.indexOf('--');
  const browsers = args.slice(0, Math.max(separator, 0));
  const command = args.slice(separator + 1);
  const unknown = browsers.find((name) => !browserNames.includes(name));
  if (separator < 0 || command.length === 0 || unknown) {
    throw new Error('usage: node scripts/bootstrap.mjs [chromium] [firefox] -- <command>');
  }
  return { browsers, command };
}

async function installNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return usePath(path.dirname(process.execPath));
  }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = path.join(cache, 'node');
  const folder = path.join(prefix, 'node_modules', name);
  const isInstalled = () => readJson(path.join(folder, 'package.json'))?.version === nodeVersion;
  await once(isInstalled, () => {
    say(`Installing Node ${nodeVersion} for this folder (this one is ${process.versions.node})`);
    mkdirSync(prefix, { recursive: true });
    const local = ['--no-save', '--no-package-lock', '--global=false', '--prefix', prefix];
    npm(['install', ...local, `${name}@${nodeVersion}`]);
  });
  usePath(path.join(folder, 'bin'));
}

async function installPackages() {
  const wanted = hash(readFileSync(path.join(root, 'package-lock.json')));
  const stamp = path.join(root, 'node_modules', '.stepfill-lock-hash');
  await once(
    () => readText(stamp) === wanted,
    () => {
      say('Installing packages (npm ci)');
      // NODE_ENV=production would leave the tools out.
      npm(['ci', '--include=dev']);
      writeFileSync(stamp, wanted);
    },
  );
  usePath(path.join(root, 'node_modules', '.bin'));
}

async function prepareTypes() {
  const stamp = path.join(cache, 'prepare-hash');
  const wanted = hash(
    ...['wxt.config.ts', 'package-lock.json', 'public/_locales/en/messages.json'].map(
      (file) => readText(path.join(root, file)) ?? '',
    ),
    ...['entrypoints', 'public'].flatMap((folder) => fileNames(path.join(root, folder))),
  );
  const isPrepared = () =>
    existsSync(path.join(root, '.wxt', 'tsconfig.json')) && readText(stamp) === wanted;
  await once(isPrepared, () => {
    say('Generating types (wxt prepare)');
    const wxt = path.join(root, 'node_modules', 'wxt');
    const { bin } = readJson(path.join(wxt, 'package.json'));
    runQuietly(['node', path.join(wxt, bin.wxt), 'prepare']);
    writeFileSync(stamp, wanted);
  });
}

async function locate(name) {
  let found;
  const look = () => (found = findBrowser(name, say));
  // Only an installation needs to be alone, and it happens once in the life of a machine.
  await withLock(look);
  return found;
}

/** Makes `isDone` true by `work`, however many of us start at the same time. */
async function once(isDone, work) {
  if (isDone()) return;
  await withLock(() => {
    if (!isDone()) work();
  });
}

async function withLock(work) {
  const lock = path.join(cache, 'bootstrap.lock');
  mkdirSync(cache, { recursive: true });
  while (!tryLock(lock)) {
    if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, 150));
  }
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(lock, 'pid'), String(process.pid));
  return true;
}

function isStale(lock) {
  try {
    const ageMs = Date.now() - statSync(lock).mtimeMs;
    const pid = Number(readText(path.join(lock, 'pid')));
    // Between mkdir and the writing of the number there is a moment without one.
    return ageMs > 20 * 60_000 || (pid ? !isAlive(pid) : ageMs > 5_000);
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function npm(args) {
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--engine-strict=false',
    '--loglevel=error',
  ];
  const cli = npmCli();
  const command = cli ? [process.execPath, cli] : ['npm'];
  runQuietly([...command, ...args, ...flags], { NODE_EXTRA_CA_CERTS: systemCertificates() });
}

/** Behind a proxy with its own certificate authority the system trusts it; Node by itself does not. */
function systemCertificates() {
  return [
    process.env.NODE_EXTRA_CA_CERTS,
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
  ].find((file) => file && existsSync(file));
}

/** npm as a file for this Node, since `npm` on Windows is a batch file. */
function npmCli() {
  const beside = path.dirname(process.execPath);
  return [
    process.env.npm_execpath,
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => file && path.basename(file) === 'npm-cli.js' && existsSync(file));
}

/** Output is shown only when the command fails. */
function runQuietly([file, ...args], env = {}) {
  try {
    execFileSync(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...env },
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    const code = error.code ?? `exit code ${error.status}`;
    throw new Error(`That failed (${code}); the lines above say why.`, { cause: error });
  }
}

function run([file, ...args]) {
  const child = spawn(file, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(error.code === 'ENOENT' ? `There is no command ${file}.` : error.message);
    process.exitCode = 127;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + os.constants.signals[signal];
  });
}

function usePath(folder) {
  // Windows spells the variable "Path"; process.env there does not mind.
  process.env.PATH = [folder, process.env.PATH].filter(Boolean).join(path.delimiter);
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function fileNames(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}
