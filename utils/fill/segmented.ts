import { setValue } from './set-value';

/**
 * Writes one character into each box. The boxes' own script may have moved on by itself (advanced
 * the focus, spread a pasted code), so each box is looked at first and left alone when it is right.
 */
export function fillSegments(boxes: readonly HTMLInputElement[], code: string): void {
  paste(boxes[0], code);
  for (const [index, box] of boxes.entries()) {
    const character = code.charAt(index);
    if (box.isConnected && box.value !== character) setValue(box, character);
  }
}

/** What a person would do. Scripts that handle it fill every box at once; the others ignore it. */
function paste(box: HTMLInputElement | undefined, code: string): void {
  if (!box) return;
  box.focus({ preventScroll: true });
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', code);
  box.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
  );
}
