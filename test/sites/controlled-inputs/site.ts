import { serveClientScript } from '../client-script.ts';
import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';

/** Vue keeps the value; what a script writes into the field without an event never arrives. */
export const controlledInputs: SiteDefinition = {
  name: 'controlled-inputs',
  title: 'Evergreen Mail',
  summary: 'a field controlled by Vue, with a button that waits for six digits',
  enrolled: true,
  serve(site) {
    serveClientScript(site);
    serveSignIn(site, {
      field: 'code',
      script: true,
      body: (_site, { error }) => html`<div id="app">${errorNote(error)}</div>`,
    });
  },
};
