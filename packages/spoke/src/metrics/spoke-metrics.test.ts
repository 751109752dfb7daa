import { countedKinds } from '@accord/proto/counted-kinds';
import { Meter } from '@accord/runtime/metrics/meter';
import { renderMetrics } from '@accord/runtime/metrics/render-metrics';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { configMapKind, definitionKind, ownRef, policyKinds, secretKind } from '../kube/own-kinds.ts';
import { stateName } from '../state/spoke-state.ts';
import { countAnswer } from './count-answers.ts';
import { countingWrites } from './count-writes.ts';
import { allSpokeMetrics } from './spoke-metrics.ts';

const { signal } = new AbortController();
const metrics = allSpokeMetrics;
const changed = (meter: Meter): readonly string[] =>
  renderMetrics(metrics, meter.readings())
    .split('\n')
    .filter((line) => /^accord_spoke.* (?!0$)/.test(line) && !line.includes('_bucket'));

test('every kind that policies have a word for is counted by its name', () => {
  const named = [...policyKinds, definitionKind, secretKind].map(({ kind }) => kind);
  expect(named.filter((kind) => !countedKinds.includes(kind as never))).toEqual([]);
});

test('a write is counted by what came of it, with the reason where it failed; what is only compared is none', async () => {
  const meter = new Meter(metrics);
  const fake = new FakeKube(new FakeCluster());
  const kube = countingWrites(fake, meter);
  const ref = ownRef(configMapKind, 'accord-system', stateName);
  const body = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: stateName, namespace: 'accord-system' },
    data: { a: value },
  });
  const inNowhere = { ...body('1'), metadata: { name: 'a', namespace: 'nowhere' } };
  await kube.apply(ref, body('1'), {}, signal);
  await kube.apply(ref, body('2'), { dryRun: true }, signal);
  await kube.apply(ref, body('2'), {}, signal);
  await kube.apply(ownRef(configMapKind, 'nowhere', 'a'), inNowhere, {}, signal);
  fake.setReachable(false);
  await kube.apply(ref, body('3'), {}, signal);
  expect(changed(meter)).toEqual([
    'accord_spoke_writes_total{result="created"} 1',
    'accord_spoke_writes_total{result="changed"} 1',
    'accord_spoke_writes_total{result="refused"} 1',
    'accord_spoke_writes_total{result="retry"} 1',
    'accord_spoke_refusals_total{reason="NamespaceMissing"} 1',
    'accord_spoke_retries_total{reason="Unreachable"} 1',
  ]);
});

test.each<[status: number | undefined, code: string]>([
  [200, '2xx'],
  [409, '4xx'],
  [429, '429'],
  [503, '5xx'],
  [undefined, 'none'],
])('an answer of %s is counted as %s', (status, code) => {
  const meter = new Meter(metrics);
  countAnswer(meter, { method: 'PATCH', status, tookMs: 250 });
  expect(changed(meter)).toEqual([
    'accord_spoke_kube_request_seconds_sum{method="PATCH"} 0.25',
    'accord_spoke_kube_request_seconds_count{method="PATCH"} 1',
    `accord_spoke_kube_requests_total{code="${code}"} 1`,
  ]);
});
