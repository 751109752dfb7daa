import type { Verdict } from '@accord/core/desired/judge-policy';
import type { PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { SpentConfirmations } from './spent-confirmations.ts';

const policy = 'p' as PolicyName;
/** A policy that goes on, and that nothing follows the namespaces of the cluster in. */
const applies = (removalsConfirmed: number, receivedMs = 1): Verdict =>
  ({ says: 'apply', document: { statement: { removalsConfirmed }, signedStatement: new Uint8Array(), receivedMs } }) as unknown as Verdict;
const leaves = ({ document }: Verdict): Verdict => ({ says: 'leave', document, because: 'unselected' });

test('what was confirmed of namespaces with everything in them serves until nothing is left to go, in every policy', () => {
  const spent = new SpentConfirmations();
  const first = applies(3);
  expect(spent.hasServed(policy, first)).toBe(false);
  spent.spend(policy, first);
  expect([spent.hasServed(policy, first), spent.hasServed(policy, leaves(first))]).toEqual([true, true]);
  expect(spent.isSpent(policy, first)).toBe(false);
  const second = applies(3);
  expect(spent.hasServed(policy, second)).toBe(false);
  spent.spend(policy, applies(0));
  expect(spent.hasServed(policy, first)).toBe(false);
});

test('after a restart it counts as served, and where there is no document nothing has', () => {
  const spent = new SpentConfirmations();
  expect(spent.hasServed(policy, applies(3, 0))).toBe(true);
  expect(spent.hasServed(policy, { says: 'leave', document: undefined, because: 'absent' })).toBe(false);
});
