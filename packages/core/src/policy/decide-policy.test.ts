import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { policySpecSchema, type PolicySpec, type PolicySpecInput } from '@accord/proto/policy';
import { intentSubject } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../registry/draft.ts';
import type { ClusterFact, PolicyFact } from '../registry/facts.ts';
import { emptyRegistry, foldFact, type Recorded, type Registry } from '../registry/registry.ts';
import { decideConfirmRemoval, decideDeletePolicy, decidePutPolicy } from './decide-policy.ts';

const name = 'p' as PolicyName;
const meta = { labels: {}, annotations: {} };
const spec = (input: PolicySpecInput = {}): PolicySpec =>
  policySpecSchema.parse({
    clusterSelector: { matchLabels: { env: 'prod' } },
    namespaces: [{ name: 'n', configMaps: [{ name: 'm' }] }],
    ...input,
  });
const put = (registry: Registry, change: Partial<Parameters<typeof decidePutPolicy>[1]> = {}): readonly Draft[] =>
  decidePutPolicy(registry, { name, meta, spec: spec(), uid: `uid-${registry.seq}`, nowMs: 100 + registry.seq, ...change });

const inEach = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } };
const putEach = (registry: Registry): readonly Draft[] =>
  put(registry, { spec: spec({ namespaceSelector: { selector: {} }, objects: [{ id: 'm', eachNamespace: true, manifest: inEach }] }) });

/** A registry in which everything that was decided has been written. */
function given(...decisions: ((registry: Registry) => readonly Draft[])[]): Registry {
  const registry = emptyRegistry();
  for (const decide of decisions) {
    for (const { kind, id, body, change } of decide(registry)) {
      foldFact(registry, intentSubject(kind, id), {
        body,
        seq: registry.seq + 1,
        digest: new Uint8Array(),
        atMs: 1,
        actor: 'ann',
        change: { id: change, traceparent: '' },
      });
    }
  }
  return registry;
}
const current = (registry: Registry): Recorded<PolicyFact> => registry.policies.get(name) ?? expect.unreachable('the policy is not there');
const remove = (registry: Registry): readonly Draft[] => decideDeletePolicy(current(registry), 900);
const confirm =
  (revision: number, count: number, isAskedAgain = false) =>
  (registry: Registry) =>
    decideConfirmRemoval(current(registry), { revision, count, isAskedAgain });
const edit = (registry: Registry): readonly Draft[] => put(registry, { spec: spec({ priority: 7 }) });

function render(drafts: readonly Draft[]): string {
  const words = (drafts as readonly Draft<'policy'>[]).map(({ type, body, expectSeq, change }) => {
    const { removalsMax, removalsConfirmed = 0 } = body;
    const allowed = removalsMax === undefined ? '' : ` removes up to ${removalsMax}`;
    const seen = removalsConfirmed === (type === 'RemovalConfirmed' ? removalsMax : 0) ? '' : `, ${removalsConfirmed} confirmed`;
    return `${type} ${change} step ${body.step} after ${expectSeq} on ${body.anchors.join(' ')}${allowed}${seen}`;
  });
  return words.join(', ') || 'nothing';
}

function outcomeOf(decide: () => readonly Draft[]): string {
  try {
    return render(decide());
  } catch (error) {
    return isCoded(error) ? `${error.code}: ${error.message}` : expect.unreachable(String(error));
  }
}

