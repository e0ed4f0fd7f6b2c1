import { serveClientScript } from '../client-script.ts';
import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';

/** React remembers the last value it has seen, and ignores an event that brings nothing else. */
export const reactInputs: SiteDefinition = {
  name: 'react-inputs',
  title: 'Reactor Cloud',
  summary: 'a field controlled by React, with a button that waits for six digits',
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
