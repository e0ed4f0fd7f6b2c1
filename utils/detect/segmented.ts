import { isShadowRoot } from './dom';

/** The shortest and the longest code in use. */
const MIN_BOXES = 4;
const MAX_BOXES = 10;
/** How far up the boxes may have their common parent: each may sit in a wrapper or two of its own. */
const MAX_WRAPPERS = 3;

/** Groups of boxes that take one character each, in the order of the document. */
export function findSegments(fields: readonly HTMLInputElement[]): HTMLInputElement[][] {
  const groups: HTMLInputElement[][] = [];
  for (const field of fields.filter(isBox)) {
    const group = groups.at(-1);
    if (group && belongsWith(group, field)) group.push(field);
    else groups.push([field]);
  }
  return groups.filter(({ length }) => length >= MIN_BOXES && length <= MAX_BOXES);
}

function isBox(field: HTMLInputElement): boolean {
  return field.maxLength === 1 || field.size === 1 || looksLikeBox(field);
}

/** Boxes without `maxlength`, which scripts cut to one character: told by their place in a row. */
function looksLikeBox(field: HTMLInputElement): boolean {
  return /\b(?:digit|char|box|segment|otp|code|pin|input)[-_ ]?\d{1,2}\b/i.test(
    `${field.name} ${field.id} ${field.getAttribute('aria-label') ?? ''}`,
  );
}

function belongsWith(group: readonly HTMLInputElement[], field: HTMLInputElement): boolean {
  const [first] = group;
  if (!first || group.length >= MAX_BOXES || first.type !== field.type) return false;
  let ancestor = first.parentElement;
  for (let level = 0; ancestor && level <= MAX_WRAPPERS; level++) {
    if (ancestor.contains(field)) return true;
    ancestor = ancestor.parentElement;
  }
  // Every box in a shadow root of its own: then the hosts are the row.
  const root = first.getRootNode();
  const other = field.getRootNode();
  if (!isShadowRoot(root) || !isShadowRoot(other) || root === other) return false;
  return root.host.parentElement === other.host.parentElement;
}
