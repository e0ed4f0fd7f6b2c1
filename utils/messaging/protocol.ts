import type { Delivery } from '../detect/delivery';
import type { ErrorCode } from '../errors';
import type { OtpType, Site } from '../otp/account';

/** Every message between the contexts: what it carries, and what comes back. All of it is JSON. */
export interface Protocol {
  'vault.status': () => VaultStatus;
  'vault.unlock': (data: { passphrase: string }) => void;
  'vault.lock': () => void;
  /**
   * Sets or changes the passphrase. `current` is needed when there is one already. `keepDevice`
   * leaves the device slot beside it, so that this browser goes on opening the vault by itself.
   * `cost` is what the page measured for Argon2id; the default holds without it.
   */
  'vault.protect': (data: {
    passphrase: string;
    current?: string;
    keepDevice: boolean;
    cost?: { memoryKib: number; iterations: number };
  }) => void;
  /** `prf`: 32 bytes of the passkey's PRF output for the slot's salt, base64url. */
  'vault.unlockWithPasskey': (data: { credentialId: string; prf: string }) => void;
  'vault.unlockWithRecoveryCode': (data: { code: string }) => void;
  /** Opens what a PIN keeps for this session. Five wrong ones, and only the slots are left. */
  'vault.unlockWithPin': (data: { pin: string }) => void;
  'vault.addPasskey': (data: { credentialId: string; salt: string; prf: string }) => void;
  /** Makes a recovery code and shows it once. It opens nothing before it was typed back. */
  'vault.createRecoveryCode': () => { code: string };
  /** `groups`: the second and the last group of the code, as typed back. Stores the slot. */
  'vault.confirmRecoveryCode': (data: { groups: [string, string] }) => void;
  /** Takes a way in away. The last one that is left cannot be removed. */
  'vault.removeSlot': (data: { slotId: string }) => void;
  /** A PIN over this session only: gone when the browser closes. An empty one removes it. */
  'vault.setPin': (data: { pin: string }) => void;
  'vault.health': () => VaultHealth;
  /** Reads every copy again, heals what is damaged, and says what it found. */
  'vault.selfTest': () => VaultHealth;
  /**
   * After a loss: goes on with the older copy where there is one (`missing`), else with an empty
   * vault. Nothing that is left is removed.
   */
  'vault.startOver': () => void;
  /** Goes back to a snapshot: its accounts are added, none is taken away. Can be undone. */
  'vault.restoreSnapshot': (data: { snapshotId: string }) => ChangeReceipt;

  'settings.get': () => Settings;
  'settings.set': (data: Partial<Settings>) => Settings;

  'account.list': () => AccountSummary[];
  /** By hand: a key as typed, or a whole `otpauth:` URI in its place. */
  'account.add': (data: AccountDraft) => AccountSummary;
  'account.rename': (data: {
    accountId: string;
    issuer: string;
    accountName: string;
  }) => ChangeReceipt;
  /** Moves the account to the trash, where it stays for 30 days. */
  'account.remove': (data: { accountId: string }) => ChangeReceipt;
  'account.trash': () => TrashedAccount[];
  'account.restore': (data: { accountId: string }) => ChangeReceipt;
  /** Takes back one change, as far as nothing newer is lost by it. */
  'account.undo': (data: { undoId: string }) => void;

  /** The codes of the given accounts, in their order; counter-based ones are left out. */
  'otp.generate': (data: { accountIds: string[] }) => OtpCodeView[];
  /** The next code of a counter-based account. Each call uses one up. */
  'otp.advance': (data: { accountId: string }) => OtpCodeView;

  /** Looks for accounts in what the tab shows. Nothing is stored before `enroll.save`. */
  'enroll.scan': (data: { tabId: number }) => Enrollment;
  /** The enrolment that was left open on this tab, when there is one. */
  'enroll.resume': (data: { tabId: number }) => Enrollment | undefined;
  'enroll.save': (data: {
    tabId: number;
    candidateId: string;
    issuer: string;
    accountName: string;
  }) => AccountSummary;
  'enroll.discard': (data: { tabId: number }) => void;

  /** A backup file, sealed with `passphrase` (age format), opened again and compared before it is handed over. */
  'transfer.backup': (data: { passphrase: string }) => BackupFile;
  /**
   * What a backup file, or a copy of the sealed vault, would change; the latter opens with its own
   * passphrase or recovery code. Nothing is stored before `transfer.restore`.
   */
  'transfer.preview': (data: { file: string; passphrase: string }) => RestorePreview;
  'transfer.restore': (data: { previewId: string }) => ChangeReceipt;
  /** The stored record as it is: encrypted, for the vault's own ways in. Works on a newer format too. */
  'transfer.exportRecord': () => BackupFile;
  /** Writes an automatic copy now, where the settings say. */
  'transfer.runAutoBackup': () => void;

