import { isShadowRoot, parentOf } from './dom';

/** What the detector may know of one field: a plain copy, so that a signal needs no page to run. */
export interface FieldSnapshot {
  type: string;
  autocomplete: string;
  inputMode: string;
  /** -1 when the field sets none. */
  maxLength: number;
  pattern: string;
  /** `name`, `id` and their kin, split into words: `mfaCode` → `mfa code`. */
  attributes: string;
  /** What is said about this very field: its label, `aria-label`, `placeholder`, `title`. */
  label: string;
  /** The text around it, at most {@link MAX_NEARBY} characters. Read last, as it costs most. */
  nearby: string;
  /** Headings and title of the page. */
  headings: string;
}

const MAX_LABEL = 200;
const MAX_NEARBY = 600;
const MAX_HEADINGS = 300;
/** A block with more text than this is the page, not the surroundings of a field. */
const MAX_BLOCK = 1500;

/** What the field says of itself. `nearby` is empty: {@link addNearby} reads it, where it matters. */
export function takeSnapshot(field: HTMLInputElement, headings: string): FieldSnapshot {
  return {
    type: field.type,
    autocomplete: field.getAttribute('autocomplete')?.toLowerCase() ?? '',
    inputMode: field.inputMode || field.getAttribute('inputmode') || '',
    maxLength: field.maxLength,
    pattern: field.pattern,
    attributes: attributesOf(field),
    label: labelOf(field),
    nearby: '',
    headings,
  };
}

export function addNearby(snapshot: FieldSnapshot, field: HTMLInputElement): FieldSnapshot {
  return { ...snapshot, nearby: nearbyText(field) };
}

export function headingsOf(document: Document): string {
  const headings = [...document.querySelectorAll('h1, h2, h3, legend, [role="heading"]')];
  const texts = headings.slice(0, 12).map((heading) => heading.textContent);
  return clean([document.title, ...texts].join(' · '), MAX_HEADINGS);
}

/** Splits identifiers into lower-case words, so that `otpCode`, `otp_code` and `otp-code` are one. */
function attributesOf(field: HTMLInputElement): string {
  const names = [
    field.name,
    field.id,
    field.dataset.testid,
    field.dataset.test,
    field.getAttribute('formcontrolname'),
  ];
  return clean(
    names
      .join(' ')
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/[^\p{L}\d]+/gu, ' '),
    MAX_LABEL,
  );
}

function labelOf(field: HTMLInputElement): string {
  const labels = [...(field.labels ?? [])].map((label) => label.textContent);
  const describedBy = `${field.getAttribute('aria-labelledby') ?? ''} ${field.getAttribute('aria-describedby') ?? ''}`;
  const referenced = describedBy
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => elementById(field, id));
  return clean(
    [
      ...labels,
      ...referenced.map((element) => element?.textContent),
      field.getAttribute('aria-label'),
      field.placeholder,
      field.title,
    ].join(' · '),
    MAX_LABEL,
  );
}

/** Within the field's own tree: ids do not reach across the edge of a shadow tree. */
function elementById(field: HTMLInputElement, id: string): Element | null {
  const root = field.getRootNode();
  return isShadowRoot(root) ? root.getElementById(id) : field.ownerDocument.getElementById(id);
}

/** The text of the blocks around a field, from the inside out, until a block is the page itself. */
function nearbyText(field: HTMLInputElement): string {
  let text = '';
  let block = parentOf(field);
  for (let level = 0; block && level < 6; level++, block = parentOf(block)) {
    const whole = block.textContent;
    if (whole.length > MAX_BLOCK) break;
    // Each block holds the ones inside it; only the last says more than those before.
    text = whole;
    if (block.localName === 'form' && clean(text, MAX_NEARBY).length > 60) break;
  }
  return clean(text, MAX_NEARBY);
}

function clean(text: string, most: number): string {
  return text
    .slice(0, most * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, most);
}
