import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderJson, renderYaml } from './machine-text.ts';

// Lone surrogates are no text that JSON or YAML could carry.
const value = fc.dictionary(
  fc.string({ unit: 'grapheme' }),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.array(fc.string({ unit: fc.constantFrom('\u0007', '\u009b', '\u202e', '\n', '\t', 'a', ' ', ':', '"', '\\', '#') })),
  ),
);
const forbidden = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

describe('machine text', () => {
  test('property: JSON and YAML read back as the same value, and hold nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(value, (object) => {
        const [json, yaml] = [renderJson(object), renderYaml(object)];
        expect([JSON.parse(json), parse(`${yaml}\n`)]).toEqual([object, object]);
        expect(forbidden.test(json) || forbidden.test(yaml)).toBe(false);
      }),
    );
  });

  test('text that YAML 1.1 takes for something else stands in quotes', () => {
    const ambiguous = { a: 'yes', b: 'off', c: '2026-11-24T15:41:49Z', d: '0o17', e: '017', f: '1:30', g: '500m', h: 'v1.36.3' };
    expect(renderYaml(ambiguous).split('\n')).toEqual([
      'a: "yes"',
      'b: "off"',
      'c: "2026-11-24T15:41:49Z"',
      'd: "0o17"',
      'e: "017"',
      'f: "1:30"',
      'g: 500m',
      'h: v1.36.3',
    ]);
  });

  test('text of several lines stays readable', () => {
    expect(renderYaml({ config: 'a: 1\nb: 2\n' })).toBe('config: |\n  a: 1\n  b: 2');
  });
});
