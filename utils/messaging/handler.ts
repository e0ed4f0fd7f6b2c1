import type { MessageAnswer, MessageData, Protocol } from './protocol';

/** Where a message came from, by the browser's word alone. */
export interface Sender {
  /** Absent for the popup, which belongs to no tab. */
  tabId?: number;
  frameId?: number;
  documentId?: string;
  /** `null` (the string) for a document without an origin of its own. */
  origin: string;
  /** Whether the document is what the tab shows: not prerendered, not kept for going back. */
  active: boolean;
  /** Whether the tab is of a private window. */
  incognito: boolean;
  /** The address of the tab's top page, where the browser lets it be known. */
  tabUrl?: string;
}

export type Handler<Type extends keyof Protocol> = (
  data: MessageData<Type>,
  sender: Sender,
) => MessageAnswer<Type> | Promise<MessageAnswer<Type>>;

/** The handlers of one noun: `Handlers<'otp'>` has exactly the messages named `otp.…`. */
export type Handlers<Noun extends string> = {
  [Type in Extract<keyof Protocol, `${Noun}.${string}`>]: Handler<Type>;
};

export type AllHandlers = { [Type in keyof Protocol]: Handler<Type> };
