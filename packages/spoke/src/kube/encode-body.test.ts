import { expect, test } from 'vitest';
import { encodeBody } from './encode-body.ts';

test('what the YAML reader of the server would refuse or change goes out escaped', () => {
  expect(encodeBody({ a: '\u007f\u0085\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff' })).toBe(
    '{"a":"\\u007f\\u0085\\u009f\\u00ad\\u2028\\u2029\\ufeff\\ufffe\\uffff"}',
  );
});

test('characters beyond the basic plane stay as they are, since escaped pairs are refused', () => {
  expect(encodeBody({ a: '𝄞 äß €' })).toBe('{"a":"𝄞 äß €"}');
});

test('keys are encoded like values', () => {
  expect(encodeBody({ '\u0085': 1 })).toBe('{"\\u0085":1}');
});
