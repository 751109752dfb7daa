import type { JsonObject } from '@accord/proto/canonical';
import { describe, expect, test } from 'vitest';
import { becomesReady, unreadiness } from './readiness.ts';

const live = (apiVersion: string, kind: string, status: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ apiVersion, kind, status },
  metadata: { name: 'a', generation: 2 },
  ...more,
});
const condition = (type: string, status: string, more: JsonObject = {}): JsonObject => ({ conditions: [{ type, status, ...more }] });
const crd = (status: JsonObject): JsonObject => live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', status);
const job = (status: JsonObject): JsonObject => live('batch/v1', 'Job', status);
const deployment = (status: JsonObject, replicas?: number): JsonObject =>
  live('apps/v1', 'Deployment', { observedGeneration: 2, ...status }, { spec: replicas === undefined ? {} : { replicas } });

describe('unreadiness', () => {
  const rows: [what: string, object: JsonObject | undefined, lacks: string | undefined][] = [
    ['nothing', undefined, 'is not there'],
    ['what is going', { ...crd(condition('Established', 'True')), metadata: { deletionTimestamp: 'now' } }, 'is being deleted'],
    ['a definition that was just made', crd({}), 'is not established yet'],
    ['a definition that is not established', crd(condition('Established', 'False')), 'is not established yet'],
    ['an established definition', crd(condition('Established', 'True')), undefined],
    [
      'a definition whose names another one has',
      crd(condition('NamesAccepted', 'False', { message: '"widgets" is already in use' })),
      'has names that are taken: "widgets" is already in use',
    ],
    ['a Job that runs', job({ startTime: 'now', active: 1 }), 'is not complete yet'],
    ['a Job that is done', job(condition('Complete', 'True')), undefined],
    ['a Job that failed', job(condition('Failed', 'True', { message: 'too often ' })), 'has failed: too often'],
    ['a Deployment that nobody has looked at', live('apps/v1', 'Deployment', {}), 'has not been looked at by its controller'],
    ['a Deployment of an older generation', deployment({ observedGeneration: 1, replicas: 1 }), 'has not been looked at by its controller'],
    ['a Deployment that is rolled out', deployment({ replicas: 1, updatedReplicas: 1, availableReplicas: 1 }), undefined],
    ['a Deployment without pods yet', deployment({}), 'has 0 of 1 replicas updated'],
    ['a Deployment that wants none', deployment({}, 0), undefined],
    ['a Deployment with old pods', deployment({ replicas: 3, updatedReplicas: 2, availableReplicas: 3 }, 2), 'has 1 old replicas left'],
    ['a Deployment that starts', deployment({ replicas: 2, updatedReplicas: 2 }, 2), 'has 0 of 2 replicas available'],
    [
      'a Deployment that is stuck',
      deployment(condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded', message: 'timed out' })),
      'does not progress: timed out',
    ],
    ['a Job that failed and is going', { ...job(condition('Failed', 'True')), metadata: { deletionTimestamp: 'now' } }, 'is being deleted'],
    [
      'a Deployment that was stuck before it was changed',
      deployment({ observedGeneration: 1, ...condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded' }) }),
      'has not been looked at by its controller',
    ],
    ['any other object', live('v1', 'ConfigMap', {}), undefined],
  ];
  test.each(rows)('%s', (_what, object, lacks) => expect(unreadiness(object)?.lacks).toBe(lacks));

  test('tells what has failed from what may still come', () => {
    const failed = rows.filter(([, object]) => unreadiness(object)?.hasFailed === true).map(([what]) => what);
    expect(failed).toEqual(['a Job that failed', 'a Deployment that is stuck']);
  });
});

test('only Jobs and Deployments are waited for', () => {
  const kinds = [live('batch/v1', 'Job', {}), live('apps/v1', 'Deployment', {}), live('v1', 'Service', {}), crd({})];
  expect(kinds.map(becomesReady)).toEqual([true, true, false, false]);
});
