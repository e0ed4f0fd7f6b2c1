const pollMs = 1000;

const form = document.querySelector<HTMLFormElement>('#check');
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void check(form);
});
void poll();

async function poll(): Promise<void> {
  const status = await request('/status');
  for (const card of document.querySelectorAll<HTMLElement>('[data-step]')) {
    card.classList.toggle('done', status?.get(card.dataset.step ?? '') === true);
  }
  setTimeout(() => void poll(), pollMs);
}

async function check(form: HTMLFormElement): Promise<void> {
  const pasted = new FormData(form).get('pasted');
  const body = new URLSearchParams({ pasted: typeof pasted === 'string' ? pasted : '' });
  const answer = await request('/check', { method: 'POST', body });
  const output = form.querySelector('output');
  if (output) output.value = answer?.get('right') === true ? 'Right.' : 'Not the current code.';
}

/** Nothing when the demo has been stopped. */
async function request(
  path: string,
  init?: RequestInit,
): Promise<Map<string, unknown> | undefined> {
  try {
    const answer: unknown = await fetch(path, init).then((response) => response.json());
    return new Map(Object.entries(answer ?? {}));
  } catch {
    return undefined;
  }
}
