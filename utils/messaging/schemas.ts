import * as v from 'valibot';

import { settingsChange } from '../settings/settings';
import type { MessageData, MessageType } from './protocol';

const id = v.pipe(v.string(), v.maxLength(64));
const name = v.pipe(v.string(), v.maxLength(4096));
const tabId = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Messages without data; JSON makes `null` of what is absent. */
const nothing = v.pipe(
  v.nullish(v.never()),
  v.transform(() => undefined),
);
const credentialId = v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(1400));
const prf = v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(64));
const pin = v.pipe(v.string(), v.maxLength(64));
const group = v.pipe(v.string(), v.maxLength(16));
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
  'vault.status': nothing,
  'vault.unlock': v.strictObject({ passphrase }),
  'vault.lock': nothing,
  'vault.protect': v.strictObject({
    passphrase,
    current: v.exactOptional(passphrase),
    keepDevice: v.boolean(),
    // Never less than the default: a page cannot make the passphrase cheaper to guess.
    cost: v.exactOptional(
      v.strictObject({
        memoryKib: v.pipe(v.number(), v.integer(), v.minValue(64 * 1024), v.maxValue(256 * 1024)),
        iterations: v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(8)),
      }),
    ),
  }),

  'vault.unlockWithPasskey': v.strictObject({ credentialId, prf }),
  'vault.unlockWithRecoveryCode': v.strictObject({ code: v.pipe(v.string(), v.maxLength(200)) }),
  'vault.unlockWithPin': v.strictObject({ pin }),
  'vault.addPasskey': v.strictObject({ credentialId, salt: prf, prf }),
  'vault.createRecoveryCode': nothing,
  'vault.confirmRecoveryCode': v.strictObject({ groups: v.strictTuple([group, group]) }),
  'vault.removeSlot': v.strictObject({ slotId: id }),
  'vault.setPin': v.strictObject({ pin }),
  'vault.health': nothing,
  'vault.selfTest': nothing,
  'vault.startOver': nothing,
  'vault.restoreSnapshot': v.strictObject({ snapshotId: id }),

  'settings.get': nothing,
  'settings.set': settingsChange,

  'account.list': nothing,
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
  'account.trash': nothing,
  'account.restore': v.strictObject({ accountId: id }),
  'account.undo': v.strictObject({ undoId: id }),

  'otp.generate': v.strictObject({ accountIds: v.pipe(v.array(id), v.maxLength(10_000)) }),
  'otp.advance': v.strictObject({ accountId: id }),

  'enroll.scan': v.strictObject({ tabId }),
  'enroll.resume': v.strictObject({ tabId }),
  'enroll.save': v.strictObject({ tabId, candidateId: id, issuer: name, accountName: name }),
  'enroll.discard': v.strictObject({ tabId }),

  'transfer.backup': v.strictObject({ passphrase }),
  'transfer.preview': v.strictObject({
    file: v.pipe(v.string(), v.maxLength(44 * 1024 * 1024)),
    passphrase,
  }),
  'transfer.restore': v.strictObject({ previewId: id }),
  'transfer.exportRecord': nothing,
  'transfer.runAutoBackup': nothing,

  'page.get': v.strictObject({ tabId }),

  'fill.choose': v.strictObject({ tabId, accountId: id }),
  'fill.report': formReport,
  'fill.request': formReport,
  'fill.done': v.strictObject({ outcome: v.picklist(['filled', 'failed']) }),
};
