import { describe, expect, it } from 'vitest';

import type { Site } from '@/utils/otp/account';
import { matchSite } from '@/utils/sites/match';
import { permissionPattern, readOrigin } from '@/utils/sites/origin';
import { registrableDomain } from '@/utils/sites/registrable-domain';

const site = (host: string, scope: Site['scope'] = 'host'): Site[] => [
  { host, scope, source: 'captured' },
];

function relation(sites: Site[], url: string) {
  const page = readOrigin(url);
  if (!page) throw new Error(`no page: ${url}`);
  return matchSite(sites, page);
}

describe('matchSite', () => {
  it.each([
    { saved: 'a.test', url: 'https://a.test/login', is: 'own' },
    { saved: 'a.test', url: 'https://A.TEST./login', is: 'own' },
    // Case 2: looks alike, is another.
    { saved: 'github.com', url: 'https://github.com.evil.test/', is: undefined },
    { saved: 'github.com', url: 'https://notgithub.com/', is: undefined },
    { saved: 'github.com', url: 'https://github-login.test/', is: undefined },
    // Cases 3 and 4: offered, never filled without asking.
    { saved: 'a.test', url: 'https://sub.a.test/', is: 'related' },
    { saved: 'sub.a.test', url: 'https://a.test/', is: 'related' },
    // Case 5: the private section of the public suffix list.
    { saved: 'alice.github.io', url: 'https://bob.github.io/', is: undefined },
    { saved: 'a.vercel.app', url: 'https://b.vercel.app/', is: undefined },
    // Case 7: nobody owns these but themselves.
    { saved: 'intranet', url: 'https://intranet/', is: 'own' },
    { saved: 'intranet', url: 'https://wiki.intranet2/', is: undefined },
    { saved: '192.168.0.1', url: 'https://192.168.0.1/', is: 'own' },
    { saved: '192.168.0.1', url: 'https://192.168.0.2/', is: undefined },
    { saved: '[::1]:8080', url: 'http://[::1]:8080/', is: 'own' },
    // Case 9: another port is another site.
    { saved: 'a.test', url: 'https://a.test:8443/', is: 'related' },
    { saved: 'a.test:8443', url: 'https://a.test:8443/', is: 'own' },
    // Case 10: what stands before the @ is no host.
    { saved: 'github.com', url: 'https://github.com@evil.test/', is: undefined },
    // Case 11: Cyrillic а.
    { saved: 'apple.com', url: 'https://аpple.com/', is: undefined },
  ])('an account of $saved on $url is $is', ({ saved, url, is }) => {
    expect(relation(site(saved), url)).toBe(is);
  });

  it('a site of domain scope takes in its subdomains, on its own port', () => {
    const wide = site('login.a.test', 'domain');
    expect(relation(wide, 'https://console.a.test/')).toBe('own');
    expect(relation(wide, 'https://console.a.test:8443/')).toBe('related');
    expect(relation(wide, 'https://console.b.test/')).toBeUndefined();
  });

  it('nothing matches an account without sites', () => {
    expect(relation([], 'https://a.test/')).toBeUndefined();
  });
});

describe('readOrigin', () => {
  // Case 12: no code goes to a page without an origin of its own.
  it.each([
    'null',
    'data:text/html,x',
    'about:blank',
    'about:srcdoc',
    'blob:https://a.test/1',
    'file:///etc/passwd',
    'chrome://settings',
    'chrome-extension://abc/popup.html',
    'javascript:1',
    'view-source:https://a.test',
    'not a url',
    '',
  ])('is nothing for %s', (value) => {
    expect(readOrigin(value)).toBeUndefined();
  });

  it.each([
    ['https://a.test', true],
    ['http://a.test', false],
    ['http://localhost:8080', true],
    ['http://console.localhost:8080', true],
    ['http://127.0.0.1', true],
    ['http://[::1]', true],
    ['http://localhost.evil.test', false],
    ['http://127.0.0.1.evil.test', false],
  ])('%s is secure: %s', (value, secure) => {
    expect(readOrigin(value)?.secure).toBe(secure);
  });
});

describe('permissionPattern', () => {
  it.each([
    ['console.example.com', '*://console.example.com/*'],
    ['console.localhost:4820', '*://console.localhost/*'],
  ])('asks for %s with %s', (host, pattern) => {
    expect(permissionPattern(host)).toBe(pattern);
  });
});

describe('registrableDomain', () => {
  it.each([
    ['console.example.co.uk', 'example.co.uk'],
    ['a.b.example.com', 'example.com'],
    ['alice.github.io', 'alice.github.io'],
    ['localhost', undefined],
    ['10.0.0.1', undefined],
  ])('of %s is %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain);
  });
});
