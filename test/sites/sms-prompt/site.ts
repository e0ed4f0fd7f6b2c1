import { serveSentCode } from '../sent-code.ts';
import type { SiteDefinition } from '../site.ts';

/** Asks for a code that no authenticator knows, in the words of the standard. */
export const smsPrompt: SiteDefinition = {
  name: 'sms-prompt',
  title: 'Textile Telecom',
  summary: 'a code sent by text message, which is not for an authenticator',
  enrolled: true,
  serve: (site) =>
    serveSentCode(site, {
      heading: 'Check your phone',
      sentence: 'We sent a code to your phone ending in 47.',
      label: 'Code',
      resend: 'Resend code',
      inbox: 'Phone ending in 47',
    }),
};
