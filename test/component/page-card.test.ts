// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import PageCard from '@/components/PageCard.vue';
import type { PageView } from '@/utils/messaging/protocol';

import { aCode, anAccount, aPage } from './setup';

function aCard(
  page: Partial<PageView> = {},
  props: Partial<InstanceType<typeof PageCard>['$props']> = {},
) {
  return mount(PageCard, {
    props: {
      page: aPage(page),
      accounts: [anAccount()],
      codes: new Map([['a1', aCode()]]),
      chosen: 'a1',
      now: 11_000,
      busy: false,
      hasAccounts: true,
      ...props,
    },
  });
}

function buttons(card: ReturnType<typeof aCard>): string[] {
  return card.findAll('button').map((button) => button.text());
}

describe('PageCard', () => {
  it('offers to fill the account of the page', async () => {
    const card = aCard();
    expect(card.text()).toContain('console.example.com asks for an authenticator code');
    await card.get('.button.main').trigger('click');
    expect(card.emitted('fill')).toEqual([['a1']]);
  });

  it.each([
    { asks: 'sms', says: 'This page asks for a code sent by text message' },
    { asks: 'email', says: 'This page asks for a code sent by e-mail' },
    { asks: 'push', says: 'This page waits for a confirmation on your phone' },
  ] as const)('does not put filling first when the page asks by $asks', ({ asks, says }) => {
    const card = aCard({ asks, refusal: 'delivery-other' });
    expect(card.text()).toContain(says);
    expect(card.find('.button.main').exists()).toBe(false);
    expect(buttons(card)).toContain('Copy the authenticator code anyway');
    expect(buttons(card)).toContain('This page takes authenticator codes: fill it');
  });

  it('names both hosts when the account is kept for a related one', () => {
    const related = anAccount({
      sites: [{ host: 'login.example.com', scope: 'host', source: 'typed' }],
    });
    const card = aCard({ own: [], related: ['a1'] }, { accounts: [related] });
    expect(card.text()).toContain('login.example.com');
    expect(buttons(card)).toContain('Fill on console.example.com');
  });

  it('offers to scan when the page asks and no account belongs to it', async () => {
    const card = aCard({ own: [] }, { accounts: [], chosen: undefined });
    expect(card.text()).toContain('No account of yours belongs to console.example.com');
    await card.get('.button.main').trigger('click');
    expect(card.emitted('scan')).toHaveLength(1);
  });

  it('lets one choose among several accounts', async () => {
    const second = anAccount({ id: 'a2', issuer: 'Foundry', accountName: 'ops@example.com' });
    const card = aCard({ own: ['a1', 'a2'] }, { accounts: [anAccount(), second] });
    await card.findAll('input[type=radio]')[1]?.setValue();
    expect(card.emitted('update:chosen')).toEqual([['a2']]);
  });

  it('offers standing access where there is none, once an account belongs to the page', async () => {
    const card = aCard({ access: false });
    const allow = card.findAll('button').find((button) => /by itself/.test(button.text()));
    await allow?.trigger('click');
    expect(card.emitted('allow')).toHaveLength(1);
    expect(aCard({ access: false, own: [] }, { accounts: [] }).text()).not.toContain('by itself');
  });

  it.each(['page-insecure', 'page-opaque'] as const)('copies but does not fill: %s', (refusal) => {
    const card = aCard({ refusal });
    expect(buttons(card)).not.toContain('Fill');
    expect(card.get('.button.main').text()).toBe('Copy');
  });

  it('says that the code was filled', () => {
    expect(aCard({ filled: true }).get('h2').text()).toBe('Filled on console.example.com');
  });

  it('removes an account on one press, since that can be taken back', async () => {
    const card = aCard();
    await card.get('[aria-expanded]').trigger('click');
    const remove = card.findAll('button').find((button) => button.text() === 'Remove account');
    await remove?.trigger('click');
    expect(card.emitted('remove')).toEqual([['a1']]);
  });
});
