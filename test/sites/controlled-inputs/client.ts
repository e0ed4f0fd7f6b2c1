import { createApp, defineComponent, h, ref } from 'vue';

import { sendCode } from '../send-code.ts';

const Prompt = defineComponent(() => {
  const code = ref('');
  const error = ref<string>();

  const change = (event: Event) => {
    if (event.target instanceof HTMLInputElement) code.value = event.target.value.slice(0, 6);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    error.value = await sendCode(code.value);
    if (error.value === undefined) location.assign('/home');
  };

  return () =>
    h('section', { class: 'card' }, [
      h('h1', 'Two-step verification'),
      error.value && h('p', { class: 'error', role: 'alert' }, error.value),
      h('form', { onSubmit: submit }, [
        h('label', { for: 'code' }, 'Code from your authenticator app'),
        h('input', { id: 'code', inputmode: 'numeric', value: code.value, onInput: change }),
        h('button', { disabled: !/^\d{6}$/.test(code.value) }, 'Verify'),
      ]),
    ]);
});

createApp(Prompt).mount('#app');
