import { serveSentCode } from '../sent-code.ts';
import type { SiteDefinition } from '../site.ts';

/** Asks for a code that no authenticator knows, in the words of the standard. */
export const emailPrompt: SiteDefinition = {
  name: 'email-prompt',
  title: 'Inkwell',
  summary: 'a code sent by e-mail, which is not for an authenticator',
  enrolled: true,
  serve: (site) =>
    serveSentCode(site, {
      heading: 'Check your inbox',
      sentence: 'We emailed a 6-digit code to a••@example.com. It is good for 10 minutes.',
      label: 'Verification code',
      resend: 'Send the email again',
      inbox: 'Inbox of a••@example.com',
    }),
};
