import { describe, expect, test } from 'vitest';
import { wrapText } from './wrap-text.ts';

describe('wrapText', () => {
  const cases: [claim: string, text: string, width: number, lines: string[]][] = [
    ['what fits is one line', 'one two', 7, ['one two']],
    ['breaks between words, and sets the rest in', 'one two three four', 9, ['one two', '  three', '  four']],
    ['keeps the margin', '  look closer: it', 12, ['  look', '    closer:', '    it']],
    ['a longer word stays whole', 'see /v1/changes/pay@42 there', 10, ['see', '  /v1/changes/pay@42', '  there']],
    ['counts a letter outside of the basic plane once', '😀😀 😀😀', 5, ['😀😀 😀😀']],
    ['where nobody looks nothing is broken', 'one two', Infinity, ['one two']],
  ];
  test.each(cases)('%s', (_claim, text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });
});
