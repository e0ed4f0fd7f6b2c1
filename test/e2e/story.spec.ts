import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { browserNames, openWorld, type World } from './fixture.ts';
import { searchProfile, secretNeedles } from './profile.ts';
import { story } from './story.ts';

describe.each(browserNames)('the whole job in %s', (name) => {
  let world: World;
  let secret: string;

  beforeAll(async () => {
    world = await openWorld(name);
    ({ secret } = world.sites.account('console'));
  });
  afterAll(() => world.close());

  test.each(story)(
    '$name',
    async ({ play }) => {
      await play(world, async () => undefined);
    },
    90_000,
  );

  test('access was given to that one site', async () => {
    expect(await world.browser.grantedOrigins()).toEqual(['*://console.localhost/*']);
  });

  test('case 80: the closed profile holds the secret in no form', async () => {
    await world.browser.close();
    const { profile } = world.browser;
    const raw = Buffer.from(Secret.fromBase32(secret).bytes);
    expect(searchProfile(profile, secretNeedles(secret, raw))).toEqual([]);
    // The search does find what is there.
    const host = Buffer.from('console.localhost');
    expect(searchProfile(profile, { host })).not.toEqual([]);
  });
});
