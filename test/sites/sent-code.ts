import { html, type Html } from './html.ts';
import { errorNote } from './page.ts';
import { serveSignIn } from './sign-in.ts';
import { sendPage, type Site } from './site.ts';

interface Wording {
  heading: string;
  sentence: string;
  label: string;
  resend: string;
  /** The title of the page that stands in for the phone or the mailbox. */
  inbox: string;
}

/** Sign-in whose second step is a code that the site sends. `/inbox` shows what was sent. */
export function serveSentCode(site: Site, wording: Wording): void {
  const { routes, sessions, verifier } = site;
  serveSignIn(site, {
    field: 'code',
    body: (_site, { error }) => prompt(wording, error),
    begin: () => void verifier.send(),
    verify: (_site, code) => verifier.verifySent(code),
  });
  routes.post('/resend', (request, reply) => {
    if (sessions.of(request)) verifier.send();
    return reply.redirect('/second-step', 303);
  });
  routes.get('/inbox', (_request, reply) =>
    sendPage(reply, site, {
      title: wording.inbox,
      body: inbox(wording.inbox, verifier.account.sentCode),
    }),
  );
}

function prompt({ heading, sentence, label, resend }: Wording, error: string | undefined): Html {
  return html`<section class="card">
    <h1>${heading}</h1>
    <p>${sentence}</p>
    ${errorNote(error)}
    <form method="post" action="/second-step">
      <label for="code">${label}</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" />
      <button>Continue</button>
    </form>
    <form method="post" action="/resend"><button class="link">${resend}</button></form>
  </section>`;
}

function inbox(title: string, sentCode: string | undefined): Html {
  return html`<section class="card">
    <h1>${title}</h1>
    <p>${sentCode === undefined ? 'Nothing has arrived.' : `Your code is ${sentCode}`}</p>
  </section>`;
}
