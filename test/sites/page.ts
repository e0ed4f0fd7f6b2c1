import { html, type Html } from './html.ts';

export interface Page {
  brand: string;
  title: string;
  body: Html;
  /** Whether the page runs the site's client script. */
  script?: boolean;
  signedIn?: boolean;
  /** Whether the page is shown inside another one, and so goes without the bar. */
  framed?: boolean;
  wide?: boolean;
}

/** The frame that all pages share. */
export function page(content: Page): Html {
  const { brand, title, body, script, signedIn, framed, wide } = content;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${brand}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        ${
          framed !== true &&
          html`<header class="bar">
            <a class="brand" href="/"><span class="mark" aria-hidden="true"></span>${brand}</a>
            ${signedIn === true && signOut}
          </header>`
        }
        <main class="${wide === true ? 'wide' : ''} ${framed === true ? 'framed' : ''}">
          ${body}
        </main>
        ${script === true && html`<script type="module" src="/client.js"></script>`}
      </body>
    </html>`;
}

const signOut = html`<form method="post" action="/sign-out">
  <button class="quiet">Sign out</button>
</form>`;

/** The error sentence of a form. */
export function errorNote(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="error" role="alert">${text}</p>`;
}
