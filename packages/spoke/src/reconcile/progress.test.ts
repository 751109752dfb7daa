import type { HeldDocument } from '@accord/core/desired/desired-set';
import { DesiredSet, policyAt } from '@accord/core/desired/desired-set';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { heldDocument } from '@accord/core/follow/example-fleet';
import { defaultGuardrail } from '@accord/core/guard/guardrail';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import type { PolicyOutcome, PolicyReport } from '@accord/proto/messages';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import type { Outbox } from '../outbox/outbox.ts';
import type { PolicyShare } from './policy-share.ts';
import { Progress, type PassInHand } from './progress.ts';

const receivedMs = 1_000;
const objects = ['a', 'b', 'c'].map((name) => ({ key: `/ConfigMap/n/${name}` as ObjectKey }));

function world() {
  const clock = new ManualClock(receivedMs);
  const desired = new DesiredSet(policyAt);
  const told: string[] = [];
  const judged: string[] = [];
  const progress = new Map<string, PolicyReport>();
  const state = { isListed: true, mayWrite: true, foreign: new Set<string>() };
  const outbox: Pick<Outbox, 'before' | 'tellProgress'> = {
    before: (policy) => ({ reported: undefined, progress: progress.get(policy) }),
    tellProgress: (outcomes: readonly PolicyOutcome[]) => {
      for (const { report } of outcomes) {
        if (report === null) continue;
        progress.set(report.policy, report);
        told.push(`${report.policy}@${report.revision} ${report.reason} ${report.applied}/${report.desired}`);
      }
    },
  };
  const verdictOf = (policy: PolicyName): Verdict => {
    const standing = desired.standing(policy);
    const document = standing.says === 'present' ? standing.document : undefined;
    if (document === undefined || state.foreign.has(policy)) return { says: 'leave', document, because: 'unselected' };
    return { says: 'apply', document, spec: {}, objects } as unknown as Verdict;
  };
  const one = new Progress({
    inbox: { desired, member: {} as Member, memberMs: 0 },
    outbox,
    owned: { isKnown: () => state.isListed, tally: { of: () => ({ heals: 0, lastMs: 0 }) } } as never,
    namespaces: { isKnown: () => true },
    guardrail: { isRead: () => true, rules: defaultGuardrail },
    mayWrite: () => state.mayWrite,
    cache: { judge: (policy: PolicyName) => (judged.push(policy), verdictOf(policy)) },
    clock,
  });
  const put = (policy: string, revision = 1): HeldDocument => {
    const document = heldDocument({ subject: `desired.all.${policy}`, epoch: 1, revision, step: 0 }, new Uint8Array([1]));
    const held = { ...document, receivedMs };
    desired.put(held);
    return held;
  };
  const passOf = (...policies: readonly string[]): PassInHand => {
    const share = (policy: string): PolicyShare => ({
      ...{ policy: policy as PolicyName, verdict: verdictOf(policy as PolicyName), overruled: new Map(), removals: [], held: [] },
    });
    return {
      begunMs: receivedMs,
      shares: new Map(policies.map((policy) => [policy as PolicyName, share(policy)])),
      later: new Set(),
      gathered: { held: new Map() },
      planned: new Set(objects.map(({ key }) => key)),
      carried: { results: new Map([['/ConfigMap/n/a' as ObjectKey, { outcome: 'done' }]]) },
    };
  };
  /** What is told after so many seconds of what waits and of what a pass has in hand. */
  const after = (seconds: number, waiting: readonly string[], pass?: PassInHand): readonly string[] => {
    clock.advance(seconds * 1_000);
    one.tell(new Set(waiting as readonly PolicyName[]), pass);
    return told.splice(0);
  };
  return { put, passOf, after, state, judged };
}

describe('progress is told', () => {
  test('of what a pass carries out, and of what waits for it', () => {
    const { put, passOf, after } = world();
    put('p');
    const pass = passOf('p');
    put('q');
    expect(after(0.9, ['q'], pass)).toEqual([]);
    expect(after(0.1, ['q'], pass)).toEqual(['p@1 Applying 1/3', 'q@1 EarlierPass 0/3']);
    expect(after(60, ['q'], pass)).toEqual([]);
  });

  test('of a revision that came after the pass had begun as one that waits', () => {
    const { put, passOf, after } = world();
    put('p');
    const pass = passOf('p');
    put('p', 2);
    expect(after(1, ['p'], pass)).toEqual(['p@2 EarlierPass 0/3']);
  });

  test('with what keeps every pass from beginning', () => {
    const { put, after, state } = world();
    put('p');
    state.isListed = false;
    expect(after(1, ['p'])).toEqual(['p@1 NotListed 0/3']);
    state.mayWrite = false;
    expect(after(4, ['p'])).toEqual([]);
    expect(after(1, ['p'])).toEqual(['p@1 LeaseLost 0/3']);
  });

  test('of no policy that is not for this cluster, which is judged once', () => {
    const { put, after, state, judged } = world();
    put('p');
    state.foreign.add('p');
    expect([after(1, ['p']), after(1, ['p']), judged]).toEqual([[], [], ['p']]);
  });

  test('of many that wait in turn: to judge them takes the CPU from the pass', () => {
    const { put, after } = world();
    const policies = Array.from({ length: 30 }, (_, at) => `p${at}`);
    for (const policy of policies) put(policy);
    expect([after(1, policies).length, after(1, policies).length, after(1, policies).length]).toEqual([24, 6, 0]);
  });
});
