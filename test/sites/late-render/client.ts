import { sendCode } from '../send-code.ts';

setTimeout(showPrompt, 700);

function showPrompt(): void {
  const field = element('input', { type: 'text', inputMode: 'numeric', id: 'mfa-code' });
  const label = element('label', { htmlFor: 'mfa-code', textContent: 'Verification code' });
  const button = element('button', { type: 'button', textContent: 'Verify' });
  const error = element('p', { className: 'error', hidden: true });
  error.setAttribute('role', 'alert');

  const send = async () => {
    const sentence = await sendCode(field.value);
    if (sentence === undefined) return showSignedIn();
    error.textContent = sentence;
    error.hidden = false;
  };
  button.addEventListener('click', () => void send());
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') void send();
  });
  const hint = element('p', { textContent: 'Enter the code from your authenticator app.' });
  show('Two-factor authentication', hint, error, label, field, button);
}

async function showSignedIn(): Promise<void> {
  const home = await fetch('/home').then((response) => response.text());
  const title = new DOMParser().parseFromString(home, 'text/html').querySelector('h1');
  history.pushState(null, '', '/home');
  show(title?.textContent ?? 'Signed in');
}

function show(title: string, ...content: HTMLElement[]): void {
  const card = element('div', { className: 'card' });
  card.append(element('h1', { textContent: title }), ...content);
  document.querySelector('#app')?.replaceChildren(card);
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
