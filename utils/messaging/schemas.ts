import * as v from 'valibot';

import type { MessageData, MessageType } from './protocol';

const id = v.pipe(v.string(), v.maxLength(64));
const name = v.pipe(v.string(), v.maxLength(4096));
const tabId = v.pipe(v.number(), v.integer(), v.minValue(0));
const nothing = v.nullish(v.never());
const passphrase = v.pipe(v.string(), v.maxLength(1024));

const formReport = v.strictObject({
  purpose: v.picklist(['sign-in', 'enrollment']),
  delivery: v.picklist(['authenticator', 'sms', 'email', 'push', 'unknown']),
  fields: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  length: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
  ancestors: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(16)),
  ),
});

/** What each message may carry. The sender may be a page that has taken over its content script. */
export const schemas: {
  [Type in MessageType]: v.GenericSchema<unknown, MessageData<Type>>;
} = {
  'vault.status': v.pipe(
    nothing,
    v.transform(() => undefined),
  ),
  'vault.unlock': v.strictObject({ passphrase }),
  'vault.lock': v.pipe(
    nothing,
    v.transform(() => undefined),
  ),
  'vault.protect': v.strictObject({
    passphrase,
    current: v.exactOptional(passphrase),
    keepDevice: v.boolean(),
  }),

  'account.list': v.pipe(
    nothing,
    v.transform(() => undefined),
  ),
  'account.add': v.strictObject({
    issuer: name,
    accountName: name,
    secret: v.pipe(v.string(), v.maxLength(8192)),
    type: v.exactOptional(v.picklist(['totp', 'hotp'])),
    algorithm: v.exactOptional(v.pipe(v.string(), v.maxLength(32))),
    digits: v.exactOptional(v.number()),
    period: v.exactOptional(v.number()),
    counter: v.exactOptional(v.number()),
    host: v.exactOptional(v.pipe(v.string(), v.maxLength(300))),
  }),
  'account.rename': v.strictObject({ accountId: id, issuer: name, accountName: name }),
  'account.remove': v.strictObject({ accountId: id }),

  'otp.generate': v.strictObject({ accountIds: v.pipe(v.array(id), v.maxLength(10_000)) }),
  'otp.advance': v.strictObject({ accountId: id }),

  'enroll.scan': v.strictObject({ tabId }),
  'enroll.resume': v.strictObject({ tabId }),
  'enroll.save': v.strictObject({ tabId, candidateId: id, issuer: name, accountName: name }),
  'enroll.discard': v.strictObject({ tabId }),

  'page.get': v.strictObject({ tabId }),

  'fill.choose': v.strictObject({ tabId, accountId: id }),
  'fill.report': formReport,
  'fill.request': formReport,
  'fill.done': v.strictObject({ outcome: v.picklist(['filled', 'failed']) }),
};
