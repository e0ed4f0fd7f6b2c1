import type { FastifyReply, FastifyRequest } from 'fastify';
import { toDataURL } from 'qrcode';

import { html, type Html } from '../html.ts';
import { errorNote } from '../page.ts';
import { sentenceFor } from '../sign-in.ts';
import { codeOf, formOf, sendPage, type Site } from '../site.ts';
import type { SiteAccount } from '../verifier.ts';

/** Adds /security, where two-step sign-in is set up and turned off. */
export function serveSecurity(site: Site): void {
  const { routes, sessions, verifier } = site;
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!sessions.of(request)?.complete) return reply.redirect('/login', 303);
  };

  routes.get('/security', { preHandler }, (_request, reply) => securityPage(reply, site));
  routes.post('/security', { preHandler }, (request, reply) => {
    const error = sentenceFor(verifier.verify(codeOf(formOf(request), 'code')));
    if (error !== undefined) return securityPage(reply, site, error);
    verifier.enrolled = true;
    return reply.redirect('/security', 303);
  });
  routes.post('/security/off', { preHandler }, (_request, reply) => {
    verifier.reset();
    return reply.redirect('/security', 303);
  });
}

async function securityPage(reply: FastifyReply, site: Site, error?: string) {
  const { account } = site.verifier;
  const body = account.enrolled ? enrolledBody : await setUpBody(account, error);
  return sendPage(reply, site, { title: 'Security', body, signedIn: true });
}

async function setUpBody({ uri, secret }: SiteAccount, error: string | undefined): Promise<Html> {
  return html`<section class="card">
    <h1>Set up an authenticator app</h1>
    <p>Scan this picture with your authenticator app, then enter the code that it shows.</p>
    <img class="qr" src="${await toDataURL(uri, { scale: 5, margin: 4 })}" alt="QR code" />
    <details>
      <summary>Can’t scan it?</summary>
      <p>Type this key into your app instead:</p>
      <p class="key">${inGroups(secret)}</p>
    </details>
    ${errorNote(error)}
    <form method="post" action="/security">
      <label for="code">Enter the 6-digit code from your app</label>
      <input
        id="code"
        class="code"
        name="code"
        autocomplete="off"
        inputmode="numeric"
        maxlength="6"
      />
      <button>Verify</button>
    </form>
  </section>`;
}

const enrolledBody = html`<section class="card">
  <h1>Two-step sign-in is on</h1>
  <p>From now on, signing in takes your password and a code from your authenticator.</p>
  <a class="button" href="/home">Back to the console</a>
  <form method="post" action="/security/off"><button class="link">Turn it off</button></form>
</section>`;

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
