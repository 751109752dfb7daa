import { describe, expect, test } from 'vitest';
import { classifyApply, classifyRemove } from './classify-answer.ts';
import type { ApplyAnswer, KindRef, ObjectRef, RemoveAnswer } from './kube.ts';
import { configMapKind, policyKinds } from './own-kinds.ts';
import { recordedAnswers, type RecordedAnswer } from './recorded-answers.ts';

const ref = (kind: KindRef, name = 'a'): ObjectRef => ({ kind, namespace: kind.namespaced ? 'team' : undefined, name });
const configMap = ref(configMapKind);
const kindNamed = (name: string): KindRef => policyKinds.find(({ kind }) => kind === name) ?? configMapKind;
const mirror: KindRef = { group: 'accord.dev', version: 'v1alpha1', kind: 'ClusterPolicy', resource: 'clusterpolicies', namespaced: false };

describe('what an answer to an apply means', () => {
  const cases: [answer: RecordedAnswer, at: ObjectRef, meaning: string][] = [
    ['bad token', configMap, 'retry Unauthenticated'],
    ['no permission', configMap, 'refused Forbidden'],
    ['no permission for a kind that is not served', configMap, 'refused Forbidden'],
    ['escalation', ref(kindNamed('Role')), 'refused Escalation'],
    ['quota', ref(kindNamed('LimitRange')), 'refused QuotaExceeded'],
    ['namespace terminating', configMap, 'refused NamespaceTerminating'],
    ['namespace missing', configMap, 'refused NamespaceMissing'],
    ['role missing', ref(kindNamed('RoleBinding'), 'b'), 'refused RoleMissing'],
    ['role missing', ref(kindNamed('RoleBinding'), 'reader'), 'refused RoleMissing'],
    ['cluster role missing', ref(kindNamed('ClusterRoleBinding'), 'b'), 'refused RoleMissing'],
    ['kind not served', ref(mirror), 'refused NoSuchKind'],
    ['status of nothing', ref(mirror, 'none'), 'retry Conflict'],
    ['guard rail: no label', configMap, 'refused GuardRail'],
    ['guard rail: held, not used', configMap, 'refused GuardRail'],
    ['not ours', ref(configMapKind, 'theirs'), 'refused NotOurs'],
    ['adoptable', ref(configMapKind, 'adoptable'), 'adoptable'],
    ['immutable data', configMap, 'refused Immutable'],
    ['immutable roleRef', ref(kindNamed('RoleBinding')), 'refused Immutable'],
    ['immutable scopes', ref(kindNamed('ResourceQuota')), 'refused Immutable'],
    ['immutable value', configMap, 'refused Immutable'],
    ['immutable type', configMap, 'refused Immutable'],
    ['immutable selector', configMap, 'refused Immutable'],
    ['immutable parameters', configMap, 'refused Immutable'],
    ['immutable handler', configMap, 'refused Immutable'],
    ['immutable controller', configMap, 'refused Immutable'],
    ['stale document', ref(mirror), 'refused StaleDocumentRefused'],
    ['other validation', configMap, 'refused Invalid'],
    ['config map too long', configMap, 'refused TooLarge'],
    ['uid of another object', configMap, 'retry Conflict'],
    ['uid of no object', configMap, 'retry Conflict'],
    ['old resourceVersion', configMap, 'retry Conflict'],
    ['field conflict', configMap, 'refused FieldConflict'],
    ['unknown field', configMap, 'refused Invalid'],
    ['wrong type', configMap, 'refused Invalid'],
    ['too large for etcd', configMap, 'refused TooLarge'],
    ['request too large', configMap, 'refused TooLarge'],
    ['another name in the body', configMap, 'refused BadRequest'],
  ];
  test.each(cases)('%s', (name, at, meaning) => {
    expect(render(classifyApply(recordedAnswers[name], { ref: at }))).toBe(meaning);
  });

  const unavailable: [name: string, status: number, body: unknown, meaning: string][] = [
    ['an overloaded server', 429, { kind: 'Status', message: 'too many requests' }, 'retry Overloaded'],
    [
      'a webhook that does not answer',
      500,
      { kind: 'Status', message: 'Internal error occurred: failed calling webhook "x.example.com": timeout' },
      'retry ServerError',
    ],
    ['a server that stops', 503, 'apiserver is shutting down', 'retry ServerError'],
    ['a proxy that waited in vain', 504, '<html>', 'retry ServerError'],
    [
      'a webhook of the owner that refuses',
      403,
      { kind: 'Status', message: 'admission webhook "x.example.com" denied the request: no' },
      'refused GuardRail',
    ],
    [
      'a policy of the owner that refuses with a code of its own',
      403,
      {
        kind: 'Status',
        message: `x is forbidden: ValidatingAdmissionPolicy 'theirs' with binding 'b' denied request: exceeded quota: of patience`,
      },
      'refused GuardRail',
    ],
    [
      "an owner's policy that speaks like ours",
      422,
      {
        kind: 'Status',
        message: `x is forbidden: ValidatingAdmissionPolicy 'theirs' with binding 'b' denied request: apply it with accord.dev/origin: Adopted`,
      },
      'refused GuardRail',
    ],
  ];
  test.each(unavailable)('%s', (_name, status, body, meaning) => {
    expect(render(classifyApply({ status, body }, { ref: configMap }))).toBe(meaning);
  });

  test('Retry-After is passed on', () => {
    expect(classifyApply({ status: 429, body: '', retryAfterMs: 7_000 }, { ref: configMap })).toMatchObject({ afterMs: 7_000 });
  });

  test('an equal version is unchanged, another is changed, 201 is created', () => {
    const body = { metadata: { uid: 'u', resourceVersion: '7' } };
    const outcomes = [
      classifyApply({ status: 200, body }, { ref: configMap, seenVersion: '7' }),
      classifyApply({ status: 200, body }, { ref: configMap, seenVersion: '6' }),
      classifyApply({ status: 200, body }, { ref: configMap }),
      classifyApply({ status: 201, body }, { ref: configMap }),
    ].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['unchanged', 'changed', 'changed', 'created']);
  });

  test("the reason is the server's own sentence, without control characters and with an end", () => {
    const message = `first\nsecond\u001b[31m\u0085${'x'.repeat(2_000)}`;
    const answer = classifyApply({ status: 400, body: { kind: 'Status', message } }, { ref: configMap });
    const because = 'because' in answer ? answer.because : '';
    expect(because.slice(0, 32)).toBe('first\\nsecond\\u001b[31m\\u0085xxx');
    expect(because.length).toBeLessThan(1_020);
  });
});

