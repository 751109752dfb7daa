import { expect, test } from 'vitest';
import { emptyRegistry, foldFact, type Registry } from '../registry/registry.ts';
import { decideHubKeyNoted } from './decide-hub-key.ts';

const epochs = { epoch: 3, confirmedEpoch: 2 };

function fleet(nextKeys?: Readonly<Record<string, string>>): Registry {
  const registry = emptyRegistry();
  const place = { seq: 7, digest: new Uint8Array(), atMs: 1, actor: 'ann', change: { id: '', traceparent: '' } };
  foldFact(registry, 'intent.fleet.epoch', { body: { ...epochs, ...(nextKeys && { nextKeys }) }, ...place });
  return registry;
}

test.each<[what: string, registry: Registry, next: string | undefined, facts: readonly unknown[]]>([
  ['a key that is added', fleet(), 'A1', [['HubKeyAdded', { ...epochs, nextKeys: { desired: 'A1' } }]]],
  ['one beside another', fleet({ s: 'S1' }), 'A1', [['HubKeyAdded', { ...epochs, nextKeys: { s: 'S1', desired: 'A1' } }]]],
  ['one that has taken the place', fleet({ desired: 'A1' }), undefined, [['HubKeyReplaced', epochs]]],
  ['one of two', fleet({ s: 'S1', desired: 'A1' }), undefined, [['HubKeyReplaced', { ...epochs, nextKeys: { s: 'S1' } }]]],
  ['what was written before', fleet({ desired: 'A1' }), 'A1', []],
  ['nothing', fleet(), undefined, []],
])('%s is written down once, and the epoch stays as it is', (_what, registry, next, facts) => {
  expect(decideHubKeyNoted(registry, 'desired', next).map(({ type, body }) => [type, body])).toEqual(facts);
});