  /** What the page in a tab asks for, and what can be done about it. */
  'page.get': (data: { tabId: number }) => PageView;

  /** The person chose an account for the page in the tab: the form there is filled with its code. */
  'fill.choose': (data: { tabId: number; accountId: string }) => void;
  /** The frame's form, each time it changes. The page is read from the sender, never from the message. */
  'fill.report': (data: FormReport) => void;
  /** A code for the sender's own document, or why there is none. */
  'fill.request': (data: FormReport) => FillAnswer;
  /** What became of the code that was handed out. */
  'fill.done': (data: { outcome: 'filled' | 'failed' }) => void;
}

export type MessageType = keyof Protocol;
export type MessageData<Type extends MessageType> = Parameters<Protocol[Type]>[0];
export type MessageAnswer<Type extends MessageType> = ReturnType<Protocol[Type]>;

/** `extension-page`: popup and manager. `content-script`: a page, and whatever has taken it over. */
export type Caller = 'extension-page' | 'content-script';

/** Who may send what. A message missing here does not compile. */
export const callers = {
  'vault.status': ['extension-page'],
  'vault.unlock': ['extension-page'],
  'vault.lock': ['extension-page'],
  'vault.protect': ['extension-page'],
  'vault.unlockWithPasskey': ['extension-page'],
  'vault.unlockWithRecoveryCode': ['extension-page'],
  'vault.unlockWithPin': ['extension-page'],
  'vault.addPasskey': ['extension-page'],
  'vault.createRecoveryCode': ['extension-page'],
  'vault.confirmRecoveryCode': ['extension-page'],
  'vault.removeSlot': ['extension-page'],
  'vault.setPin': ['extension-page'],
  'vault.health': ['extension-page'],
  'vault.selfTest': ['extension-page'],
  'vault.startOver': ['extension-page'],
  'vault.restoreSnapshot': ['extension-page'],
  'settings.get': ['extension-page'],
  'settings.set': ['extension-page'],
  'account.list': ['extension-page'],
  'account.add': ['extension-page'],
  'account.rename': ['extension-page'],
  'account.remove': ['extension-page'],
  'account.trash': ['extension-page'],
  'account.restore': ['extension-page'],
  'account.undo': ['extension-page'],
  'otp.generate': ['extension-page'],
  'otp.advance': ['extension-page'],
  'enroll.scan': ['extension-page'],
  'enroll.resume': ['extension-page'],
  'enroll.save': ['extension-page'],
  'enroll.discard': ['extension-page'],
  'transfer.backup': ['extension-page'],
  'transfer.preview': ['extension-page'],
  'transfer.restore': ['extension-page'],
  'transfer.exportRecord': ['extension-page'],
  'transfer.runAutoBackup': ['extension-page'],
  'page.get': ['extension-page'],
  'fill.choose': ['extension-page'],
  'fill.report': ['content-script'],
  'fill.request': ['content-script'],
  'fill.done': ['content-script'],
} as const satisfies Record<MessageType, readonly Caller[]>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
export const messageTypes = Object.keys(callers) as MessageType[];

/** The one event from the background: something changed, ask again. It carries nothing. */
export const STATE_CHANGED = 'state.changed';

export interface VaultStatus {
  /**
   * `lost`: there was a vault, and no copy of it can be read any more. `unreadable`: there is one,
   * but damaged. `newer`: a later version wrote it. None of the three is ever written over.
   */
  state: 'unlocked' | 'locked' | 'unreadable' | 'newer' | 'lost';
  /** The ways in, each of which alone opens the vault. */
  slots: SlotView[];
  /** `lost`, but an older copy is there: so many changes are not in it. */
  missing?: number;
  /** Why nothing can be changed at present, while everything can be read. */
  readOnly?: 'storage-unsure';
  /** A PIN was set for this session, and has tries left. */
  pinTriesLeft?: number;
  /** Milliseconds since the epoch, while locked. */
  lockedAt?: number;
}

export type SlotType = 'device' | 'passphrase' | 'passkey' | 'recovery';

export interface SlotView {
  id: string;
  type: SlotType;
  /** Passkeys: what the page asks the authenticator with, base64url. */
  credentialId?: string;
  salt?: string;
}

export interface VaultHealth {
  copies: {
    place: 'local-a' | 'local-b' | 'database';
    state: 'good' | 'missing' | 'damaged' | 'unreachable';
    revision?: number;
    /** Milliseconds since the epoch. */
    writtenAt?: number;
  }[];
  snapshots: { id: string; kind: string; revision: number; at: number }[];
  /** When a backup file was last written, opened again and found the same. */
  lastBackupAt?: number;
  lastSelfTest?: { at: number; good: boolean; healed: boolean };
  /** The last automatic copy. */
  autoBackup?: { at: number; good: boolean };
  accounts: number;
  trashed: number;
  /** Bytes of all copies and snapshots. */
  bytes: number;
  /** When copies were last healed without anybody asking. */
  healedAt?: number;
}