describe('policy decisions', () => {
  const elsewhere = { clusterSelector: { matchLabels: { env: 'dev' } } };
  const rows: [claim: string, given: Registry, when: (registry: Registry) => readonly Draft[], then: string][] = [
    ['a new policy is revision 1', given(), put, 'PolicyCreated p@1 step 0 after 0 on l.env.prod'],
    ['the same again changes nothing', given(put), put, 'nothing'],
    ['an edit is the next revision', given(put), edit, 'PolicyChanged p@2 step 0 after 1 on l.env.prod'],
    [
      'labels and annotations make no revision',
      given(put),
      (r) => put(r, { meta: { labels: { team: 'a' }, annotations: {} } }),
      'PolicyChanged p@1 step 0 after 1 on l.env.prod',
    ],
    [
      'another selector is published elsewhere',
      given(put),
      (r) => put(r, { spec: spec(elsewhere) }),
      'PolicyChanged p@2 step 0 after 1 on l.env.dev',
    ],
    [
      'an empty selector is published to everybody',
      given(),
      (r) => put(r, { spec: spec({ clusterSelector: {} }) }),
      'PolicyCreated p@1 step 0 after 0 on all',
    ],
    [
      'without a selector it is published nowhere',
      given(),
      (r) => put(r, { spec: policySpecSchema.parse({}) }),
      'PolicyCreated p@1 step 0 after 0 on ',
    ],
    [
      'deletion is a revision of its own, and means everything that is in the policy',
      given(put, edit),
      remove,
      'PolicyDeleted p@3 step 0 after 2 on l.env.prod removes up to 2',
    ],
    ['deleting twice changes nothing', given(put, remove), remove, 'nothing'],
    ['a name that is used again goes on counting', given(put, edit, remove), put, 'PolicyCreated p@4 step 0 after 3 on l.env.prod'],
    [
      'a confirmation is a step inside the revision',
      given(put),
      confirm(1, 30),
      'RemovalConfirmed p@1 step 1 after 1 on l.env.prod removes up to 30',
    ],
    ['a smaller confirmation changes nothing', given(put, confirm(1, 30)), confirm(1, 30), 'nothing'],
    [
      'a larger confirmation is one more step',
      given(put, confirm(1, 30)),
      confirm(1, 31),
      'RemovalConfirmed p@1 step 2 after 2 on l.env.prod removes up to 31',
    ],
    ['a confirmation is for the revision that was looked at', given(put, edit), confirm(1, 30), 'conflict: p is at revision 2, not 1'],
    ['a confirmation ends with its revision', given(put, confirm(1, 30)), edit, 'PolicyChanged p@2 step 0 after 2 on l.env.prod'],
    [
      'a confirmation does not outlive the deletion',
      given(put, confirm(1, 30)),
      remove,
      'PolicyDeleted p@2 step 0 after 2 on l.env.prod removes up to 2',
    ],
    [
      'what a deletion removes may be confirmed too',
      given(put, remove),
      confirm(2, 30),
      'RemovalConfirmed p@2 step 1 after 2 on l.env.prod removes up to 30',
    ],
    [
      'nobody has looked at what a deletion removes before somebody confirms it',
      given(put, remove),
      confirm(2, 1),
      'RemovalConfirmed p@2 step 1 after 2 on l.env.prod removes up to 2, 1 confirmed',
    ],
    ['and that is confirmed once', given(put, remove, confirm(2, 1)), confirm(2, 1), 'nothing'],
    [
      'what a cluster asks for again is confirmed again',
      given(put, confirm(1, 30)),
      confirm(1, 2, true),
      'RemovalConfirmed p@1 step 2 after 2 on l.env.prod removes up to 30',
    ],
    [
      'where namespaces decide what is lost each confirmation is for another loss',
      given(putEach, confirm(1, 30)),
      confirm(1, 30),
      'RemovalConfirmed p@1 step 2 after 2 on l.env.prod removes up to 30',
    ],
    [
      'whoever deletes an entry for each namespace means it in all of them',
      given(putEach),
      remove,
      'PolicyDeleted p@2 step 0 after 1 on l.env.prod removes up to 20002',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(() => when(registry))).toBe(then));

  test('a policy keeps its identity over edits, and gets a new one when its name is used again', () => {
    const edited = current(given(put, edit)).body;
    const again = current(given(put, edit, remove, put)).body;
    expect([edited.uid, edited.createdAtMs, again.uid, again.createdAtMs, again.deletedAtMs]).toEqual([
      'uid-0',
      100,
      'uid-3',
      103,
      undefined,
    ]);
  });

  test('among several labels the one with the fewest holders is chosen, and kept until the selector changes', () => {
    const both = spec({ clusterSelector: { matchLabels: { env: 'prod', region: 'eu' } } });
    const join = (id: string, labels: Readonly<Record<string, string>>) => (): readonly Draft[] => [
      {
        kind: 'cluster',
        id: id.repeat(26),
        type: 'ClusterJoined',
        body: { id: id.repeat(26) as ClusterId, name: id, labels } as unknown as ClusterFact,
        expectSeq: 0,
        change: '',
      },
    ];
    const write = (registry: Registry): readonly Draft[] => put(registry, { spec: both });
    const registry = given(
      join('a', { env: 'prod', region: 'eu' }),
      join('b', { env: 'prod' }),
      write,
      join('c', { region: 'eu' }),
      join('d', { region: 'eu' }),
    );
    expect(current(registry).body.anchors).toEqual(['l.region.eu']);
    expect(render(put(registry, { spec: { ...both, priority: 7 } }))).toContain('on l.region.eu');
  });
});
