import { type ChangeEvent, createElement as h, type SyntheticEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { sendCode } from '../send-code.ts';

function Prompt() {
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();

  const change = (event: ChangeEvent<HTMLInputElement>) => setCode(event.target.value.slice(0, 6));
  const submit = async () => {
    const sentence = await sendCode(code);
    setError(sentence);
    if (sentence === undefined) location.assign('/home');
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    void submit();
  };

  return h(
    'section',
    { className: 'card' },
    h('h1', null, 'Two-step verification'),
    error && h('p', { className: 'error', role: 'alert' }, error),
    h(
      'form',
      { onSubmit },
      h('label', { htmlFor: 'code' }, 'Code from your authenticator app'),
      h('input', { id: 'code', inputMode: 'numeric', value: code, onChange: change }),
      h('button', { disabled: !/^\d{6}$/.test(code) }, 'Verify'),
    ),
  );
}

const app = document.querySelector('#app');
if (app) createRoot(app).render(h(Prompt));
