import { expect, test } from 'vitest';
import { judgeGoVersion } from './find-go.ts';

test.each([
  ['go1.26.8', '1.26.8'],
  ['go1.27', '1.27'],
  ['go2.0.1', '2.0.1'],
])('%s can build the programs', (text, version) => {
  expect(judgeGoVersion(text)).toEqual({ usable: true, version });
});

test.each([
  ['go1.25.9', 'Go is too old (1.25.9)'],
  ['devel +abc', 'Go calls its version "devel +abc", which is not a release'],
])('%s cannot', (text, reason) => {
  expect(judgeGoVersion(text)).toEqual({ usable: false, reason });
});
