// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import UnlockWays from '@/components/UnlockWays.vue';
import { errorText } from '@/utils/i18n';
import type { SlotType } from '@/utils/messaging/protocol';

import { slotsOf } from './setup';

function someWays(types: SlotType[], props: { pinTriesLeft?: number; error?: 'pin-wrong' } = {}) {
  return mount(UnlockWays, { props: { slots: slotsOf(...types), busy: false, ...props } });
}

async function press(ways: ReturnType<typeof someWays>, name: string) {
  const button = ways.findAll('button').find((each) => each.text() === name);
  if (!button) throw new Error(`no button "${name}" in: ${ways.text()}`);
  await button.trigger('click');
}

describe('UnlockWays', () => {
  it.each([
    { types: ['passphrase'], offers: [] },
    { types: ['passphrase', 'passkey'], offers: ['Use a passkey'] },
    {
      types: ['device', 'passphrase', 'passkey', 'recovery'],
      offers: ['Use a passkey', 'Use a recovery code'],
    },
  ] satisfies { types: SlotType[]; offers: string[] }[])(
    'asks for the passphrase first, and offers $offers beside it',
    ({ types, offers }) => {
      const ways = someWays(types);
      expect(ways.get('label').text()).toBe('Passphrase');
      expect(ways.findAll('li').map((way) => way.text())).toEqual(offers);
    },
  );

  it('has the passkey at its head when there is no passphrase', async () => {
    const ways = someWays(['passkey', 'recovery']);
    expect(ways.get('.button.main').text()).toBe('Use a passkey');
    await press(ways, 'Use a passkey');
    expect(ways.emitted('passkey')).toHaveLength(1);
  });

  it('asks for the PIN first while it has tries left, and for the passphrase instead', async () => {
    const ways = someWays(['passphrase'], { pinTriesLeft: 5 });
    expect(ways.get('label').text()).toBe('PIN');
    expect(ways.text()).not.toContain('left');
    await ways.get('input').setValue('2468');
    await ways.get('form').trigger('submit');
    expect(ways.emitted('pin')).toEqual([['2468']]);
    await press(ways, 'Use the passphrase instead');
    expect(ways.get('label').text()).toBe('Passphrase');
    expect(ways.get('input').element.value).toBe('');
  });

  it('says how many tries are left once one has failed, and what to do when none is', async () => {
    const ways = someWays(['passphrase'], { pinTriesLeft: 4, error: 'pin-wrong' });
    expect(ways.text()).toContain('4 tries left');
    expect(ways.get('[role=alert]').text()).toBe(errorText('pin-wrong'));
    await ways.setProps({ pinTriesLeft: undefined });
    expect(ways.get('label').text()).toBe('Passphrase');
    expect(ways.text()).toContain('Open the vault another way.');
  });

  it('takes a recovery code as it was typed', async () => {
    const ways = someWays(['passphrase', 'recovery']);
    await press(ways, 'Use a recovery code');
    await ways.get('input').setValue('k7qm 2xhd');
    await ways.get('form').trigger('submit');
    expect(ways.emitted('recovery')).toEqual([['k7qm 2xhd']]);
  });
});
