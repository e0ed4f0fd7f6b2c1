import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import { sendPage, type SiteDefinition } from '../site.ts';

/** The prompt lives in a frame of the same origin; the outcome replaces the whole page. */
export const iframe: SiteDefinition = {
  name: 'iframe',
  title: 'Windowpane',
  summary: 'the code field is inside an iframe of the same origin',
  enrolled: true,
  serve(site) {
    serveSignIn(site, {
      field: 'passcode',
      body: (_site, { error }) =>
        html`<section class="card">
          <h1>One more step</h1>
          ${errorNote(error)}
          <iframe src="/prompt" title="Second step"></iframe>
        </section>`,
    });
    site.routes.get('/prompt', (_request, reply) =>
      sendPage(reply, site, { title: 'Second step', body: prompt, framed: true }),
    );
  },
};

const prompt = html`<form method="post" action="/second-step" target="_top">
  <label for="passcode">Passcode from your authenticator app</label>
  <input id="passcode" name="passcode" inputmode="numeric" maxlength="6" />
  <button>Log in</button>
</form>`;
