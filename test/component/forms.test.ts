// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import AccountForm from '@/components/AccountForm.vue';
import EnrollCandidate from '@/components/EnrollCandidate.vue';
import PassphraseForm from '@/components/PassphraseForm.vue';
import UnlockForm from '@/components/UnlockForm.vue';
import { errorText } from '@/utils/i18n';

import { aCandidate } from './setup';

describe('AccountForm', () => {
  it('gives the account to the host of the tab unless that is unticked', async () => {
    const form = mount(AccountForm, { props: { host: 'console.example.com', busy: false } });
    const [secret] = form.findAll('input');
    await secret?.setValue('JBSWY3DP');
    await form.trigger('submit');
    await form.get('input[type=checkbox]').setValue(false);
    await form.trigger('submit');
    expect(form.emitted('save')).toMatchObject([
      [{ secret: 'JBSWY3DP', host: 'console.example.com', type: 'totp', digits: 6, period: 30 }],
      [{ secret: 'JBSWY3DP' }],
    ]);
    expect(form.emitted('save')?.[1]?.[0]).not.toHaveProperty('host');
  });

  it('leaves every parameter to a whole otpauth: address', async () => {
    const form = mount(AccountForm, { props: { busy: false } });
    await form.findAll('input')[0]?.setValue('otpauth://totp/A?secret=JBSWY3DP&digits=8');
    await form.trigger('submit');
    expect(Object.keys(form.emitted<[object]>('save')?.[0]?.[0] ?? {})).toEqual([
      'issuer',
      'accountName',
      'secret',
    ]);
  });

  it.each([
    { error: 'secret-invalid', field: 'Key' },
    { error: 'digits-invalid', field: 'Digits' },
    { error: 'period-invalid', field: 'Period in seconds' },
    { error: 'name-too-long', field: 'Issuer' },
  ] as const)('shows $error at the field "$field"', ({ error, field }) => {
    const form = mount(AccountForm, { props: { busy: false, error } });
    const label = form.findAll('label').find((candidate) => candidate.text() === field);
    const input = form.get(`[id="${label?.attributes('for')}"]`);
    const note = form.get(`[id="${input.attributes('aria-describedby')}"]`);
    expect(input.attributes('aria-invalid')).toBe('true');
    expect(note.text()).toBe(errorText(error));
  });

  it('shows what concerns no field under the form', () => {
    const form = mount(AccountForm, { props: { busy: false, error: 'storage-failed' } });
    expect(form.get('[role=status]').text()).toBe(errorText('storage-failed'));
  });
});

describe('PassphraseForm', () => {
  async function filled(exists: boolean, ...values: string[]) {
    const form = mount(PassphraseForm, { props: { exists, busy: false } });
    const fields = form.findAll('input[type=password]');
    for (const [index, value] of values.entries()) await fields[index]?.setValue(value);
    await form.trigger('submit');
    return form;
  }

  it('sets a passphrase that was typed twice, without this browser opening by itself', async () => {
    const form = await filled(false, 'correct horse', 'correct horse');
    expect(form.emitted('protect')).toEqual([[{ passphrase: 'correct horse', keepDevice: false }]]);
  });

  it('asks for the passphrase that exists', async () => {
    const form = await filled(true, 'old horses', 'correct horse', 'correct horse');
    expect(form.emitted('protect')).toMatchObject([[{ current: 'old horses' }]]);
  });

  it.each([
    { first: 'short', second: 'short', says: errorText('passphrase-short') },
    { first: 'correct horse', second: 'correct house', says: 'The two do not match' },
  ])('stops at "$first", "$second" and says why', async ({ first, second, says }) => {
    const form = await filled(false, first, second);
    expect(form.emitted('protect')).toBeUndefined();
    expect(form.text()).toContain(says);
  });
});

describe('UnlockForm', () => {
  it('says that the passphrase does not open this vault, at the field', () => {
    const form = mount(UnlockForm, { props: { busy: false, error: 'passphrase-wrong' } });
    expect(form.get('[role=alert]').text()).toBe('That passphrase does not open this vault.');
    expect(form.get('input').attributes('aria-invalid')).toBe('true');
  });
});

describe('EnrollCandidate', () => {
  function aForm(parts: Parameters<typeof aCandidate>[0] = {}, props = {}) {
    return mount(EnrollCandidate, {
      props: {
        candidate: aCandidate(parts),
        host: 'console.example.com',
        now: 11_000,
        asksAccess: true,
        busy: false,
        ...props,
      },
    });
  }

  it('saves the names as the person left them', async () => {
    const form = aForm();
    await form.findAll('input')[0]?.setValue(' Foundry Cloud ');
    await form.trigger('submit');
    expect(form.emitted('save')).toEqual([
      [{ issuer: 'Foundry Cloud', accountName: 'ada@example.com' }],
    ]);
  });

  it('announces the question of the browser, naming the exact host', () => {
    expect(aForm().text()).toContain(
      'Your browser will ask whether Stepfill may work on console.example.com.',
    );
    expect(aForm({}, { asksAccess: false }).text()).not.toContain('Your browser will ask');
  });

  it('shows both names when the code gives two', () => {
    expect(aForm({ otherIssuer: 'Foundry Cloud' }).text()).toContain('Foundry and Foundry Cloud');
  });

  it('does not offer to save what is there already', () => {
    const form = aForm({}, { duplicate: 'Foundry' });
    expect(form.text()).toContain('You have this account already, as Foundry.');
    expect(form.find('button[type=submit]').exists()).toBe(false);
  });
});
