import { request } from 'node:http';

import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { siteDefinitions } from '../sites/registry.ts';
import { type Sites, startSites } from '../sites/server.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const period = 30_000;

/** The name of the field that carries the code, for the sites that ask for one from an authenticator. */
const codeFields = {
  'single-field': 'code',
  'six-boxes': 'digit',
  'late-render': 'code',
  'controlled-inputs': 'code',
  'react-inputs': 'code',
  iframe: 'passcode',
  console: 'otp',
} as const;
const authenticatorSites = Object.entries(codeFields).map(([site, field]) => ({ site, field }));

let sites: Sites;
let now: number;

beforeEach(async () => {
  now = noon;
  sites = await startSites({ clock: () => now });
});
afterEach(() => sites.close());

describe.each(authenticatorSites)('$site', ({ site, field }) => {
  beforeEach(async () => {
    if (!sites.account(site).enrolled) await enroll(site);
    now += 10 * period;
  });

  it('accepts the right code', async () => {
    const visitor = await withPassword(site);
    const answer = await visitor.post('/second-step', codeForm(site, field, codeOf(site)));
    expect(answer).toMatchObject({ status: 303, location: '/home' });
    expect((await visitor.get('/home')).body).toContain(
      `Signed in as ${sites.account(site).accountName}`,
    );
  });

  it('refuses a wrong code with a sentence', async () => {
    const visitor = await withPassword(site);
    const answer = await visitor.post('/second-step', codeForm(site, field, wrongCodeOf(site)));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('That code is not right.');
    expect((await visitor.get('/home')).location).toBe('/login');
  });

  it('refuses a code that was accepted before, until the next time step', async () => {
    const form = codeForm(site, field, codeOf(site));
    await (await withPassword(site)).post('/second-step', form);
    const again = await (await withPassword(site)).post('/second-step', form);
    expect(again.body).toContain('used already');

    now += period;
    const next = codeForm(site, field, codeOf(site));
    expect((await (await withPassword(site)).post('/second-step', next)).location).toBe('/home');
  });

  it('reports the attempts', async () => {
    const visitor = await withPassword(site);
    const [wrong, right] = [wrongCodeOf(site), codeOf(site)];
    await visitor.post('/second-step', codeForm(site, field, wrong));
    await visitor.post('/second-step', codeForm(site, field, right));
    const attempts = [
      { code: wrong, accepted: false, at: now },
      { code: right, accepted: true, at: now },
    ];
    expect(sites.attempts(site).slice(-2)).toEqual(attempts);
    expect(JSON.parse((await visitor.get('/attempts')).body).slice(-2)).toEqual(attempts);
  });
});

describe.each(['sms-prompt', 'email-prompt'])('%s', (site) => {
  it('accepts what it sent, and no code from an authenticator', async () => {
    const visitor = await withPassword(site);
    const { sentCode = '' } = sites.account(site);
    const refused = await visitor.post('/second-step', codeForm(site, 'code', wrongCodeOf(site)));
    expect(refused.body).toContain('That code is not right.');
    const accepted = await visitor.post('/second-step', codeForm(site, 'code', sentCode));
    expect(accepted.location).toBe('/home');
    const replayed = await (
      await withPassword(site)
    ).post('/second-step', codeForm(site, 'code', sentCode));
    expect(replayed.location).toBeUndefined();
  });
});

describe('console', () => {
  it('asks for a code only after one has been verified', async () => {
    const visitor = await withPassword('console');
    expect((await visitor.get('/home')).status).toBe(200);
    await enroll('console');
    expect((await withPassword('console')).location).toBe('/second-step');
  });

  it('keeps the secret until it is reset', async () => {
    const visitor = await withPassword('console');
    const { secret } = sites.account('console');
    const key = secret.match(/.{1,4}/g)?.join(' ') ?? '';
    expect((await visitor.get('/security')).body).toContain(key);
    expect((await visitor.get('/security')).body).toContain(key);
    sites.reset();
    expect(sites.account('console').secret).not.toBe(secret);
  });

  it('keeps its security page from strangers', async () => {
    expect((await new Visitor('console').get('/security')).location).toBe('/login');
  });
});

describe('the start page', () => {
  it('reports how far the person has come', async () => {
    const visitor = new Visitor('start');
    const status = async () => JSON.parse((await visitor.get('/status')).body);
    expect(await status()).toEqual({ enrolled: false, signedIn: false, copied: false });
    await enroll('console');
    expect(await status()).toMatchObject({ enrolled: true, signedIn: false });
    now += period;
    const form = codeForm('console', 'otp', codeOf('console'));
    await (await withPassword('console')).post('/second-step', form);
    await visitor.post('/check', new URLSearchParams({ pasted: codeOf('console') }));
    expect(await status()).toEqual({ enrolled: true, signedIn: true, copied: true });
  });
});

describe('every site', () => {
  it.each(siteDefinitions)('$name serves its page as HTML', async ({ name }) => {
    const answer = await new Visitor(name).get('/');
    expect(answer.location ?? answer.type).toMatch(/^\/home$|^text\/html; charset=utf-8$/);
  });

  it.each(['start', 'six-boxes', 'late-render', 'controlled-inputs', 'react-inputs'])(
    '%s serves its script',
    async (site) => {
      const answer = await new Visitor(site).get('/client.js');
      expect(answer).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
    },
  );

  it('escapes what a visitor sends', async () => {
    const form = new URLSearchParams({ code: '<img src=x>' });
    const answer = await new Visitor('two-forms').post('/coupon', form);
    expect(answer.body).toContain('&lt;img src=x&gt;');
    expect(answer.body).not.toContain('<img src=x>');
  });
});

async function enroll(site: string): Promise<void> {
  const visitor = await withPassword(site);
  const answer = await visitor.post('/security', codeForm(site, 'code', codeOf(site)));
  expect(answer.location).toBe('/security');
}

async function withPassword(site: string): Promise<Visitor> {
  const visitor = new Visitor(site);
  await visitor.post('/login', new URLSearchParams({ username: 'ada', password: 'any' }));
  return visitor;
}

function codeOf(site: string): string {
  const { secret, digits } = sites.account(site);
  return new TOTP({ secret, digits }).generate({ timestamp: now });
}

function wrongCodeOf(site: string): string {
  const right = codeOf(site);
  return right.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
}

function codeForm(site: string, field: string, code: string): URLSearchParams {
  const values = site === 'six-boxes' ? code.split('') : [code];
  return new URLSearchParams(values.map((value) => [field, value]));
}

interface Answer {
  status: number | undefined;
  type: string | undefined;
  location: string | undefined;
  body: string;
}

/** Speaks to 127.0.0.1 by number, since not every system resolves `*.localhost`. */
class Visitor {
  readonly #site: string;
  #cookie = '';
  location: string | undefined;

  constructor(site: string) {
    this.#site = site;
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path, '');
  }

  post(path: string, form: URLSearchParams): Promise<Answer> {
    return this.#send('POST', path, form.toString());
  }

  #send(method: string, path: string, body: string): Promise<Answer> {
    const headers = {
      host: new URL(sites.url(this.#site)).host,
      cookie: this.#cookie,
      'content-type': 'application/x-www-form-urlencoded',
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port: sites.port, method, path, headers },
        async (response) => {
          this.#cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? this.#cookie;
          this.location = response.headers.location;
          resolve({
            status: response.statusCode,
            type: response.headers['content-type'],
            location: this.location,
            body: Buffer.concat(await response.toArray()).toString(),
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
