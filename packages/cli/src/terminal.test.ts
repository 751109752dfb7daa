import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Terminal, type Size } from './terminal.ts';

/** What reaches standard output, with ESC as `^`. */
function shown(use: (terminal: Terminal) => void, screen?: Size): string {
  let text = '';
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => ((text += chunk.toString()), done()) });
  const seen = screen === undefined ? {} : { isOutTerminal: true, size: () => screen };
  use(new Terminal({ out, err: out, colour: false, isTerminal: false, ...seen }));
  return text.replaceAll('\u001b', '^');
}

describe('renew', () => {
  const renewed = (lines: readonly string[], screen: Size): readonly string[] => {
    const text = shown((terminal) => terminal.renew(...lines), screen);
    expect([text.startsWith('^[H'), text.endsWith('^[J')]).toEqual([true, true]);
    return text.slice(3, -3).split('^[K\n').slice(0, -1);
  };
  const cases: [claim: string, lines: string[], screen: Size, left: string[]][] = [
    ['what fits is shown', ['a', 'b'], { columns: 80, rows: 3 }, ['a', 'b']],
    ['what does not fit is counted', ['a', 'b', 'c', 'd'], { columns: 80, rows: 4 }, ['a', 'b', '… 2 lines more']],
    ['a line that is wider than the screen takes two rows', ['abcdef', 'b', 'c'], { columns: 4, rows: 4 }, ['abcdef', '… 2 lines more']],
    ['colours take no room', ['\u001b[31mabcd\u001b[39m', 'b'], { columns: 4, rows: 3 }, ['^[31mabcd^[39m', 'b']],
  ];
  test.each(cases)('%s', (_claim, lines, screen, left) => {
    expect(renewed(lines, screen)).toEqual(left);
  });

  test('elsewhere than on a terminal it only prints', () => {
    expect(shown((terminal) => terminal.renew('a', 'b'))).toBe('a\nb\n');
  });
});

test('in a file sentences are not broken, and drawings are 80 wide; on a terminal both are as wide as it is', () => {
  const widths = (screen?: Size): string =>
    shown((terminal) => terminal.print(`${terminal.sentenceWidth} ${terminal.drawingWidth}`), screen);
  expect([widths(), widths({ columns: 120, rows: 40 })]).toEqual(['Infinity 80\n', '120 120\n']);
});
