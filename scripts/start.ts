import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { build } from 'wxt';

import { openWorld, type World } from '../test/e2e/fixture.ts';
import { story } from '../test/e2e/story.ts';
import { say } from './tools.ts';

const pictures = path.resolve('output/demo');

/**
 * Shows the whole job in a real browser. With a display, a browser opens on a page that leads
 * through it; without one, the same story is played headless and told on the terminal.
 */
async function start(): Promise<void> {
  say('Building the extension…');
  await build({ browser: 'chrome', manifestVersion: 3 });
  const watchable = hasDisplay() && process.env.CI === undefined;
  const world = await openWorld('chromium', !watchable);
  if (watchable) await lead(world);
  else process.exitCode = (await playStory(world)) ? 0 : 1;
}

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function lead(world: World): Promise<void> {
  const page = await world.browser.newPage();
  const url = world.sites.url('start');
  await page.goto(url);
  say(`A browser with Stepfill is open on ${url}.`);
  say('Close its windows, or press Ctrl+C here, to end the demo.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    world.browser.onClosed(resolve);
  });
  await world.close();
}

async function playStory(world: World): Promise<boolean> {
  say('No display: the story is played headless.\n');
  mkdirSync(pictures, { recursive: true });
  let worked = true;
  for (const { name, play } of story) {
    const begin = performance.now();
    const failure = await play(world, (id, picture) =>
      picture.screenshot(path.join(pictures, `${id}.png`)),
    ).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    say(`${failure === undefined ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (failure === undefined) continue;
    say(`  ${failure}`);
    worked = false;
    break;
  }
  await world.close();
  say(
    worked
      ? `\nThe story worked. Pictures: ${path.relative('.', pictures)}/`
      : '\nThe story failed.',
  );
  return worked;
}

await start();
