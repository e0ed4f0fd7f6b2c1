import { fillSegments } from './segmented';
import { setValue } from './set-value';

/** How long a page gets to throw away what was written before it counts as kept. */
const SETTLE_MS = 300;

/**
 * Writes `code` into the fields of a form and says whether it stayed there. Fields that hold
 * something already are left alone: what a person has typed is worth more than a code.
 */
export async function fillCode(
  fields: readonly HTMLInputElement[],
  code: string,
): Promise<'filled' | 'failed'> {
  if (fields.length === 0 || fields.some(({ value }) => value !== '')) return 'failed';
  const [field] = fields;
  if (field && fields.length === 1) setValue(field, code);
  else fillSegments(fields, code);

  if (!holds(fields, code)) return 'failed';
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  // A page that took its field away took the code with it.
  const moved = !fields.some(({ isConnected }) => isConnected);
  return moved || holds(fields, code) ? 'filled' : 'failed';
}

/** Masks put spaces or hyphens between the digits. */
function holds(fields: readonly HTMLInputElement[], code: string): boolean {
  const value = fields.map((field) => field.value).join('');
  return value.replace(/[\s-]/g, '') === code;
}
