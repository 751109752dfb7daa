import { expect, test } from 'vitest';
import { formerServers } from './former-servers.ts';

test.each([
  ['an answer that names none changes nothing', ['a'], ['b'], [], ['b']],
  ['the same ones leave what was before', ['a'], ['b'], ['a'], ['b']],
  ['others make those of now the former ones', ['a'], ['b'], ['c'], ['a', 'b']],
  ['one that comes back is not former any more', ['b'], ['a'], ['a'], ['b']],
  ['no more than four are kept', ['a', 'b'], ['c', 'd', 'e'], ['f'], ['a', 'b', 'c', 'd']],
])('%s', (_name, servers, former, next, kept) => {
  expect(formerServers({ servers, former }, next)).toEqual(kept);
});
