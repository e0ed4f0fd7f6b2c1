import { build } from 'wxt';

/** Builds the extension for both browsers, as it would be shipped. */
export default async function buildBoth(): Promise<void> {
  // `npm run e2e -- --no-build` would need a flag vitest does not know, hence the environment.
  if (process.env.STEPFILL_PREBUILT) return;
  await build({ browser: 'chrome', manifestVersion: 3 });
  await build({ browser: 'firefox', manifestVersion: 3 });
}
