import * as v from 'valibot';

import { browser } from '../browser';
import { errorCodeOf, ExtensionError } from '../errors';
import { logFailure } from '../log';
import type { AllHandlers, Handler } from './handler';
import { callers, messageTypes, STATE_CHANGED, type MessageType } from './protocol';
import { schemas } from './schemas';
import { readSender, type Self } from './sender';
import { onMessage, sendMessage, type Envelope } from './transport';

/**
 * Answers every message of the protocol. Whoever may not send one, or sends it misshapen, is
 * refused before a handler runs.
 */
export function serve(handlers: AllHandlers, before: Before): void {
  const self: Self = {
    id: browser.runtime.id,
    origin: new URL(browser.runtime.getURL('')).origin,
    pages: ['/popup.html', '/options.html'],
  };
  for (const type of messageTypes) serveOne(type, handlers, self, before);
}

/** Runs before each handler, once the sender is known to be allowed. */
type Before = (type: MessageType) => Promise<void>;

function serveOne<Type extends MessageType>(
  type: Type,
  handlers: AllHandlers,
  self: Self,
  before: Before,
): void {
  const handler = handlers[type];
  onMessage(type, async ({ data, sender }) => answer(type, handler, data, sender, self, before));
}

async function answer<Type extends MessageType>(
  type: Type,
  handler: Handler<Type>,
  data: unknown,
  from: unknown,
  self: Self,
  before: Before,
): Promise<Envelope> {
  try {
    const known = readSender(from, self);
    if (!known || !callers[type].some((caller) => caller === known.caller)) {
      throw new ExtensionError('sender-refused');
    }
    const checked = v.safeParse(schemas[type], data);
    if (!checked.success) throw new ExtensionError('message-invalid');
    await before(type);
    return { ok: true, value: await handler(checked.output, known.sender) };
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'unexpected') logFailure(type, error);
    return { ok: false, code };
  }
}

/** Tells open pages of the extension, and the given tabs, to ask again. */
export async function announceChange(tabIds: Iterable<number> = []): Promise<void> {
  const told = [
    sendMessage(STATE_CHANGED, undefined),
    ...[...tabIds].map((tabId) => sendMessage(STATE_CHANGED, undefined, { tabId })),
  ];
  // Nobody listening is the usual case, and no failure.
  await Promise.allSettled(told);
}
