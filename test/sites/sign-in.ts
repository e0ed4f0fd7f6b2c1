import type { FastifyReply, FastifyRequest } from 'fastify';

import { html, type Html } from './html.ts';
import { errorNote } from './page.ts';
import { codeOf, formOf, sendPage, type Site } from './site.ts';
import type { Verdict } from './verifier.ts';

/** How a site asks for its second step. */
export interface SecondStep {
  /** The name of the field, or of each field, that carries the code. */
  field: string;
  body: (site: Site, prompt: { error: string | undefined }) => Html;
  /** Whether the page runs the site's client script. */
  script?: boolean;
  verify?: (site: Site, code: string) => Verdict;
  /** Runs when the password was right. */
  begin?: (site: Site) => void;
}

const sentences: Record<Exclude<Verdict, 'accepted'>, string> = {
  wrong: 'That code is not right. Check it and try again.',
  replayed: 'That code has been used already. Wait for the next one.',
};

export function sentenceFor(verdict: Verdict): string | undefined {
  return verdict === 'accepted' ? undefined : sentences[verdict];
}

/** Adds /login, /second-step, /home and /sign-out; `home` is what a signed-in person sees. */
export function serveSignIn(site: Site, secondStep: SecondStep, home = signedInAs): void {
  servePassword(site, secondStep);
  serveSecondStep(site, secondStep);
  const { routes, sessions } = site;

  routes.get('/', (_request, reply) => reply.redirect('/home'));
  routes.get('/home', (request, reply) => {
    const session = sessions.of(request);
    if (!session?.complete) return reply.redirect('/login');
    return sendPage(reply, site, { title: 'Home', body: home(session.user), signedIn: true });
  });
  routes.post('/sign-out', (request, reply) => {
    sessions.end(request);
    return reply.redirect('/login', 303);
  });
}

function servePassword(site: Site, { begin }: SecondStep): void {
  const { routes, sessions, verifier } = site;
  routes.get('/login', (_request, reply) => passwordPage(reply, site));
  routes.post('/login', (request, reply) => {
    const form = formOf(request);
    if (!form.get('username')?.trim() || !form.get('password')) {
      return passwordPage(reply, site, 'Enter a user name and a password.');
    }
    const { accountName, enrolled } = verifier.account;
    sessions.open(reply, { user: accountName, complete: !enrolled, twoStep: enrolled });
    if (!enrolled) return reply.redirect('/home', 303);
    begin?.(site);
    return reply.redirect('/second-step', 303);
  });
}

function passwordPage(reply: FastifyReply, site: Site, error?: string): FastifyReply {
  return sendPage(reply, site, {
    title: 'Sign in',
    body: html`<section class="card">
      <h1>Sign in</h1>
      ${errorNote(error)}
      <form method="post" action="/login">
        <label for="username">User name</label>
        <input
          id="username"
          name="username"
          autocomplete="username"
          value="${site.verifier.account.accountName}"
        />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" />
        <button>Continue</button>
      </form>
      <p class="note">A demo site on this computer: any password will do.</p>
    </section>`,
  });
}

function serveSecondStep(site: Site, secondStep: SecondStep): void {
  const { routes, sessions } = site;
  routes.get('/second-step', (request, reply) => {
    const session = sessions.of(request);
    if (!session) return reply.redirect('/login');
    if (session.complete) return reply.redirect('/home');
    return secondStepPage(reply, site, secondStep);
  });
  routes.post('/second-step', (request, reply) => {
    const session = sessions.of(request);
    if (!session) return reply.redirect('/login', 303);
    const code = codeOf(formOf(request), secondStep.field);
    const verdict = secondStep.verify?.(site, code) ?? site.verifier.verify(code);
    const error = sentenceFor(verdict);
    if (error === undefined) session.complete = true;
    if (wantsJson(request)) return reply.send({ accepted: error === undefined, error });
    if (error === undefined) return reply.redirect('/home', 303);
    return secondStepPage(reply, site, secondStep, error);
  });
}

function secondStepPage(
  reply: FastifyReply,
  site: Site,
  { body, script = false }: SecondStep,
  error?: string,
): FastifyReply {
  return sendPage(reply, site, {
    title: 'Two-step sign-in',
    body: body(site, { error }),
    script,
  });
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('application/json') ?? false;
}

function signedInAs(user: string): Html {
  return html`<section class="card">
    <h1>Signed in as ${user}</h1>
    <p>Both steps are done.</p>
  </section>`;
}
