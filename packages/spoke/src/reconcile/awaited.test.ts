import { objectKey, type PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { Awaited } from './awaited.ts';

const policies = (...names: string[]): PolicyName[] => names as PolicyName[];
const web = objectKey('apps', 'Deployment', 'team', 'web');

test('whoever waits for an object is woken by the next change of it, once', () => {
  const woken: string[] = [];
  const awaited = new Awaited((names) => woken.push([...names].join(' ')));
  awaited.seen(web);
  awaited.wait(web, policies('a'));
  awaited.wait(web, policies('b', 'a'));
  awaited.seen(objectKey('apps', 'Deployment', 'team', 'other'));
  awaited.seen(web);
  awaited.seen(web);
  expect(woken).toEqual(['a b']);
});

test('nobody is woken for an object that turned out to be ready', () => {
  const woken: unknown[] = [];
  const awaited = new Awaited((names) => woken.push(names));
  awaited.wait(web, policies('a'));
  awaited.settle(web);
  awaited.seen(web);
  expect(woken).toEqual([]);
});
