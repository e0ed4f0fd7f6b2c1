import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { page, type Page } from './page.ts';
import type { Sessions } from './sessions.ts';
import type { Verifier } from './verifier.ts';

export interface SiteDefinition {
  /** The first label of its host name, and the name of its folder. */
  name: string;
  /** What it calls itself, in its pages and as the issuer. */
  title: string;
  /** One line for the list of sites. */
  summary: string;
  /** False where the person has yet to set up an authenticator. */
  enrolled: boolean;
  /** Adds the routes. */
  serve(site: Site): void;
}

/** One running site, as its routes see it. */
export interface Site {
  definition: SiteDefinition;
  routes: FastifyInstance;
  sessions: Sessions;
  verifier: Verifier;
  /** Another running site, for the start page, which reports on the console. */
  other(name: string): Site;
  url(name: string, path?: string): string;
}

export function sendPage(
  reply: FastifyReply,
  site: Site,
  content: Omit<Page, 'brand'>,
): FastifyReply {
  const brand = site.definition.title;
  return reply.type('text/html; charset=utf-8').send(page({ brand, ...content }).markup);
}

/** The fields of a posted form. */
export function formOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

/** People write codes in groups; a site that minds is none of those here. */
export function codeOf(form: URLSearchParams, field: string): string {
  return form.getAll(field).join('').replaceAll(/\s/g, '');
}
