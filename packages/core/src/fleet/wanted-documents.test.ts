import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { parsePolicySpec } from '../policy/parse-policy.ts';
import { features, requiredBy } from './wanted-documents.ts';

test.each([
  ['clusterSelector: {}', []],
  ['suspended: false', []],
  ['suspended: true', ['suspended']],
  ['clusterBindings: [{clusterRole: view, groups: [a], until: "2026-12-24T12:00:00Z"}]', ['until']],
  ['namespaces: [{name: a, bindings: [{clusterRole: view, groups: [a], until: "2026-12-24T12:00:00Z"}]}]', ['until']],
  ['dependsOn: [a]', ['dependsOn']],
  ['adoption: Never', ['adoption']],
  ['objects: [{id: a, manifest: {apiVersion: v1, kind: A, metadata: {name: a, annotations: {accord.dev/until: x}}}}]', ['until']],
  ['objects: [{id: a, createOnly: true, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]', ['createOnly']],
  ['objects: [{id: a, eachNamespace: true, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]', ['eachNamespace']],
  [
    'overrides: [{clusterSelector: {}, patch: {objects: [{id: a, eachNamespace: true, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]}}]',
    ['eachNamespace', 'overrides'],
  ],
  ['mode: Inform', ['inform']],
  ['objects: [{id: a, mode: MustNotExist, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]', ['mustNotExist']],
  ['objects: [{id: a, mode: Inform, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]', ['inform']],
  ['overrides: [{clusterSelector: {}, patch: {}}]', ['overrides']],
  [
    'overrides: [{clusterSelector: {}, patch: {clusterBindings: [{clusterRole: view, groups: [a], until: "2026-12-24T12:00:00Z"}]}}]',
    ['overrides', 'until'],
  ],
])('%s needs a spoke that knows %j', (spec, required) => {
  const parsed = parsePolicySpec(parse(spec) as unknown);
  expect(parsed.outcome === 'parsed' ? requiredBy(parsed.spec) : parsed.faults).toEqual(required);
});

test('every feature is one that this spoke knows', () => expect(features.toSorted()).toEqual([...features]));
