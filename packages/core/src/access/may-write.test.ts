import { accessBindingSchema, type AccessBinding, type Role } from '@accord/proto/access';
import { intentSubject, type FactKind } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse-policy.ts';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, PolicyFact } from '../registry/facts.ts';
import { emptyRegistry, foldFact } from '../registry/registry.ts';
import type { Access } from './access.ts';
import { missingFor } from './may-write.ts';

const binding = (more: object = {}): AccessBinding =>
  accessBindingSchema.parse({ role: 'operator', clusters: { matchLabels: { env: 'dev' } }, policies: ['team-*'], ...more });
const bound = (...bindings: AccessBinding[]): Access => ({ whole: undefined, bindings });
const whole = (role: Role): Access => ({ whole: role, bindings: [] });

function policy(name: string, spec: object = {}): PolicyFact {
  const parsed = parsePolicy({ metadata: { name }, spec: { clusterSelector: { matchLabels: { env: 'dev' } }, ...spec } });
  if (parsed.outcome === 'invalid') throw new TypeError(JSON.stringify(parsed.faults));
  return { name: parsed.name, spec: parsed.spec, revision: 1 } as unknown as PolicyFact;
}
const cluster = (more: object = {}): ClusterFact =>
  ({
    id: 'c',
    name: 'dev-1',
    labels: { env: 'dev' },
    spec: { mode: 'Enforce' },
    meta: { annotations: {} },
    confirmedRemovals: {},
    revision: 1,
    tokenFloor: 0,
    ...more,
  }) as unknown as ClusterFact;
const hold = (more: object = {}): object => ({ untilMs: 100, reason: 'r', by: 'b', ...more });

function asked(access: Access, before: readonly (PolicyFact | ClusterFact)[], after: Draft, role: Role = 'operator'): string | undefined {
  const registry = emptyRegistry();
  before.forEach((body, at) => {
    const [kind, id] = 'labels' in body ? ['cluster', 'c'] : ['policy', body.name];
    foldFact(registry, intentSubject(kind as FactKind, id), { body, seq: at + 1 } as never);
  });
  return missingFor({ access, role, registry, declared: { env: { required: false, protected: true } }, nowMs: 50 }, [after]);
}
const ofPolicy = (body: PolicyFact): Draft => draft('policy', body.name, 'PolicyChanged', body, 0, 'x');
const ofCluster = (body: ClusterFact): Draft => draft('cluster', 'c', 'ClusterChanged', body, 0, 'x');

describe('policies', () => {
  const wide = policy('team-pay', { clusterSelector: {} });
  const risky = policy('team-pay', { acknowledgeRisks: ['Wildcard'] });
  test.each<[string, Access, PolicyFact[], PolicyFact, string | undefined]>([
    ['a role for the whole fleet', whole('operator'), [wide], wide, undefined],
    ['nothing at all', bound(), [], policy('team-pay'), 'role operator, and the highest role is none'],
    ['new inside', bound(binding()), [], policy('team-pay'), undefined],
    ['old and new inside', bound(binding()), [policy('team-pay')], policy('team-pay', { priority: 5 }), undefined],
    ['old outside', bound(binding()), [wide], policy('team-pay'), 'as it is now, team-pay has outside'],
    ['new outside', bound(binding()), [policy('team-pay')], wide, 'outside of every binding: spec.clusterSelector'],
    ['old in one binding, new in another', bound(binding(), binding({ clusters: {} })), [policy('team-pay')], wide, undefined],
    [
      'content that two bindings hold only together',
      bound(binding({ priorityMax: 0 }), binding({ clusters: { matchLabels: { env: 'x' } } })),
      [],
      policy('team-pay'),
      'outside of every binding',
    ],
    ['a viewer', bound(binding({ role: 'viewer' })), [], policy('team-pay'), 'role operator, and the highest role is viewer'],
    ['a whole viewer with a binding to write', { whole: 'viewer', bindings: [binding()] }, [], policy('team-pay'), undefined],
    ['a risk, as operator', bound(binding()), [], risky, 'a policy that acknowledges risks, which takes role admin'],
    ['a risk, as admin of the binding', bound(binding({ role: 'admin' })), [], risky, undefined],
    ['stopping what was acknowledged', bound(binding()), [risky], { ...risky, spec: { ...risky.spec, suspended: true } }, undefined],
    [
      'a name of which a deleted policy held more',
      bound(binding()),
      [{ ...wide, deletedAtMs: 5 }],
      policy('team-pay'),
      'as it is now, team-pay has outside',
    ],
  ])('%s', (_what, access, before, after, missing) => {
    const said = asked(access, before, ofPolicy(after));
    expect(said).toEqual(missing === undefined ? undefined : expect.stringContaining(missing));
  });
});

