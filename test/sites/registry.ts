import { badCodes } from './bad-codes/site.ts';
import { consoleSite } from './console/site.ts';
import { controlledInputs } from './controlled-inputs/site.ts';
import { emailPrompt } from './email-prompt/site.ts';
import { iframe } from './iframe/site.ts';
import { lateRender } from './late-render/site.ts';
import { reactInputs } from './react-inputs/site.ts';
import { singleField } from './single-field/site.ts';
import type { SiteDefinition } from './site.ts';
import { sixBoxes } from './six-boxes/site.ts';
import { smsPrompt } from './sms-prompt/site.ts';
import { start } from './start/site.ts';
import { twoForms } from './two-forms/site.ts';

export const siteDefinitions: readonly SiteDefinition[] = [
  start,
  consoleSite,
  singleField,
  sixBoxes,
  lateRender,
  controlledInputs,
  reactInputs,
  iframe,
  smsPrompt,
  emailPrompt,
  twoForms,
  badCodes,
];
