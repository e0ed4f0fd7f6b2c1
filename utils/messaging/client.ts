import { ExtensionError } from '../errors';
import { STATE_CHANGED, type MessageAnswer, type MessageData, type MessageType } from './protocol';
import { onMessage, sendMessage, type Envelope } from './transport';

type Arguments<Type extends MessageType> =
  MessageData<Type> extends undefined ? [] : [data: MessageData<Type>];

/** Sends a message to the background. A refusal is thrown as an {@link ExtensionError}. */
export async function send<Type extends MessageType>(
  type: Type,
  ...[data]: Arguments<Type>
): Promise<Awaited<MessageAnswer<Type>>> {
  const answer = await transmit(type, data);
  if (!answer?.ok) throw new ExtensionError(answer?.code ?? 'unexpected');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the background's answer to this very type
  return answer.value as Awaited<MessageAnswer<Type>>;
}

/**
 * A worker that is stopped while it answers takes the answer with it; the browser then says that
 * the channel closed. Every message is safe to send again.
 */
async function transmit(type: MessageType, data: unknown): Promise<Envelope | undefined> {
  try {
    return await sendMessage(type, data);
  } catch (error) {
    if (!(error instanceof Error) || !/channel|Receiving end/i.test(error.message)) throw error;
    return await sendMessage(type, data);
  }
}

const listeners = new Set<() => void>();
let stopListening: (() => void) | undefined;

/** Calls `listener` whenever the background says that something changed. Returns what undoes it. */
export function onStateChanged(listener: () => void): () => void {
  listeners.add(listener);
  // The transport takes one listener a message.
  stopListening ??= onMessage(STATE_CHANGED, async () => {
    for (const listen of listeners) listen();
    return undefined;
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopListening?.();
    stopListening = undefined;
  };
}
