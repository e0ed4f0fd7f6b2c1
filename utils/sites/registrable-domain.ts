import { getDomain } from 'tldts';

/**
 * The registrable domain of a host name, by the public suffix list with its private section:
 * without it, every customer of `github.io` or `vercel.app` would be one site. `undefined` for
 * single labels and IP addresses, which belong to nobody but themselves.
 */
export function registrableDomain(hostname: string): string | undefined {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? undefined;
}
