import { serveClientScript } from '../client-script.ts';
import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { serveSignIn } from '../sign-in.ts';
import type { SiteDefinition } from '../site.ts';

/** One box per digit; the last one submits. */
export const sixBoxes: SiteDefinition = {
  name: 'six-boxes',
  title: 'Boxwood Bank',
  summary: 'six boxes, submitted by the last digit',
  enrolled: true,
  serve(site) {
    serveClientScript(site);
    serveSignIn(site, {
      field: 'digit',
      script: true,
      body: (_site, { error }) =>
        html`<section class="card">
          <h1>Enter your 6-digit code</h1>
          <p>Use the code from your authenticator app.</p>
          ${errorNote(error)}
          <form method="post" action="/second-step" id="second-step">
            <div class="boxes" role="group" aria-label="Authentication code">
              ${[1, 2, 3, 4, 5, 6].map(digitBox)}
            </div>
            <button>Continue</button>
          </form>
        </section>`,
    });
  },
};

const digitBox = (position: number) =>
  html`<input
    name="digit"
    maxlength="1"
    inputmode="numeric"
    autocomplete="off"
    aria-label="Digit ${position}"
  />`;
