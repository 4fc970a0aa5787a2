import { expect, it } from 'vitest';
import { languageOf } from './language-tag.ts';

it.each([
  [['de_at'], 'de-AT'],
  [[' pt-BR '], 'pt-BR'],
  [['zh-Hans-cn'], 'zh-CN'],
  [['EN-us, de'], 'en-US'],
  [['iw'], 'he'],
  [['', null, 'fr'], 'fr'],
  [['{{lang}}', undefined, 'de, en'], 'de'],
  [['x-default', 'it'], 'it'],
  [['und', 'mul'], null],
  [['english'], null],
  [[], null],
])('%j is %j', (sayings, language) => {
  expect(languageOf(sayings)).toBe(language);
});
