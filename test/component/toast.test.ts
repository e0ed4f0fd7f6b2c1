// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';

import ToastLine from '@/components/ToastLine.vue';
import { useToast } from '@/composables/use-toast';

import { Refusal, runBackground } from './setup';

let scope: EffectScope;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  document.body.replaceChildren();
  vi.useRealTimers();
});

function aToast(undone = async () => undefined as unknown) {
  const toast = scope.run(() => useToast(undone));
  if (!toast) throw new Error('the scope is over');
  return toast;
}

async function pressUndo(target: EventTarget = document.body) {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }),
  );
  await vi.advanceTimersByTimeAsync(0);
}

describe('useToast', () => {
  it('takes the change back on Ctrl+Z, once', async () => {
    const background = runBackground({ 'account.undo': () => undefined });
    const toast = aToast();
    await toast.offerUndo('Removed Foundry', { undoId: 'u1' });
    await pressUndo();
    await pressUndo();
    expect(background.sent).toEqual([{ type: 'account.undo', data: { undoId: 'u1' } }]);
    expect(toast.said.value.text).toBe('Taken back');
  });

  it('leaves Ctrl+Z to a field that has text in it', async () => {
    const { sent } = runBackground({ 'account.undo': () => undefined });
    const toast = aToast();
    await toast.offerUndo('Removed Foundry', { undoId: 'u1' });
    const field = document.body.appendChild(document.createElement('input'));
    field.value = 'foundry';
    await pressUndo(field);
    expect(sent).toEqual([]);
    field.value = '';
    await pressUndo(field);
    expect(sent).toHaveLength(1);
  });

  it('has nothing to take back after it was cleared', async () => {
    const { sent } = runBackground({});
    const toast = aToast();
    await toast.offerUndo('Removed Foundry', { undoId: 'u1' });
    toast.clear();
    await pressUndo();
    expect(sent).toEqual([]);
  });

  it('says when it is too late', async () => {
    runBackground({ 'account.undo': () => new Refusal('undo-expired') as never });
    const toast = aToast();
    await toast.offerUndo('Removed Foundry', { undoId: 'u1' });
    await toast.undo();
    expect(toast.said.value.text).toContain('can no longer be taken back');
  });
});

describe('ToastLine', () => {
  it('stays ten seconds with something to take back, and longer under the hand', async () => {
    const line = mount(ToastLine, { props: { text: 'Removed Foundry', undoable: true } });
    await vi.advanceTimersByTimeAsync(9000);
    await line.get('button').trigger('focusin');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(line.emitted('gone')).toBeUndefined();
    await line.get('button').trigger('focusout');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(line.emitted('gone')).toHaveLength(1);
    expect(line.find('button').exists()).toBe(false);
  });

  it('says it to screen readers without pressing for it', () => {
    const line = mount(ToastLine, { props: { text: 'Removed Foundry', undoable: true } });
    expect(line.get('[role=status]').attributes('aria-live')).toBe('polite');
    expect(line.get('button').attributes('aria-keyshortcuts')).toBe('Control+Z');
  });
});
