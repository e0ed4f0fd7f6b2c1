import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';

/** Markup as it is often found: no label element, no autocomplete, no input mode. */
export const singleField: SiteDefinition = {
  name: 'single-field',
  title: 'Plain Post',
  summary: 'one field with poor markup',
  enrolled: true,
  serve: (site) =>
    serveSignIn(site, {
      field: 'code',
      body: (_site, { error }) =>
        html`<section class="card">
          <h1>Verify it’s you</h1>
          <p>Open your authenticator app and enter the code shown for Plain Post.</p>
          ${errorNote(error)}
          <form method="post" action="/second-step">
            <div class="row">
              <div class="label">Code</div>
              <div><input type="text" name="code" /></div>
            </div>
            <button>Log in</button>
          </form>
        </section>`,
    }),
};
