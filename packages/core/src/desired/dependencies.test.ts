import type { PolicyName } from '@accord/proto/ids';
import type { PolicyReport } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import { heldDocument } from '../follow/example-fleet.ts';
import { blockOf, dependencyState, Dependents, type DependencyState } from './dependencies.ts';
import type { Verdict } from './judge-policy.ts';

const name = (text: string): PolicyName => text as PolicyName;
const document = heldDocument({ subject: 'desired.all.p', epoch: 2, revision: 7 }, new Uint8Array());
const wanted = { says: 'apply', document, spec: {}, objects: [] } as unknown as Verdict;
const gone: Verdict = { says: 'leave', document: undefined, because: 'absent' };
const report = (change: Partial<PolicyReport>): PolicyReport => ({ state: 'Applied', epoch: 2, revision: 7, ...change }) as PolicyReport;

describe('how a dependency stands', () => {
  test.each<[claim: string, verdict: Verdict, last: PolicyReport | undefined, isCaughtUp: boolean, state: DependencyState]>([
    ['applied at the revision that is wanted', wanted, report({}), true, 'applied'],
    ['applied at an older revision', wanted, report({ revision: 6 }), true, 'not-applied'],
    ['applied in an older epoch', wanted, report({ epoch: 1 }), true, 'not-applied'],
    ['held up', wanted, report({ state: 'Failed' }), true, 'not-applied'],
    ['not looked at yet', wanted, undefined, true, 'not-applied'],
    [
      'it cannot be compiled here',
      { says: 'keep', document, reason: 'Template', message: '' },
      report({ state: 'Failed' }),
      true,
      'not-applied',
    ],
    ['not for this cluster', gone, undefined, true, 'not-selected'],
    ['not known yet', gone, undefined, false, 'not-applied'],
  ])('%s', (_claim, verdict, last, isCaughtUp, state) => expect(dependencyState(verdict, last, isCaughtUp)).toBe(state));

  test('the first that is not in holds the policy up', () => {
    const states: Readonly<Record<string, DependencyState>> = { a: 'applied', b: 'not-applied', c: 'not-selected' };
    const block = (...on: readonly string[]) => blockOf(on, (policy) => states[policy] ?? 'applied')?.reason;
    expect([block(), block('a'), block('a', 'b', 'c'), block('c', 'b')]).toEqual([
      undefined,
      undefined,
      'DependencyNotApplied',
      'DependencyNotSelected',
    ]);
  });
});

test('who waits for whom follows what a policy says last', () => {
  const dependents = new Dependents();
  dependents.set(name('p'), ['a', 'b']);
  dependents.set(name('q'), ['a']);
  dependents.set(name('p'), ['b']);
  expect([[...dependents.of(name('a'))], [...dependents.of(name('b'))], [...dependents.of(name('c'))]]).toEqual([['q'], ['p'], []]);
});
