import { fakeBrowser } from 'wxt/testing/fake-browser';

import type { ErrorCode } from '@/utils/errors';
import type {
  AccountSummary,
  Candidate,
  MessageAnswer,
  MessageData,
  MessageType,
  OtpCodeView,
  PageView,
  SlotType,
  SlotView,
  VaultHealth,
} from '@/utils/messaging/protocol';

import messages from '../../public/_locales/en/messages.json';

const texts = new Map(Object.entries(messages).map(([key, { message }]) => [key, message]));

/** The browser's own part in showing text: a key and what goes in place of `$1`, `$2`… */
Reflect.set(
  fakeBrowser.i18n,
  'getMessage',
  (key: string, substitutions: string | string[] = []) => {
    const values = [substitutions].flat();
    return (texts.get(key) ?? '').replace(/\$(\d)/g, (_, place) => values[place - 1] ?? '');
  },
);

/** webextension-polyfill goes on only in what looks like an extension. */
Reflect.set(fakeBrowser.runtime, 'id', 'stepfill');

export class Refusal {
  constructor(readonly code: ErrorCode) {}
}

export type Answers = {
  [Type in MessageType]?: (
    data: MessageData<Type>,
  ) => MessageAnswer<Type> | Refusal | Promise<MessageAnswer<Type>>;
};

export interface Background {
  answers: Answers;
  /** What was sent, oldest first. */
  sent: { type: string; data: unknown }[];
  /** Says to everybody that something changed. */
  change: () => Promise<void>;
}

/** A browser whose background gives the `answers`, as the transport carries them. */
export function runBackground(answers: Answers): Background {
  const background: Background = { answers, sent: [], change };
  const listeners = new Set<(message: unknown, sender: unknown, done: () => void) => void>();

  Reflect.set(fakeBrowser.runtime, 'onMessage', {
    addListener: (listener: () => void) => listeners.add(listener),
    removeListener: (listener: () => void) => listeners.delete(listener),
  });
  Reflect.set(
    fakeBrowser.runtime,
    'sendMessage',
    async ({ type, data }: { type: MessageType; data: never }, done: (answer: unknown) => void) => {
      background.sent.push({ type, data });
      const answer = await background.answers[type]?.(data);
      done({
        res:
          answer instanceof Refusal
            ? { ok: false, code: answer.code }
            : { ok: true, value: answer },
      });
    },
  );

  async function change() {
    for (const listener of listeners) {
      listener({ type: 'state.changed', id: 1, timestamp: Date.now() }, {}, () => undefined);
    }
    await Promise.resolve();
  }

  return background;
}

export function anAccount(parts: Partial<AccountSummary> = {}): AccountSummary {
  return {
    id: 'a1',
    type: 'totp',
    issuer: 'Foundry',
    accountName: 'ada@example.com',
    digits: 6,
    period: 30,
    sites: [{ host: 'console.example.com', scope: 'host', source: 'typed' }],
    unconfirmed: false,
    ...parts,
  };
}

/** Slots of the given types, named after them. */
export function slotsOf(...types: SlotType[]): SlotView[] {
  return types.map((type) => ({
    id: type,
    type,
    ...(type === 'passkey' ? { credentialId: 'AQID', salt: 'BAUG' } : {}),
  }));
}

export function aHealth(parts: Partial<VaultHealth> = {}): VaultHealth {
  return {
    copies: [
      { place: 'local-a', state: 'good', revision: 12, writtenAt: Date.now() },
      { place: 'local-b', state: 'good', revision: 11, writtenAt: Date.now() - 60_000 },
      { place: 'database', state: 'good', revision: 12, writtenAt: Date.now() },
    ],
    snapshots: [],
    lastBackupAt: Date.now(),
    accounts: 2,
    trashed: 0,
    bytes: 4096,
    ...parts,
  };
}

export function aCode(parts: Partial<OtpCodeView> = {}): OtpCodeView {
  return {
    accountId: 'a1',
    code: '418902',
    nextCode: '551207',
    validUntil: 30_000,
    period: 30,
    ...parts,
  };
}

export function aCandidate(parts: Partial<Candidate> = {}): Candidate {
  return {
    id: 'c1',
    type: 'totp',
    issuer: 'Foundry',
    accountName: 'ada@example.com',
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    code: '418902',
    validUntil: 30_000,
    ...parts,
  };
}

export function aPage(parts: Partial<PageView> = {}): PageView & { host: string } {
  return {
    host: 'console.example.com',
    access: true,
    asks: 'authenticator',
    purpose: 'sign-in',
    own: ['a1'],
    related: [],
    filled: false,
    ...parts,
  };
}

/** happy-dom lays nothing out; a list that renders what is in sight needs a height to be in. */
export function giveElementsSize(height = 600): void {
  for (const [name, value] of [
    ['clientHeight', height],
    ['clientWidth', 360],
    ['offsetHeight', height],
    ['offsetWidth', 360],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value });
  }
}
