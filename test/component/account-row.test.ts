// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import AccountRow from '@/components/AccountRow.vue';

import { aCode, anAccount } from './setup';

function aRow(props: Partial<InstanceType<typeof AccountRow>['$props']> = {}) {
  return mount(AccountRow, {
    props: { account: anAccount(), code: aCode(), now: 11_000, reachable: true, ...props },
    attachTo: document.body,
  });
}

describe('AccountRow', () => {
  it('shows the code in halves', () => {
    const halves = aRow().findAll('.otp-code > span');
    expect(halves.map((half) => half.text())).toEqual(['418', '902']);
  });

  it('is named by who the code is for, digit by digit, with the time left', () => {
    const label = aRow().get('button').attributes('aria-label');
    expect(label).toContain('Foundry, ada@example.com');
    expect(label).toContain('4 1 8 9 0 2');
    expect(label).toContain('19 seconds');
  });

  it('keeps its name still under the focus until the code changes', async () => {
    const row = aRow();
    const button = row.get('button');
    await button.trigger('focus');
    await row.setProps({ now: 15_000 });
    expect(button.attributes('aria-label')).toContain('19 seconds');
    await row.setProps({ now: 30_000, code: aCode({ code: '551207', validUntil: 60_000 }) });
    expect(button.attributes('aria-label')).toContain('5 5 1 2 0 7');
    expect(button.attributes('aria-label')).toContain('30 seconds');
  });

  it.each([
    { now: 24_000, expiring: false },
    { now: 25_000, expiring: true },
    { now: 29_999, expiring: true },
  ])('warns in the last five seconds: $expiring at $now ms', ({ now, expiring }) => {
    const row = aRow({ now });
    expect(row.get('.otp-code').classes('expiring')).toBe(expiring);
    expect(row.get('.code-ring').classes('expiring')).toBe(expiring);
  });

  it('keeps the place of the code when it says that it was copied', () => {
    const row = aRow({ copied: 'current' });
    expect(row.get('.done').text()).toBe('Copied');
    expect(row.find('.otp-code').exists()).toBe(true);
  });

  it('says so when it was the next code that was copied', () => {
    expect(aRow({ copied: 'next' }).get('.done').text()).toBe('Copied the next code');
  });

  it('has a button for the next code and no ring when codes are counted', async () => {
    const row = aRow({ account: anAccount({ type: 'hotp' }), code: undefined });
    expect(row.find('.code-ring').exists()).toBe(false);
    await row.get('.advance').trigger('click');
    expect(row.emitted('advance')).toHaveLength(1);
    expect(row.emitted('choose')).toBeUndefined();
  });

  it('names the host it would fill, and shows no code, while an account is chosen for a page', () => {
    const row = aRow({ fillHost: 'console.example.com' });
    expect(row.text()).toContain('Fill on console.example.com');
    expect(row.find('.otp-code').exists()).toBe(false);
  });

  it('marks an account that no site has confirmed', () => {
    expect(aRow({ account: anAccount({ unconfirmed: true }) }).text()).toContain('not confirmed');
  });
});
