import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';

import { fastify, type FastifyInstance } from 'fastify';

import { siteDefinitions } from './registry.ts';
import { Sessions } from './sessions.ts';
import type { Site, SiteDefinition } from './site.ts';
import { type Attempt, type SiteAccount, Verifier } from './verifier.ts';

export type { Attempt, SiteAccount };

export interface SitesOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  log?: boolean;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

export interface Sites {
  port: number;
  url(site: string, path?: string): string;
  account(site: string): SiteAccount;
  /** Every code that was sent to the site, oldest first. */
  attempts(site: string): Attempt[];
  /** Signs everybody out, and gives every site a fresh secret. */
  reset(): void;
  close(): Promise<void>;
}

/** Serves every site on one port of this computer, told apart by host name: `<site>.localhost`. */
export async function startSites(options: SitesOptions = {}): Promise<Sites> {
  const { port = 0, log = false, clock = Date.now } = options;
  const server = createApp(log);
  const sites = new Map<string, Site>();
  let boundPort = port;

  const url = (name: string, where = '/') => `http://${name}.localhost:${boundPort}${where}`;
  const find = (name: string) => {
    const site = sites.get(name);
    if (!site) throw new Error(`There is no test site ${name}.`);
    return site;
  };
  for (const definition of siteDefinitions) {
    await server.register(
      async (routes) => {
        const site = createSite(definition, routes, clock, { other: find, url });
        sites.set(definition.name, site);
        serveCommonFiles(site);
        definition.serve(site);
      },
      { prefix: `/${definition.name}` },
    );
  }

  await server.listen({ port, host: '127.0.0.1' });
  boundPort = portOf(server) ?? port;
  const second = await listenOnIPv6(server, boundPort);
  return {
    port: boundPort,
    url,
    account: (name) => find(name).verifier.account,
    attempts: (name) => find(name).verifier.attempts,
    reset: () => sites.forEach(resetSite),
    async close() {
      second?.closeAllConnections();
      second?.close();
      await server.close();
    },
  };
}

function createApp(log: boolean): FastifyInstance {
  const server = fastify({
    logger: log,
    // Browsers keep connections open; waiting for them would hold up every test.
    forceCloseConnections: true,
    rewriteUrl: (request) => `/${siteName(request.headers.host)}${request.url ?? '/'}`,
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('There is no such page.'),
  );
  return server;
}

/** `localhost` by itself is the start page. */
function siteName(host = ''): string {
  const [name = ''] = host.split(/[.:]/);
  return name === 'localhost' || /^\d+$/.test(name) || name.startsWith('[') ? 'start' : name;
}

function createSite(
  definition: SiteDefinition,
  routes: FastifyInstance,
  clock: () => number,
  shared: Pick<Site, 'other' | 'url'>,
): Site {
  const identity = {
    issuer: definition.title,
    accountName: `ada@${definition.title.toLowerCase().replaceAll(' ', '')}.example`,
    enrolled: definition.enrolled,
  };
  return {
    definition,
    routes,
    sessions: new Sessions(),
    verifier: new Verifier(identity, clock),
    ...shared,
  };
}

const styleSheet = readFileSync(path.join(import.meta.dirname, 'style.css'), 'utf8');

function serveCommonFiles({ routes, verifier }: Site): void {
  routes.get('/style.css', (_request, reply) => reply.type('text/css').send(styleSheet));
  routes.get('/attempts', (_request, reply) => reply.send(verifier.attempts));
}

function resetSite({ sessions, verifier }: Site): void {
  sessions.clear();
  verifier.reset();
}

function portOf({ server }: FastifyInstance): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** Some systems resolve `*.localhost` to ::1 alone, and others have no ::1. */
function listenOnIPv6(server: FastifyInstance, port: number): Promise<Server | undefined> {
  const second = createServer((request, response) => server.routing(request, response));
  return new Promise((resolve) => {
    second.once('error', () => resolve(undefined));
    second.listen({ port, host: '::1' }, () => resolve(second));
  });
}
