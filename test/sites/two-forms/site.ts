import { html } from '../html.ts';
import { errorNote } from '../page.ts';
import { formOf, sendPage, type SiteDefinition } from '../site.ts';

/** Fields that look a little like a code field, and are none. */
export const twoForms: SiteDefinition = {
  name: 'two-forms',
  title: 'Corner Shop',
  summary: 'a search box, a coupon code and a newsletter, and no one-time code',
  enrolled: true,
  serve(site) {
    const { routes } = site;
    routes.get('/', (_request, reply) => sendPage(reply, site, shop()));
    routes.post('/coupon', (request, reply) => {
      const coupon = formOf(request).get('code') ?? '';
      return sendPage(reply, site, shop(`There is no coupon “${coupon}”.`));
    });
    routes.post('/newsletter', (_request, reply) => reply.redirect('/', 303));
  },
};

const shop = (error?: string) => ({
  title: 'Your basket',
  body: html`<section class="card">
      <form action="/" role="search">
        <label for="search">Search the shop</label>
        <input id="search" name="q" type="search" />
      </form>
    </section>
    <section class="card">
      <h1>Your basket</h1>
      <p>One notebook, ruled, A5.</p>
      ${errorNote(error)}
      <form method="post" action="/coupon">
        <label for="coupon">Coupon code</label>
        <input id="coupon" name="code" maxlength="6" autocomplete="off" />
        <button class="quiet">Apply</button>
      </form>
    </section>
    <section class="card">
      <form method="post" action="/newsletter">
        <label for="email">Newsletter</label>
        <input id="email" name="email" type="email" autocomplete="email" />
        <button class="quiet">Subscribe</button>
      </form>
    </section>`,
});
