/** Smaller ones are there to catch what autofill gives away. */
const MIN_SIZE = 8;

/** Whether a person can see the field, and so knows what is written into it. */
export function isVisible(field: HTMLElement): boolean {
  const { width, height } = field.getBoundingClientRect();
  if (width < MIN_SIZE || height < MIN_SIZE) return false;
  return field.checkVisibility({
    checkVisibilityCSS: true,
    checkOpacity: true,
    contentVisibilityAuto: true,
  });
}
