import '@/components/tokens.css';
import '@/components/base.css';
import './popup.css';
import { createApp } from 'vue';

import { t } from '@/utils/i18n';

import App from './App.vue';

document.documentElement.lang = t('document_language');
document.documentElement.dir = t('document_direction');
// A popup takes the size of what is in it; a tab or window of its own has one already.
if (new URLSearchParams(location.search).has('tab')) document.documentElement.classList.add('own');

createApp(App).mount('#app');
