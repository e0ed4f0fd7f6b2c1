import { readDelivery, type Delivery } from './delivery';
import { isInput } from './dom';
import { findSegments } from './segmented';
import type { Evidence } from './signal';
import { signals } from './signals';
import { addNearby, headingsOf, takeSnapshot, type FieldSnapshot } from './snapshot';
import { isVisible } from './visible';

export type { Delivery } from './delivery';
export type { Evidence } from './signal';

export interface OtpForm {
  purpose: 'sign-in' | 'enrollment';
  delivery: Delivery;
  /** Where an authenticator code belongs, in fill order: one field, or one per character. Empty when the page wants another kind of code. */
  fields: HTMLInputElement[];
  /** For forms that want two consecutive codes: the fields of the second. */
  secondFields: HTMLInputElement[];
  /** How many characters the form takes, when it says so. */
  length?: number;
  submit?: HTMLElement;
  evidence: Evidence[];
}

export interface DetectOptions {
  /** The shadow root of an element, closed ones included. Without it only open ones are searched. */
  shadowRootOf?: (element: Element) => ShadowRoot | null | undefined;
  /** The person said that this page takes authenticator codes, whatever it says itself. */
  anyDelivery?: boolean;
  /** Whether a person can see the field. The default needs a page with layout. */
  isVisible?: (field: HTMLElement) => boolean;
}

interface ScoredFields {
  fields: HTMLInputElement[];
  snapshot: FieldSnapshot;
  evidence: Evidence[];
  score: number;
}

/** The score from which a field is offered a code. */
const THRESHOLD = 60;
/** What the text around a field can add at most. */
const NEARBY_MOST = 40;
/** What a row of boxes is worth by itself: hardly anything else is drawn like that. */
const SEGMENTED: Evidence = { reason: 'one box per character', weight: 40 };

const CODE_TYPES = ['text', 'tel', 'number', 'password'];

/** What does this document ask for? `undefined` when it asks for no one-time code at all. */
export function detectOtpForm(
  document: Document,
  options: DetectOptions = {},
): OtpForm | undefined {
  const canSee = options.isVisible ?? isVisible;
  const inputs = collectInputs(document, options.shadowRootOf ?? ((element) => element.shadowRoot));
  const [best, ...others] = candidates(inputs.filter(isWritable), headingsOf(document))
    .filter(({ fields }) => fields.every((field) => canSee(field)))
    .sort((a, b) => b.score - a.score);
  if (!best) return undefined;

  const delivery = readDelivery(best.snapshot);
  const wanted = options.anyDelivery || delivery === 'authenticator' || delivery === 'unknown';
  const length = lengthOf(best);
  const submit = submitOf(best.fields);
  return {
    purpose: purposeOf(document, best),
    delivery,
    fields: wanted ? best.fields : [],
    secondFields: wanted ? secondOf(best, others) : [],
    ...(length !== undefined && { length }),
    ...(submit && { submit }),
    evidence: best.evidence,
  };
}

/** Every input of the document and its shadow trees, in document order. */
function collectInputs(
  root: Document | ShadowRoot,
  shadowRootOf: (element: Element) => ShadowRoot | null | undefined,
): HTMLInputElement[] {
  const found: HTMLInputElement[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (isInput(element)) {
      found.push(element);
      continue;
    }
    const shadow = shadowRootOf(element);
    if (shadow) found.push(...collectInputs(shadow, shadowRootOf));
  }
  return found;
}

function isWritable(field: HTMLInputElement): boolean {
  return CODE_TYPES.includes(field.type) && !field.disabled && !field.readOnly;
}

/** The fields, and rows of boxes, that want a code by what is said of them. */
function candidates(writable: HTMLInputElement[], headings: string): ScoredFields[] {
  const segments = findSegments(writable);
  const inSegment = new Set(segments.flat());
  const single = writable.filter((field) => !inSegment.has(field) && field.maxLength !== 1);
  return [...segments, ...single.map((field) => [field])]
    .map((fields) => score(fields, headings))
    .filter((scored) => scored !== undefined);
}

/** `undefined` below the threshold. Most fields fall by what they say of themselves, which is cheap to read. */
function score(fields: HTMLInputElement[], headings: string): ScoredFields | undefined {
  const [first] = fields;
  if (!first) return undefined;
  const own = takeSnapshot(first, headings);
  const segmented = fields.length > 1 ? [SEGMENTED] : [];
  if (total(weigh(own, segmented)) + NEARBY_MOST < THRESHOLD) return undefined;

  const snapshot = addNearby(own, first);
  const evidence = weigh(snapshot, segmented);
  const sum = total(evidence);
  return sum < THRESHOLD ? undefined : { fields, snapshot, evidence, score: sum };
}

function weigh(snapshot: FieldSnapshot, given: readonly Evidence[]): Evidence[] {
  const found = Object.values(signals).map((signal) => signal(snapshot));
  return [...given, ...found.filter((evidence) => evidence !== undefined)];
}

function total(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0);
}

/** Two fields side by side that ask for the same thing: one code and the one after it. */
function secondOf(best: ScoredFields, others: readonly ScoredFields[]): HTMLInputElement[] {
  const form = best.fields[0]?.form ?? null;
  const twin = others.find(
    ({ fields }) =>
      form !== null && fields[0]?.form === form && fields.length === best.fields.length,
  );
  return twin?.fields ?? [];
}

function lengthOf({ fields, snapshot }: ScoredFields): number | undefined {
  if (fields.length > 1) return fields.length;
  return snapshot.maxLength >= 4 && snapshot.maxLength <= 10 ? snapshot.maxLength : undefined;
}

const ENROLLMENT =
  /scan (?:the|this) (?:qr|code|image)|qr[- ]?code|set ?up (?:an? |your )?authenticator|manual(?:ly)? (?:enter|entry|configuration)|setup key|secret key/;

function purposeOf(document: Document, { snapshot }: ScoredFields): 'sign-in' | 'enrollment' {
  if (ENROLLMENT.test(`${snapshot.headings} ${snapshot.nearby}`)) return 'enrollment';
  return document.querySelector('a[href^="otpauth:"]') ? 'enrollment' : 'sign-in';
}

function submitOf([field]: readonly HTMLInputElement[]): HTMLElement | undefined {
  const button = field?.form?.querySelector<HTMLElement>(
    'button[type="submit"], input[type="submit"], button:not([type])',
  );
  return button ?? undefined;
}
