import * as v from 'valibot';

import type { Sender } from './handler';
import type { Caller } from './protocol';

const senderSchema = v.object({
  id: v.string(),
  origin: v.string(),
  url: v.optional(v.string()),
  frameId: v.optional(v.number()),
  documentId: v.optional(v.string()),
  documentLifecycle: v.optional(v.string()),
  tab: v.optional(
    v.object({
      id: v.number(),
      url: v.optional(v.string()),
      incognito: v.optional(v.boolean(), false),
    }),
  ),
});

/** The extension itself, as senders are held against it. */
export interface Self {
  id: string;
  /** `chrome-extension://…` */
  origin: string;
  /** Paths of the pages that may speak for the person. */
  pages: readonly string[];
}

/**
 * Who sent a message, by the browser's word alone; `undefined` for a sender that may send nothing.
 * Decided by `origin`: `url` still names the site in a sandboxed frame, whose origin is `null`.
 */
export function readSender(
  value: unknown,
  self: Self,
): { caller: Caller; sender: Sender } | undefined {
  const checked = v.safeParse(senderSchema, value);
  if (!checked.success || checked.output.id !== self.id) return undefined;
  const { origin, url, frameId, documentId, documentLifecycle, tab } = checked.output;
  const sender: Sender = {
    origin,
    active: (documentLifecycle ?? 'active') === 'active',
    incognito: tab?.incognito ?? false,
    ...(tab && { tabId: tab.id }),
    ...(tab?.url !== undefined && { tabUrl: tab.url }),
    ...(frameId !== undefined && { frameId }),
    ...(documentId !== undefined && { documentId }),
  };
  if (origin === self.origin) {
    const isOwnPage = self.pages.some((page) => new URL(url ?? origin).pathname === page);
    return isOwnPage && (frameId ?? 0) === 0 ? { caller: 'extension-page', sender } : undefined;
  }
  return tab && frameId !== undefined ? { caller: 'content-script', sender } : undefined;
}
