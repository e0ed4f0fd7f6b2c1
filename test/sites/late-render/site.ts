import { serveClientScript } from '../client-script.ts';
import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';

/** A page that is empty at load, and never leaves itself. */
export const lateRender: SiteDefinition = {
  name: 'late-render',
  title: 'Latecomer',
  summary: 'a field that a script adds 700 ms after load, without a form',
  enrolled: true,
  serve(site) {
    serveClientScript(site);
    serveSignIn(site, {
      field: 'code',
      script: true,
      body: (_site, { error }) =>
        html`<div id="app">
          <section class="card"><p class="waiting">Loading…</p></section>
          ${errorNote(error)}
        </div>`,
    });
  },
};
