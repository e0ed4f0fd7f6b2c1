import '@/components/tokens.css';
import '@/components/base.css';
import { createApp } from 'vue';

import { t } from '@/utils/i18n';

import App from './App.vue';

document.documentElement.lang = t('document_language');
document.documentElement.dir = t('document_direction');
document.title = t('manager_title');

createApp(App).mount('#app');