export interface Settings {
  /** Minutes without use; 0: never. */
  lockAfterMinutes: number;
  lockOnSystemLock: boolean;
  /** Days after which the popup says that there is no recent backup; 0: never. */
  backupReminderDays: number;
  /** Where a copy of the sealed vault is put once a day. */
  autoBackup: 'off' | 'downloads' | 'folder';
}

/** What a change leaves in the person's hand. */
export interface ChangeReceipt {
  undoId: string;
}

export interface TrashedAccount extends AccountSummary {
  /** Milliseconds since the epoch. */
  deletedAt: number;
  /** When it goes for good. */
  purgeAt: number;
}

export interface BackupFile {
  fileName: string;
  /** Base64url. */
  file: string;
  accounts: number;
}

export interface RestorePreview {
  previewId: string;
  /** When the backup was made, in milliseconds since the epoch. */
  createdAt: number;
  accounts: {
    issuer: string;
    accountName: string;
    /** `added`: not here yet. `same`: here already. `other-secret`: same names, other secret: kept beside it. */
    change: 'added' | 'same' | 'other-secret';
  }[];
}

/** An account as pages of the extension see it: everything but what makes codes. */
export interface AccountSummary {
  id: string;
  type: OtpType;
  issuer: string;
  accountName: string;
  digits: number;
  /** Seconds. */
  period: number;
  sites: Site[];
  /** The site has not been seen to accept a code of this account. */
  unconfirmed: boolean;
  /** Milliseconds since the epoch. */
  lastUsedAt?: number;
}

export interface AccountDraft {
  issuer: string;
  accountName: string;
  secret: string;
  type?: 'totp' | 'hotp';
  algorithm?: string;
  digits?: number;
  /** Seconds. */
  period?: number;
  counter?: number;
  /** The host the account is for, as typed or as the tab shows it. */
  host?: string;
}

export interface OtpCodeView {
  accountId: string;
  code: string;
  /** The code after this one; absent for counter-based accounts. */
  nextCode?: string;
  /** Milliseconds since the epoch. */
  validUntil: number;
  /** Seconds. */
  period: number;
}

/** What a scan found, waiting for the person's word. */
export interface Enrollment {
  /** The page it was read from. */
  host: string;
  candidates: Candidate[];
  /** Why other codes in the picture are no accounts, one entry a code. */
  refused: ErrorCode[];
}

export interface Candidate {
  id: string;
  type: OtpType;
  issuer: string;
  /** Another name that the code gives for the issuer. */
  otherIssuer?: string;
  accountName: string;
  algorithm: string;
  digits: number;
  /** Seconds. */
  period: number;
  /** What the account that has this very secret already is called. */
  duplicateOf?: string;
  /** The code of this moment, to be held against what the site expects. */
  code: string;
  /** Milliseconds since the epoch. */
  validUntil: number;
}

export type { Delivery } from '../detect/delivery';

export interface FormReport {
  purpose: 'sign-in' | 'enrollment';
  delivery: Delivery;
  /** How many fields take one code: 1, or one per character. 0: there is nothing for an authenticator code. */
  fields: number;
  length?: number;
  /** Origins of the frames around this one, innermost first; absent where the browser does not tell. */
  ancestors?: string[];
}

export type FillRefusal =
  | 'access-missing'
  | 'account-choice'
  | 'account-missing'
  | 'already-filled'
  | 'code-used'
  | 'delivery-other'
  | 'frame-foreign'
  | 'page-insecure'
  | 'page-opaque'
  | 'site-related'
  | 'vault-locked';

/** The code is for `origin` alone: a document that has moved on throws it away. */
export type FillAnswer =
  | { code: string; origin: string; refusal?: undefined }
  | {
      refusal: FillRefusal;
      /** When it is worth asking again, in milliseconds since the epoch. */
      retryAt?: number;
      code?: undefined;
    };

export interface PageView {
  /** The exact host; absent on pages where extensions cannot work. */
  host?: string;
  /** Whether Stepfill may work on this site by itself. */
  access: boolean;
  asks: Delivery | 'nothing';
  purpose?: 'sign-in' | 'enrollment';
  /** Accounts that belong to this host, last used first. */
  own: string[];
  /** Accounts of other hosts of the same registrable domain. */
  related: string[];
  /** A code was filled into this document. */
  filled: boolean;
  /** Why nothing was filled, when the page asks for a code and none was. */
  refusal?: FillRefusal;
}
