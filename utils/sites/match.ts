import type { Site } from '../otp/account';
import type { PageOrigin } from './origin';
import { registrableDomain } from './registrable-domain';

/**
 * How an account's sites relate to a page: `own` may be filled without asking, `related` (another
 * host of the same registrable domain) is offered for one click, anything else is foreign. Issuer
 * names and page titles never decide.
 */
export function matchSite(
  sites: readonly Site[] | undefined,
  page: PageOrigin,
): 'own' | 'related' | undefined {
  const relations = (sites ?? []).map((site) => matchOne(site, page));
  if (relations.includes('own')) return 'own';
  return relations.includes('related') ? 'related' : undefined;
}

function matchOne(site: Site, page: PageOrigin): 'own' | 'related' | undefined {
  if (site.host === page.host) return 'own';
  if (!URL.canParse(`https://${site.host}`)) return undefined;
  const saved = new URL(`https://${site.host}`);
  const domain = registrableDomain(page.hostname);
  if (domain === undefined || registrableDomain(saved.hostname) !== domain) return undefined;
  const samePort =
    saved.host.slice(saved.hostname.length) === page.host.slice(page.hostname.length);
  return site.scope === 'domain' && samePort ? 'own' : 'related';
}
