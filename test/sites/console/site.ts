import { html, type Html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';
import { serveSecurity } from './security.ts';

/** The whole story: set up an authenticator, sign out, sign in with it. */
export const consoleSite: SiteDefinition = {
  name: 'console',
  title: 'Foundry Demo',
  summary: 'set up an authenticator, then sign in with it',
  enrolled: false,
  serve(site) {
    serveSecurity(site);
    serveSignIn(
      site,
      {
        field: 'otp',
        body: (_site, { error }) => secondStep(error),
      },
      (user) => home(user, site.verifier.enrolled),
    );
  },
};

function secondStep(error: string | undefined): Html {
  return html`<section class="card">
    <h1>Two-step sign-in</h1>
    <p>Your password was right. One thing is left: the code from your authenticator app.</p>
    ${errorNote(error)}
    <form method="post" action="/second-step">
      <label for="otp">Authentication code</label>
      <input
        id="otp"
        class="code"
        name="otp"
        autocomplete="one-time-code"
        inputmode="numeric"
        maxlength="6"
      />
      <button>Sign in</button>
    </form>
  </section>`;
}

function home(user: string, enrolled: boolean): Html {
  return html`<section class="card">
      <h1>Signed in as ${user}</h1>
      <p>
        ${
          enrolled
            ? 'You came in with your password and a code from your authenticator.'
            : 'You came in with a password alone.'
        }
      </p>
    </section>
    <section class="card">
      <h2>Security</h2>
      <p class="state ${enrolled ? 'on' : 'off'}">Two-step sign-in is ${enrolled ? 'on' : 'off'}</p>
      <a class="button ${enrolled ? 'quiet' : ''}" href="/security">
        ${enrolled ? 'Security settings' : 'Set up two-step sign-in'}
      </a>
    </section>`;
}
