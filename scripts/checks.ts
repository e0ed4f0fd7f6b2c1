import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { property, runTool, say } from './tools.ts';

interface Tally {
  passed: number;
  failed: number;
}

const staticChecks = [
  { title: 'format', tool: 'oxfmt', args: ['--check', '.'] },
  { title: 'lint', tool: 'oxlint', args: ['--type-aware'] },
  { title: 'types', tool: 'vue-tsc', args: ['--noEmit'] },
] as const;

/**
 * Every check, also after one has failed. The last line is `N passed, N failed`: each of format,
 * lint and types counts as one, the tests of `projects` by number.
 */
export async function runChecks(projects: readonly string[]): Promise<void> {
  const tally: Tally = { passed: 0, failed: 0 };
  for (const check of staticChecks) add(tally, await runStaticCheck(check));
  const tests = await runTests(projects);
  add(tally, tests);
  process.exitCode = tally.failed === 0 && tests.passed > 0 ? 0 : 1;
  say(`\n${tally.passed} passed, ${tally.failed} failed`);
}

async function runStaticCheck({ title, tool, args }: (typeof staticChecks)[number]) {
  const { exitCode, output, seconds } = await runTool(tool, args, { show: false });
  const passed = exitCode === 0;
  if (!passed) say(`\n${output.trim()}\n`);
  say(`${passed ? '✓' : '✗'} ${title} (${seconds.toFixed(1)} s)`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runTests(projects: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepfill-tests-'));
  const report = path.join(folder, 'report.json');
  try {
    const { exitCode, seconds } = await runTool(
      'vitest',
      [
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${report}`,
      ],
      { show: true },
    );
    const tally = countTests(report, exitCode);
    say(
      `${tally.failed === 0 ? '✓' : '✗'} tests: ${projects.join(', ')} (${seconds.toFixed(1)} s)`,
    );
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report: string, exitCode: number): Tally {
  const results = readReport(report);
  const passed = count(results, 'numPassedTests');
  // A file that cannot be loaded has no tests of its own to fail.
  const failed = count(results, 'numFailedTests') + brokenFiles(results);
  if (failed === 0 && (exitCode !== 0 || passed === 0)) {
    say(passed === 0 ? 'No test ran.' : `vitest ended with ${exitCode}, though no test failed.`);
    return { passed, failed: 1 };
  }
  return { passed, failed };
}

function readReport(report: string): unknown {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}

function count(results: unknown, name: string): number {
  const value = property(results, name);
  return typeof value === 'number' ? value : 0;
}

function brokenFiles(results: unknown): number {
  return list(property(results, 'testResults')).filter(
    (file) =>
      property(file, 'status') === 'failed' &&
      list(property(file, 'assertionResults')).every(
        (assertion) => property(assertion, 'status') !== 'failed',
      ),
  ).length;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function add(tally: Tally, { passed, failed }: Tally): void {
  tally.passed += passed;
  tally.failed += failed;
}