describe('clusters', () => {
  const clusters = binding({ parts: ['clusters'] });
  const admin = binding({ parts: ['clusters'], role: 'admin' });
  const anywhere = binding({ parts: ['clusters'], clusters: {}, role: 'admin' });
  const pay = policy('team-pay');
  test.each<[string, Access, (PolicyFact | ClusterFact)[], ClusterFact, string | undefined]>([
    ['labels with the part', bound(clusters), [cluster()], cluster({ labels: { env: 'dev', a: 'b' }, tokenFloor: 5 }), undefined],
    [
      'labels without the part',
      bound(binding()),
      [cluster()],
      cluster({ labels: { env: 'dev', a: 'b' } }),
      'to change metadata.labels: no binding gives the part clusters',
    ],
    [
      'labels of a cluster outside',
      bound(clusters),
      [cluster({ labels: { env: 'prod' } })],
      cluster({ labels: { env: 'prod', a: 'b' } }),
      'reaches cluster dev-1',
    ],
    [
      'labels that lead outside',
      bound(admin),
      [cluster()],
      cluster({ labels: { env: 'prod' } }),
      'reaches cluster dev-1 with its new labels',
    ],
    [
      'a protected label, as operator',
      bound(binding({ parts: ['clusters'], clusters: {} })),
      [cluster()],
      cluster({ labels: { env: 'prod' } }),
      'label env is protected, which takes role admin',
    ],
    [
      'a protected label, as operator of the fleet',
      whole('operator'),
      [cluster()],
      cluster({ labels: { env: 'prod' } }),
      'label env is protected, which takes role admin',
    ],
    ['a protected label, as admin', bound(anywhere), [cluster()], cluster({ labels: { env: 'prod' } }), undefined],
    [
      'what was confirmed, forgotten by a relabel',
      bound(clusters),
      [cluster({ confirmedRemovals: { other: 3 } })],
      cluster({ labels: { env: 'dev', a: 'b' } }),
      undefined,
    ],
    ['pause', bound(clusters), [cluster()], cluster({ spec: { mode: 'Enforce', paused: true } }), undefined],
    ['pause without the part', bound(binding()), [cluster()], cluster({ spec: { mode: 'Enforce', paused: true } }), 'to change spec'],
    [
      'a hold of a policy of the binding',
      bound(binding()),
      [cluster(), pay],
      cluster({ holds: [hold({ policy: 'team-pay' })] }),
      undefined,
    ],
    [
      'a hold of another policy',
      bound(binding()),
      [cluster()],
      cluster({ holds: [hold({ policy: 'platform' })] }),
      'no binding gives policies called platform',
    ],
    [
      'a hold of a policy that holds more',
      bound(binding()),
      [cluster(), policy('team-pay', { clusterSelector: {} })],
      cluster({ holds: [hold({ policy: 'team-pay' })] }),
      'as it is now, team-pay has outside',
    ],
    ['a hold of everything', bound(binding()), [cluster()], cluster({ holds: [hold()] }), 'to hold everything on a cluster'],
    ['a hold of everything with the part', bound(clusters), [cluster()], cluster({ holds: [hold()] }), undefined],
    [
      'lifting the hold of somebody else',
      bound(binding()),
      [cluster({ holds: [hold({ policy: 'platform' })] })],
      cluster(),
      'policies called platform',
    ],
    [
      'dropping a hold that is over',
      bound(binding()),
      [cluster({ holds: [hold({ policy: 'platform', untilMs: 10 })] }), pay],
      cluster({ holds: [hold({ policy: 'team-pay' })] }),
      undefined,
    ],
    ['a confirmed removal', bound(binding()), [cluster(), pay], cluster({ confirmedRemovals: { 'team-pay': 4 } }), undefined],
    [
      'a confirmed removal of another policy',
      bound(binding()),
      [cluster()],
      cluster({ confirmedRemovals: { platform: 4 } }),
      'policies called platform',
    ],
    [
      'a set, whose members see each other',
      bound(anywhere),
      [cluster()],
      cluster({ labels: { env: 'dev', 'set.accord.dev/payments': '' } }),
      'to change the sets of a cluster: that takes a role for the whole fleet',
    ],
    [
      'a set, with a role for the fleet',
      whole('operator'),
      [cluster()],
      cluster({ labels: { env: 'dev', 'set.accord.dev/payments': '' } }),
      undefined,
    ],
    [
      'a field that nobody thought of',
      bound(anywhere),
      [cluster()],
      cluster({ publicKey: 'other' }),
      'to change publicKey of a cluster: that takes a role for the whole fleet',
    ],
    ['a cluster that is new', bound(anywhere), [], cluster(), 'that takes a role for the whole fleet'],
  ])('%s', (_what, access, before, after, missing) => {
    const said = asked(access, before, ofCluster(after));
    expect(said).toEqual(missing === undefined ? undefined : expect.stringContaining(missing));
  });
});

test.each<FactKind>(['name', 'token', 'apitoken', 'fleet'])(
  'facts of kind %s are written with a role for the whole fleet alone',
  (kind) => {
    const written = draft(kind, 'x', 'NameReserved', {} as never, 0, 'x');
    expect(asked(bound(binding({ role: 'admin', clusters: {} })), [], written)).toContain('belong to the whole fleet');
    expect(asked(whole('admin'), [], written, 'admin')).toBeUndefined();
  },
);
