/**
 * Writes `value` into a field so that the page believes a person typed it. The value goes through
 * the prototype's own setter: React and its kin put a setter of theirs on the element, and would
 * take the change for one of their own.
 */
export function setValue(field: HTMLInputElement, value: string): void {
  field.focus({ preventScroll: true });
  const key = value.at(-1) ?? '';
  emit(field, new KeyboardEvent('keydown', { key, ...bubbling, cancelable: true }));
  emit(
    field,
    new InputEvent('beforeinput', {
      data: value,
      inputType: 'insertText',
      ...bubbling,
      cancelable: true,
    }),
  );
  writeNative(field, value);
  emit(field, new InputEvent('input', { data: value, inputType: 'insertText', ...bubbling }));
  emit(field, new KeyboardEvent('keyup', { key, ...bubbling, cancelable: true }));
  emit(field, new Event('change', { bubbles: true }));
}

/** `composed`: events of a person cross the edge of a shadow tree. */
const bubbling = { bubbles: true, composed: true };

function writeNative(field: HTMLInputElement, value: string): void {
  const prototype = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  if (prototype?.set) prototype.set.call(field, value);
  else field.value = value;
}

function emit(field: HTMLInputElement, event: Event): void {
  field.dispatchEvent(event);
}
