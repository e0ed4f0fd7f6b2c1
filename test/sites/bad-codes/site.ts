import { toDataURL } from 'qrcode';

import { html, type Html } from '../html.ts';
import { sendPage, type SiteDefinition } from '../site.ts';

// Each but the first two would be a valid address, were it not for the one thing its name says.
const contents: Record<string, string | undefined> = {
  none: undefined,
  'qr-url': 'https://example.com/app',
  digits: 'otpauth://totp/Mint:ada?secret=JBSWY3DPEHPK3PXP&issuer=Mint&digits=99999999',
  'empty-secret': 'otpauth://totp/Mint:ada?secret=&issuer=Mint',
};

/** Codes that must not become accounts: `/?show=<kind>`. */
export const badCodes: SiteDefinition = {
  name: 'bad-codes',
  title: 'Misprint',
  summary: 'QR codes that are no account: ?show=qr-url, digits, empty-secret, none',
  enrolled: false,
  serve(site) {
    site.routes.get<{ Querystring: { show?: string } }>('/', async (request, reply) => {
      const { show = '' } = request.query;
      const body = Object.hasOwn(contents, show) ? await codePage(contents[show]) : list;
      return sendPage(reply, site, { title: 'Set up an authenticator app', body });
    });
  },
};

async function codePage(content: string | undefined): Promise<Html> {
  return html`<section class="card">
    <h1>Set up an authenticator app</h1>
    <p>Scan this with your authenticator app.</p>
    ${
      content === undefined
        ? html`<p class="note">The picture could not be loaded.</p>`
        : html`<img class="qr" src="${await toDataURL(content)}" alt="QR code" />`
    }
    <label for="code">Enter the 6-digit code from your app</label>
    <input id="code" name="code" inputmode="numeric" />
  </section>`;
}

const list = html`<section class="card">
  <h1>Misprinted codes</h1>
  <ul>
    ${Object.keys(contents).map((kind) => html`<li><a href="/?show=${kind}">${kind}</a></li>`)}
  </ul>
</section>`;