describe('what an answer to a removal means', () => {
  const cases: [answer: RecordedAnswer, how: 'removed' | 'released', meaning: string][] = [
    ['deletion of nothing', 'removed', 'absent'],
    ['deletion of another uid', 'removed', 'retry Conflict'],
    ['deletion of another version', 'removed', 'retry Conflict'],
    ['deletion of what is not ours', 'removed', 'refused GuardRail'],
    ['deletion of a protected namespace', 'removed', 'refused Forbidden'],
    ['failed test of a JSON patch', 'released', 'retry Conflict'],
    ['not ours', 'released', 'refused NotOurs'],
    ['kind not served', 'removed', 'refused NoSuchKind'],
  ];
  test.each(cases)('%s', (name, how, meaning) => {
    expect(render(classifyRemove(recordedAnswers[name], { ref: ref(configMapKind, 'none'), how }))).toBe(meaning);
  });

  test('what is shown with finalizers is there until they are taken away', () => {
    const metadata = { name: 'a', finalizers: ['example.com/keep'], deletionTimestamp: '2026-01-01T00:00:00Z' };
    const answer = { status: 200, body: { kind: 'PartialObjectMetadata', metadata } };
    expect(classifyRemove(answer, { ref: configMap, how: 'removed' })).toEqual({
      outcome: 'terminating',
      finalizers: ['example.com/keep'],
    });
    expect(classifyRemove(answer, { ref: configMap, how: 'released' })).toEqual({ outcome: 'released' });
  });

  test('202 is removed as well: a finalizer of somebody delays it', () => {
    expect(classifyRemove({ status: 202, body: {} }, { ref: configMap, how: 'removed' })).toEqual({ outcome: 'removed' });
  });
});

function render(answer: ApplyAnswer | RemoveAnswer): string {
  return 'reason' in answer ? `${answer.outcome} ${answer.reason}` : answer.outcome;
}
