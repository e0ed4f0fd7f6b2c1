import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.dirname(import.meta.dirname);

export interface ToolRun {
  exitCode: number;
  /** Empty when the output went straight to the terminal. */
  output: string;
  seconds: number;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a tool of node_modules with this Node, without a shell, so that it is the same on every system. */
export function runTool(
  name: string,
  args: readonly string[],
  { show }: { show: boolean },
): Promise<ToolRun> {
  const startedAt = performance.now();
  const output: Buffer[] = [];
  const child = spawn(process.execPath, [binOf(name), ...args], {
    cwd: root,
    stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? 1,
        output: Buffer.concat(output).toString(),
        seconds: (performance.now() - startedAt) / 1000,
      }),
    );
  });
}

function binOf(name: string): string {
  const folder = path.join(root, 'node_modules', name);
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const bin = property(manifest, 'bin');
  const file = typeof bin === 'string' ? bin : property(bin, name);
  if (typeof file !== 'string') throw new Error(`${name} has no command of its name`);
  return path.join(folder, file);
}

export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
