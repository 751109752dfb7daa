import { expect, test } from 'vitest';
import { address, headerText } from './request.ts';

test('what is empty is not asked for', () => {
  expect(address('/v1/clusters', { q: '', state: 'Failed', limit: 200, continue: undefined })).toBe('/v1/clusters?state=Failed&limit=200');
  expect(address('/v1/fleet', {})).toBe('/v1/fleet');
});

test('a filter cannot become another one', () => {
  expect(address('/v1/clusters', { q: 'a&state=Failed' })).toBe('/v1/clusters?q=a%26state%3DFailed');
});

test.each([
  ['INC-1: größer', 'INC-1: größer'],
  ['line\r\nset-cookie: x', 'line??set-cookie: x'],
  ['検証 🙂', '?? ??'],
])('a reason %j goes into a header as %j', (reason, header) => expect(headerText(reason)).toBe(header));
