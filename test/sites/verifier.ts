import { randomInt } from 'node:crypto';

import { Secret, TOTP } from 'otpauth';

export type Verdict = 'accepted' | 'wrong' | 'replayed';

export interface Attempt {
  code: string;
  accepted: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What a site knows of its one user. */
export interface SiteAccount {
  issuer: string;
  accountName: string;
  /** Base32, upper case, no padding. */
  secret: string;
  algorithm: 'SHA1';
  digits: number;
  period: number;
  /** The `otpauth://` address that the site's QR code holds. */
  uri: string;
  /** Whether the site asks for a second step. */
  enrolled: boolean;
  /** What the site has sent by text message or e-mail, where it does so. */
  sentCode?: string;
}

/** The server's side of two-step sign-in: it shares no code with the extension that it tests. */
export class Verifier {
  readonly #issuer: string;
  readonly #accountName: string;
  readonly #startsEnrolled: boolean;
  readonly #clock: () => number;
  #totp: TOTP;
  #lastTimeStep = -1;
  #sentCode: string | undefined;
  #attempts: Attempt[] = [];
  enrolled: boolean;

  constructor(
    identity: { issuer: string; accountName: string; enrolled: boolean },
    clock: () => number,
  ) {
    this.#issuer = identity.issuer;
    this.#accountName = identity.accountName;
    this.#startsEnrolled = identity.enrolled;
    this.#clock = clock;
    this.enrolled = identity.enrolled;
    this.#totp = this.#freshTotp();
  }

  get account(): SiteAccount {
    return {
      issuer: this.#issuer,
      accountName: this.#accountName,
      secret: this.#totp.secret.base32,
      algorithm: 'SHA1',
      digits: this.#totp.digits,
      period: this.#totp.period,
      uri: this.#totp.toString(),
      enrolled: this.enrolled,
      ...(this.#sentCode === undefined ? {} : { sentCode: this.#sentCode }),
    };
  }

  get attempts(): Attempt[] {
    return this.#attempts.map((attempt) => ({ ...attempt }));
  }

  /** Judges a code from an authenticator; one time step to either side is allowed for. */
  verify(code: string): Verdict {
    const timeStep = this.timeStepOf(code);
    if (timeStep === undefined) return this.#record(code, 'wrong');
    // RFC 6238 §5.2: the verifier must not accept the second attempt of a code.
    if (timeStep <= this.#lastTimeStep) return this.#record(code, 'replayed');
    this.#lastTimeStep = timeStep;
    return this.#record(code, 'accepted');
  }

  /** The time step that `code` belongs to, without using it up. */
  timeStepOf(code: string): number | undefined {
    const now = this.#clock();
    const delta = this.#totp.validate({ token: code, timestamp: now, window: 1 });
    return delta === null ? undefined : Math.floor(now / 1000 / this.#totp.period) + delta;
  }

  /** A code for the person's phone or mailbox, which no authenticator can know. */
  send(): string {
    this.#sentCode = String(randomInt(1_000_000)).padStart(6, '0');
    return this.#sentCode;
  }

  verifySent(code: string): Verdict {
    const accepted = this.#sentCode !== undefined && code === this.#sentCode;
    if (accepted) this.#sentCode = undefined;
    return this.#record(code, accepted ? 'accepted' : 'wrong');
  }

  reset(): void {
    this.#totp = this.#freshTotp();
    this.#lastTimeStep = -1;
    this.#sentCode = undefined;
    this.#attempts = [];
    this.enrolled = this.#startsEnrolled;
  }

  #record(code: string, verdict: Verdict): Verdict {
    this.#attempts.push({ code, accepted: verdict === 'accepted', at: this.#clock() });
    return verdict;
  }

  #freshTotp(): TOTP {
    return new TOTP({
      issuer: this.#issuer,
      label: this.#accountName,
      secret: new Secret({ size: 20 }),
    });
  }
}
