import { describe, expect, test } from 'vitest';
import { readBody } from './read-body.ts';

function read(text: string, type = 'application/json'): string {
  try {
    return JSON.stringify(readBody(Buffer.from(text), type));
  } catch (error) {
    return (error as Error).message;
  }
}

describe('readBody', () => {
  const yaml = 'application/yaml';
  const cases: [name: string, text: string, type: string, answer: string][] = [
    ['reads JSON', '{"a":[1]}', 'application/json', '{"a":[1]}'],
    ['reads YAML', 'a: [1]', yaml, '{"a":[1]}'],
    [
      'names the place of an unexpected character',
      '{"a":1,\n "b":: 2}',
      'application/json',
      'the body is no JSON: unexpected ":" at line 2, column 6',
    ],
    ['names the place of a bare word', '{"a": yes}', 'application/json', 'the body is no JSON: unexpected "y" at line 1, column 7'],
    [
      'names the first character when that is wrong',
      '<html>',
      'application/json',
      'the body is no JSON: unexpected "<" at line 1, column 1',
    ],
    ['says that JSON ends too early', '{"a": [1,', 'application/json', 'the body is no JSON: it ends too early at line 1, column 10'],
    ['says that nothing came', '  ', 'application/json', 'the request has no body'],
    ['names the place of a YAML fault', 'a: 1\nb: [1, 2\nc: 3\n', yaml, 'the body is no YAML: bad indent at line 3, column 1'],
    ['refuses a key that comes twice', 'a: 1\na: 2\n', yaml, 'the body is no YAML: duplicate key at line 2, column 1'],
    ['refuses two documents', 'a: 1\n---\nb: 2\n', yaml, 'the body holds 2 documents'],
  ];
  test.each(cases)('%s', (_name, text, type, answer) => {
    expect(read(text, type)).toBe(answer);
  });

  test('never repeats what was sent', () => {
    expect(read('{"password": "hunter2" "x"}')).not.toContain('hunter2');
    expect(read('password: "hunter2" x', yaml)).not.toContain('hunter2');
  });

  test('refuses an alias of nothing, as what it is', () => {
    expect(read('metadata: *shop', yaml)).toBe('the YAML has an alias without its anchor');
  });

  test('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`);
    expect(read(['l0: &l0 [x]', ...levels].join('\n'), yaml)).toBe('the YAML uses aliases that multiply');
  });

  test('refuses bytes that are no UTF-8', () => {
    expect(() => readBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
  });
});
