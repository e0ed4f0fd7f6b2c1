import { nextTick, onScopeDispose, shallowRef, type ShallowRef } from 'vue';

import { errorCodeOf } from '@/utils/errors';
import { errorText, t } from '@/utils/i18n';
import { send } from '@/utils/messaging/client';
import type { ChangeReceipt } from '@/utils/messaging/protocol';

export interface Said {
  text: string;
  /** For screen readers only, because it shows already where it happened. */
  quiet: boolean;
  /** What was done can be taken back while this is said. */
  undoId?: string;
}

export interface ToastFace {
  said: Readonly<ShallowRef<Said>>;
  say: (text: string, quiet?: boolean) => Promise<void>;
  /** Says what was done, and takes it back on Ctrl+Z or `undo` as long as it is said. */
  offerUndo: (text: string, receipt: ChangeReceipt) => Promise<void>;
  undo: () => Promise<void>;
  clear: () => void;
}

const nothing: Said = { text: '', quiet: false };

/** What was just done, in one line. `undone` is called after it was taken back. */
export function useToast(undone: () => Promise<unknown>, first = ''): ToastFace {
  const said = shallowRef<Said>({ ...nothing, text: first });

  async function show(next: Said) {
    // The same words twice are said twice only when they were gone in between.
    said.value = nothing;
    await nextTick();
    said.value = next;
  }

  async function undo() {
    const { undoId } = said.value;
    if (undoId === undefined) return;
    said.value = nothing;
    try {
      await send('account.undo', { undoId });
      await undone();
      await show({ text: t('undone'), quiet: false });
    } catch (failure) {
      await show({ text: errorText(errorCodeOf(failure)), quiet: false });
    }
  }

  function shortcut(event: KeyboardEvent) {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) {
      return;
    }
    // In a field with text, the keys belong to the text.
    if (said.value.undoId === undefined || hasText(event.target)) return;
    event.preventDefault();
    void undo();
  }

  document.addEventListener('keydown', shortcut);
  onScopeDispose(() => document.removeEventListener('keydown', shortcut));

  return {
    said,
    say: (text, quiet = false) => show({ text, quiet }),
    offerUndo: (text, { undoId }) => show({ text, quiet: false, undoId }),
    undo,
    clear() {
      said.value = nothing;
    },
  };
}

function hasText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement &&
    target.value !== '' &&
    !['checkbox', 'radio', 'file'].includes(target.type)
  );
}
