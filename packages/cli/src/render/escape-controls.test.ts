import { describe, expect, test } from 'vitest';
import { escapeControls, escapeControlsIn, unicodeEscapes } from './escape-controls.ts';

describe('escapeControls', () => {
  const cases: readonly [name: string, text: string, shown: string][] = [
    ['plain text stays', 'quota "a" für 7', 'quota "a" für 7'],
    ['a colour sequence is shown, not obeyed', '\u001b[31mred', '\\u001b[31mred'],
    ['the one-byte CSI of C1 is shown too', '\u009b2J', '\\u009b2J'],
    ['a line break cannot forge a second line', 'ok\nprod-eu-1 Applied', 'ok\\nprod-eu-1 Applied'],
    ['text cannot be turned around', 'a\u202eb', 'a\\u202eb'],
    ['delete and backspace are shown', 'x\u007f\u0008', 'x\\u007f\\u0008'],
  ];
  test.each(cases)('%s', (_name, text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });

  test('reaches every text in a value, keys included', () => {
    expect(escapeControlsIn({ 'a\u0007': ['b\u0007', 1, null, { c: true }] })).toEqual({ 'a\\u0007': ['b\\u0007', 1, null, { c: true }] });
  });

  test('what JSON is laid out with stays, and its escapes are read back', () => {
    const text = unicodeEscapes(JSON.stringify({ a: 'x\u009by\u202e' }, undefined, 2));
    expect(text).toBe('{\n  "a": "x\\u009by\\u202e"\n}');
    expect(JSON.parse(text)).toEqual({ a: 'x\u009by\u202e' });
  });
});
