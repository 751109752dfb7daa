import { expect, test } from 'vitest';
import { splitWords } from './split-words.ts';

test.each<[text: string, words: readonly string[] | undefined]>([
  ['', []],
  ['  login  ', ['login']],
  ['login --as me', ['login', '--as', 'me']],
  [`sh -c 'echo "$1" | x' y`, ['sh', '-c', 'echo "$1" | x', 'y']],
  ['a "b c"\'d e\'f', ['a', 'b cd ef']],
  ['a\\ b "c\\"d" \'\'', ['a b', 'c"d', '']],
  ['"two\nlines"', ['two\nlines']],
  ['login "me', undefined],
  ["login 'me", undefined],
  ['login \\', undefined],
])('%j is %j', (text, words) => expect(splitWords(text)).toEqual(words));
