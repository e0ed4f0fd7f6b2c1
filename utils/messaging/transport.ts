import { defineExtensionMessaging } from '@webext-core/messaging';

import type { ErrorCode } from '../errors';

/** A failure crosses as its code: no stack, text or cause leaves the context it happened in. */
export type Envelope = { ok: true; value: unknown } | { ok: false; code: ErrorCode };

/** The types of data and answers are checked above this, in `client` and `serve`. */
type Wire = Record<string, (data: unknown) => Promise<Envelope | undefined>>;

export const { sendMessage, onMessage } = defineExtensionMessaging<Wire>();
