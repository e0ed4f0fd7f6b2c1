import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { errorCodes } from '@/utils/errors';

type Messages = Record<string, { message: string }>;

const folder = 'public/_locales';
const languages = readdirSync(folder);
const read = (language: string): Messages =>
  JSON.parse(readFileSync(`${folder}/${language}/messages.json`, 'utf8')) as Messages;
const english = read('en');

describe.each(languages)('the language %s', (language) => {
  const messages = read(language);

  it('has every message that English has, and no other', () => {
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(english).toSorted());
  });

  it('has a sentence for each failure a person can meet', () => {
    const missing = errorCodes.filter(
      (code) => !messages[`error_${code.replaceAll('-', '_')}`]?.message,
    );
    expect(missing).toEqual([]);
  });

  it('puts the same things into its sentences', () => {
    const holes = (text: string): string[] =>
      [...text.matchAll(/\$\d/g)].map(([hole]) => hole).toSorted((a, b) => a.localeCompare(b));
    const different = Object.keys(messages).filter(
      (key) =>
        holes(messages[key]?.message ?? '').join() !== holes(english[key]?.message ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('does not shout, and does not use our words for theirs', () => {
    const bad = Object.values(messages).filter(({ message }) =>
      /!|\b(?:2FA|master password|token|vault entry)\b/i.test(message),
    );
    expect(bad).toEqual([]);
  });
});
