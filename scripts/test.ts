import { runChecks } from './checks.ts';

await runChecks(['unit', 'contract', 'e2e']);
