import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { exampleCluster } from './example-policies.ts';
import { compilePolicy } from './compile-policy.ts';
import { lintExample, shortFault } from './lint-example.ts';
import { renderFault } from './fault.ts';
import { parsePolicy } from './parse-policy.ts';

const selected = 'namespaceSelector: {selector: {matchLabels: {team: shop}}}';
const entry = (manifest: string): string => `objects: [{id: a, eachNamespace: true, manifest: ${manifest}}]`;
const configMap = entry('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}');
const inManifest = 'spec.objects[0].manifest';

function parseFaults(spec: string): readonly string[] {
  const parsed = parsePolicy({ metadata: { name: 'p' }, spec: parse(spec) as unknown });
  return parsed.outcome === 'invalid' ? parsed.faults.map(renderFault) : [];
}

describe('an entry for each namespace', () => {
  test.each<[claim: string, spec: string, found: string[]]>([
    ['is accepted without a namespace', `${configMap}\n${selected}`, []],
    ['may be chosen by names alone', `${configMap}\nnamespaceSelector: {include: ["shop-*"]}`, []],
    [
      'may be of a kind that only the cluster knows',
      `${entry('{apiVersion: a.example/v1, kind: A, metadata: {name: a}}')}\n${selected}`,
      [],
    ],
    [
      'must not name a namespace',
      `${entry('{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}}')}\n${selected}`,
      [`NamespaceUnexpected ${inManifest}.metadata.namespace`],
    ],
    [
      'must not name one by a template either',
      `${entry('{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: "${cluster.name}"}}')}\n${selected}`,
      [`NamespaceUnexpected ${inManifest}.metadata.namespace`],
    ],
    [
      'must not be of a kind that has no namespace',
      `${entry('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1}')}\n${selected}`,
      [`NamespaceUnexpected ${inManifest}.kind`],
    ],
    ['needs a selector', configMap, ['MissingField spec.namespaceSelector']],
    ['needs a selector that selects something', `${configMap}\nnamespaceSelector: {exclude: [a]}`, ['MissingField spec.namespaceSelector']],
    [
      'needs a selector in an override as well',
      `clusterSelector: {}\noverrides: [{clusterSelector: {}, patch: {${configMap}}}]`,
      ['MissingField spec.namespaceSelector'],
    ],
    [
      'is one object, and two of one name are one too many',
      `${selected}\nobjects: [${['a', 'b'].map((id) => `{id: ${id}, eachNamespace: true, manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}`).join(', ')}]`,
      ['DuplicateObject spec.objects[1].manifest.metadata.name'],
    ],
    [
      'may not say what no object may',
      `${entry('{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: b}}')}\n${selected}`,
      [`PlainSecret ${inManifest}.stringData`],
    ],
    [
      'is no namespace for another object',
      `objects: [{id: a, manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}]`,
      [`NamespaceMissing ${inManifest}.metadata`],
    ],
  ])('%s', (_claim, spec, found) => expect(lintExample(spec).faults.map(shortFault)).toEqual(found));

  test('counts once in the size of a policy', () => {
    const objects = Array.from({ length: 512 }, (_, at) => ({
      ...{ id: `o${at}`, eachNamespace: true },
      manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `o${at}` } },
    }));
    expect(lintExample({ namespaceSelector: { selector: {} }, objects }).faults).toEqual([]);
  });

  test('has its templates filled in', () => {
    const spec = parse(
      `${selected}\n${entry('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {in: "${cluster.name}"}}')}`,
    ) as unknown;
    const policy = parsePolicy({ metadata: { name: 'p' }, spec });
    const compiled = policy.outcome === 'parsed' ? compilePolicy(policy, exampleCluster()) : undefined;
    expect(compiled).toMatchObject({ objects: [{ isEach: true, manifest: { data: { in: 'prod-eu-1' } } }] });
  });
});

describe('a namespace selector', () => {
  const warnings = (spec: string): readonly string[] => lintExample(spec).warnings.map(shortFault);

  test('for which no entry asks is warned of', () => {
    expect(warnings(selected)).toEqual(['SelectsNothing spec.namespaceSelector']);
    expect(warnings(`${configMap}\n${selected}`)).toEqual([]);
    expect(warnings(`${selected}\noverrides: [{clusterSelector: {}, patch: {${configMap}}}]`)).toEqual([]);
  });

  test.each([
    ['{selector: {matchLabels: {team: "a b"}}}', 'InvalidValue spec.namespaceSelector.selector.matchLabels.team: "a b" is no label value'],
    [
      '{selector: {matchExpressions: [{key: a, operator: In}]}}',
      'InvalidValue spec.namespaceSelector.selector.matchExpressions[0].values: In needs at least one value.',
    ],
    ['{matchLabels: {team: shop}}', 'UnknownField spec.namespaceSelector.matchLabels: There is no field matchLabels here.'],
    ['{include: ["Shop"]}', 'InvalidValue spec.namespaceSelector.include[0]: "Shop" is not accepted: must be lower-case letters'],
    ['{include: [a, a]}', 'InvalidValue spec.namespaceSelector.include: This part is refused: names one twice.'],
  ])('%s is refused', (selector, found) => expect(parseFaults(`namespaceSelector: ${selector}`)[0]).toContain(found));
});
