const form = document.querySelector<HTMLFormElement>('#second-step');
const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="digit"]')];

boxes[0]?.focus();
for (const [index, box] of boxes.entries()) {
  box.addEventListener('input', () => {
    box.value = box.value.replace(/\D/g, '');
    if (box.value === '') return;
    boxes[index + 1]?.focus();
    submitWhenFull();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' && box.value === '') boxes[index - 1]?.focus();
  });
  box.addEventListener('paste', (event) => {
    event.preventDefault();
    spread(event.clipboardData?.getData('text') ?? '', index);
  });
}

function spread(text: string, start: number): void {
  for (const [offset, digit] of text.replace(/\D/g, '').split('').entries()) {
    const box = boxes[start + offset];
    if (box) box.value = digit;
  }
  submitWhenFull();
}

let submitted = false;

function submitWhenFull(): void {
  if (submitted || boxes.some((box) => box.value === '')) return;
  submitted = true;
  form?.requestSubmit();
}
