/**
 * Failures a person can meet. Each has its sentence in `public/_locales`, under `error_<code>` with
 * underscores for hyphens. The list is a value, so that a test can hold it against every language.
 */
export const errorCodes = [
  'account-duplicate',
  'account-missing',
  'backup-not-written',
  'backup-passphrase-wrong',
  'backup-unreadable',
  'backup-unverified',
  'algorithm-unsupported',
  'capture-refused',
  'clipboard-refused',
  'counter-invalid',
  'digits-invalid',
  'enrollment-expired',
  'host-invalid',
  'message-invalid',
  'name-too-long',
  'page-changed',
  'page-unreachable',
  'passkey-refused',
  'passkey-unsupported',
  'passkey-wrong',
  'passphrase-missing',
  'passphrase-short',
  'passphrase-wrong',
  'period-invalid',
  'pin-short',
  'pin-wrong',
  'preview-expired',
  'qr-missing',
  'qr-not-account',
  'recovery-code-wrong',
  'recovery-groups-wrong',
  'secret-empty',
  'secret-invalid',
  'secret-too-long',
  'sender-refused',
  'slot-last',
  'storage-failed',
  'type-unsupported',
  'undo-expired',
  'unexpected',
  'uri-duplicate-parameter',
  'uri-invalid',
  'uri-too-long',
  'vault-locked',
  'vault-lost',
  'vault-newer',
  'vault-read-only',
  'vault-unreadable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An expected failure, known by its code. Only the code crosses a message, so neither the text of
 * the error nor its cause may be needed to handle it. A plain `Error` means a bug.
 */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError';

  constructor(
    readonly code: ErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** The code of an expected failure; `unexpected` for anything else. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof ExtensionError ? error.code : 'unexpected';
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return errorCodes.some((code) => code === value);
}
