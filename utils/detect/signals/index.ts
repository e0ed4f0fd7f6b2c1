import type { Signal } from '../signal';
import { attributeWords } from './attribute-words';
import { autocomplete } from './autocomplete';
import { labelWords } from './label-words';
import { nearbyWords } from './nearby-words';
import { otherCode } from './other-code';
import { password } from './password';
import { recovery } from './recovery';
import { shape } from './shape';

/** Every signal, by the name of its file. */
export const signals: Record<string, Signal> = {
  'attribute-words': attributeWords,
  autocomplete,
  'label-words': labelWords,
  'nearby-words': nearbyWords,
  'other-code': otherCode,
  password,
  recovery,
  shape,
};
