import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureText } from './measure-text.ts';
import { foldSpace, storableText } from './storable-text.ts';
import { TextFolder } from './text-folder.ts';

const piece = fc.oneof(
  fc.constantFrom(
    'a',
    'word',
    ' ',
    '  ',
    '\n',
    '\t',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\u00ad',
    'e',
    '\u0301',
    'é',
    '가',
    '\u1100\u1161',
  ),
  fc.constantFrom('\u2126', '\uf900', '😀', '\ud83d', '\ude00', '–', '日本', '\u0323', '\0'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

describe('text', () => {
  it('is folded as by expressions', () => {
    fc.assert(
      fc.property(text, (written) => {
        const folded = written
          .replaceAll('\u00ad', '')
          .replace(/[\s\u200b\u2060\ufeff]+/g, ' ')
          .trim()
          .normalize('NFC');
        expect(foldSpace(written)).toBe(folded);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of several pieces is folded as if they were one', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text), { maxLength: 6 }), (pieces) => {
        const folder = new TextFolder(1_000);
        for (const each of pieces) {
          if (each === null) folder.addBlank();
          // A piece stands somewhere in its source.
          else folder.add(`x ${each} y`, 2, 2 + each.length);
        }
        expect(folder.text()).toBe(foldSpace(pieces.map((each) => each ?? ' ').join('')));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is stored and measured on the way as it is at its end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(text), { maxLength: 30 }),
        fc.constantFrom(20, 1_000),
        (pieces, most) => {
          const folder = new TextFolder(most);
          for (const each of pieces) {
            if (each === null) folder.addBlank();
            else folder.add(each, 0, each.length);
          }
          const stored = storableText(folder.text(), most);
          expect(folder.finish()).toEqual({ text: stored, ...measureText(stored) });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is kept as far as asked for, and not without end', () => {
    const folder = new TextFolder(10);
    for (let n = 0; n < 100; n++) folder.add(' abc ', 0, 5);
    expect(folder.text()).toBe('abc abc abc');
  });
});
