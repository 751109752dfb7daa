import { expect, test } from 'vitest';
import { emptyRegistry, foldFact, type Registry } from '../registry/registry.ts';
import { decideScopeNoted } from './decide-scope.ts';

function fleet(nextScopeKey?: string): Registry {
  const registry = emptyRegistry();
  const body = { epoch: 3, confirmedEpoch: 2, ...(nextScopeKey !== undefined && { nextScopeKey }) };
  const place = { seq: 7, digest: new Uint8Array(), atMs: 1, actor: 'ann', change: { id: '', traceparent: '' } };
  foldFact(registry, 'intent.fleet.epoch', { body, ...place });
  return registry;
}

test.each([
  ['a key that is added', fleet(), 'A1', [['ScopeKeyAdded', { epoch: 3, confirmedEpoch: 2, nextScopeKey: 'A1' }]]],
  ['one that has taken the place', fleet('A1'), undefined, [['ScopeKeyReplaced', { epoch: 3, confirmedEpoch: 2 }]]],
  ['what was written before', fleet('A1'), 'A1', []],
  ['nothing', fleet(), undefined, []],
])('%s is written down once, and the epoch stays as it is', (_what, registry, next, facts) => {
  expect(decideScopeNoted(registry, next).map(({ type, body }) => [type, body])).toEqual(facts);
});
