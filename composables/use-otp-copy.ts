import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

import { ExtensionError } from '@/utils/errors';
import type { OtpCodeView } from '@/utils/messaging/protocol';

/** A code with less than this left would be refused by the time it is pasted. */
const TOO_LATE_MS = 3000;
const SHOWN_MS = 2000;

export interface Copied {
  accountId: string;
  which: 'current' | 'next';
}

export interface OtpCopyFace {
  /** What was copied in the last two seconds. */
  copied: Readonly<ShallowRef<Copied | undefined>>;
  /** Puts the code on the clipboard, or the one after it when that is asked for or time is too short. */
  copy: (code: OtpCodeView, which?: 'next') => Promise<Copied>;
}

export function useOtpCopy(
  write = (text: string) => navigator.clipboard.writeText(text),
  clock = Date.now,
): OtpCopyFace {
  const copied = shallowRef<Copied>();
  let timer: ReturnType<typeof setTimeout>;

  async function copy(code: OtpCodeView, which?: 'next'): Promise<Copied> {
    const next =
      which === 'next' || code.validUntil - clock() < TOO_LATE_MS ? code.nextCode : undefined;
    try {
      await write(next ?? code.code);
    } catch (cause) {
      throw new ExtensionError('clipboard-refused', { cause });
    }
    clearTimeout(timer);
    copied.value = { accountId: code.accountId, which: next === undefined ? 'current' : 'next' };
    timer = setTimeout(() => {
      copied.value = undefined;
    }, SHOWN_MS);
    return copied.value;
  }

  onScopeDispose(() => clearTimeout(timer));
  return { copied, copy };
}
