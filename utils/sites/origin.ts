/** A web page, as far as the decision about a code needs to know it. */
export interface PageOrigin {
  origin: string;
  /** As shown in the address bar, in its ASCII form: with the port when it is not the scheme's own. */
  host: string;
  hostname: string;
  /** https, or this computer itself. */
  secure: boolean;
}

/**
 * The page behind an origin or URL, or `undefined` where no code may ever go: an opaque origin
 * (`null`: sandboxed frames, `data:`), `file:`, `blob:`, a browser page, an extension.
 */
export function readOrigin(value: string | undefined): PageOrigin | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  const { protocol, origin, host, hostname } = new URL(value);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  // "a.test." and "a.test" are one host to DNS and two to string comparison.
  const withoutDot = (name: string): string => name.replace(/\.(?=:\d+$|$)/, '');
  return {
    origin,
    host: withoutDot(host),
    hostname: withoutDot(hostname),
    secure: protocol === 'https:' || isLoopback(hostname),
  };
}

/** W3C Secure Contexts §3.1: these names never leave the computer. */
function isLoopback(hostname: string): boolean {
  return /^(?:localhost|(?:.+\.)localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** The match pattern to ask the browser for. Patterns know no port: it covers every port of the host. */
export function permissionPattern(host: string): string {
  const { hostname } = new URL(`https://${host}`);
  return `*://${hostname}/*`;
}
