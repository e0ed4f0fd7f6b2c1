import { runChecks } from './checks.ts';

await runChecks(['unit', 'contract', 'vault', 'e2e']);
