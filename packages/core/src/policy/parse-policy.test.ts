import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { renderFault } from './fault.ts';
import { nestingMax } from './json-form.ts';
import { parsePolicy, parsePolicySpec } from './parse-policy.ts';

function faults(spec: string): string[] {
  const parsed = parsePolicySpec(parse(spec));
  return parsed.outcome === 'invalid' ? parsed.faults.map(renderFault) : ['parsed'];
}

describe('parsePolicySpec', () => {
  const cases: [claim: string, spec: string, found: string[]][] = [
    [
      'a misspelt field is named with the nearest known one',
      'clusterSelectors: {}',
      ['UnknownField spec.clusterSelectors: There is no field clusterSelectors here. Did you mean clusterSelector?'],
    ],
    [
      'a field that is like no other is answered with those that exist',
      'namespaces: [{name: n, quota: {hard: {pods: 1}, colour: red}}]',
      ['UnknownField spec.namespaces[0].quota.colour: There is no field colour here. Known here: hard, scopes.'],
    ],
    [
      'later fields are refused by name',
      'rollout: {}',
      ['Unsupported spec.rollout: spec.rollout is not supported by this version. Leave it out.'],
    ],
    [
      'later fields deep inside are refused by name',
      'objects: [{id: a, sealed: {}, manifest: {apiVersion: v1, kind: Secret, metadata: {name: a}}}]',
      ['Unsupported spec.objects[0].sealed: spec.objects[0].sealed is not supported by this version. Leave it out.'],
    ],
    [
      'a dependency is the name of a policy, and named once',
      'dependsOn: [a, a]',
      ['InvalidValue spec.dependsOn: This part is refused: names one twice.'],
    ],
    [
      'what a CRD takes as a set is named once',
      'standards: [a, a]\nclusterBindings: [{clusterRole: view, users: [ann, ann], serviceAccounts: [{namespace: n, name: b}, {namespace: n, name: b}]}]',
      [
        'InvalidValue spec.clusterBindings[0].serviceAccounts: This part is refused: names one twice.',
        'InvalidValue spec.clusterBindings[0].users: This part is refused: names one twice.',
        'InvalidValue spec.standards: This part is refused: names one twice.',
      ],
    ],
    [
      'two objects do not share an id',
      'objects: [{id: a, manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}, {id: a, manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}}]',
      ['InvalidValue spec.objects: This part is refused: names one twice.'],
    ],
    [
      'the end of a grant must be a time',
      'namespaces: [{name: a, bindings: [{clusterRole: view, until: tomorrow}]}]',
      ['InvalidValue spec.namespaces[0].bindings[0].until: "tomorrow" is not accepted: must be a time like 2026-12-31T18:00:00Z.'],
    ],
    [
      'later fields are refused by name',
      'rollout: {}',
      ['Unsupported spec.rollout: spec.rollout is not supported by this version. Leave it out.'],
    ],
    [
      'a misspelt way to let a namespace go is named with the nearest one',
      'namespaces: [{name: a, deletion: DeleteIfCreatd}]',
      ['InvalidValue spec.namespaces[0].deletion: "DeleteIfCreatd" is not accepted here. Did you mean DeleteIfCreated?'],
    ],
    [
      'a misspelt value is named with the nearest one',
      'severity: Hihg',
      ['InvalidValue spec.severity: "Hihg" is not accepted here. Did you mean High?'],
    ],
    [
      'a number where text is wanted says how to write it',
      'namespaces: [{name: n, labels: {cost: 4711}}]',
      ['WrongType spec.namespaces[0].labels.cost: This is a number; wanted: text. Put it in quotes: "4711".'],
    ],
    [
      'a list where an object is wanted',
      'namespaces: [{name: n, quota: []}]',
      ['WrongType spec.namespaces[0].quota: This is a list; wanted: object.'],
    ],
    ['an object where a list is wanted', 'namespaces: {name: n}', ['WrongType spec.namespaces: This is an object; wanted: array.']],
    [
      'a missing field',
      'clusterBindings: [{users: [a]}]',
      ['MissingField spec.clusterBindings[0].clusterRole: This field is required. Add it.'],
    ],
    [
      'a manifest without a name',
      'objects: [{id: a, manifest: {apiVersion: v1, kind: ConfigMap}}]',
      ['MissingField spec.objects[0].manifest.metadata: This field is required. Add it.'],
    ],
    [
      'a binding of two roles',
      'namespaces: [{name: n, bindings: [{role: a, clusterRole: b}]}]',
      ['InvalidValue spec.namespaces[0].bindings[0]: This part is refused: set exactly one of clusterRole and role.'],
    ],
    ['too large a number', 'priority: 1001', ['TooLarge spec.priority: 1001 exceeds the limit of 1000. Stay at or below 1000.']],
    [
      'too long a text',
      `description: ${'x'.repeat(1025)}`,
      ['TooLarge spec.description: A text of 1025 characters exceeds the limit of 1024. Stay at or below 1024.'],
    ],
    [
      'too many entries',
      `namespaces: [{name: n, labels: {${Array.from({ length: 65 }, (_, i) => `k${i}: v`).join(',')}}}]`,
      ['TooLarge spec.namespaces[0].labels: This part is refused: has more than 64 entries.'],
    ],
    [
      'a quantity that is neither text nor number',
      'namespaces: [{name: n, quota: {hard: {pods: true}}}]',
      ['WrongType spec.namespaces[0].quota.hard.pods: This is a boolean; wanted: text or an integer.'],
    ],
    [
      'an operator without its values',
      'clusterSelector: {matchExpressions: [{key: env, operator: In}]}',
      ['InvalidValue spec.clusterSelector.matchExpressions[0].values: In needs at least one value. Add the values.'],
    ],
    [
      'an operator with values that it does not take',
      'clusterSelector: {matchExpressions: [{key: env, operator: Exists, values: [a]}]}',
      ['InvalidValue spec.clusterSelector.matchExpressions[0].values: Exists takes no values. Remove them, or use In or NotIn.'],
    ],
    [
      'a label value with a space',
      'clusterSelector: {matchLabels: {env: "a b"}}',
      [
        'InvalidValue spec.clusterSelector.matchLabels.env: "a b" is no label value: must be empty or 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends. Correct the value.',
      ],
    ],
    ['no spec at all', '', ['MissingField spec: This field is required. Add it.']],
    ['null is absence, as it is for Kubernetes', 'namespaces: [{name: n, labels: null, quota: }]', ['parsed']],
  ];
  test.each(cases)('%s', (_claim, spec, found) => {
    expect(faults(spec)).toEqual(found);
  });

  test('everything that is wrong is said at once', () => {
    expect(faults('{timeouts: {}, priority: high, namespaces: [{nam: n}], audience: Exact}').map((fault) => fault.split(':')[0])).toEqual([
      'Unsupported spec.audience',
      'UnknownField spec.namespaces[0].nam',
      'MissingField spec.namespaces[0].name',
      'WrongType spec.priority',
      'Unsupported spec.timeouts',
    ]);
  });

  test('defaults are filled in', () => {
    const parsed = parsePolicySpec({
      namespaces: [{ name: 'n' }],
      objects: [{ id: 'o', manifest: { apiVersion: 'v1', kind: 'K', metadata: { name: 'x' } } }],
    });
    expect(parsed).toMatchObject({
      spec: {
        mode: 'Enforce',
        priority: 100,
        match: 'MustHave',
        prune: 'IfCreated',
        namespaces: [{ deletion: 'Retain' }],
        objects: [{ deletion: 'Prune', order: 0 }],
      },
    });
  });

  test('what the hub sets may come back and is left out, by name', () => {
    expect(parsePolicySpec({ epoch: 3, revision: 2, clusterSelector: {} })).toMatchObject({
      outcome: 'parsed',
      dropped: ['spec.epoch', 'spec.revision'],
    });
    expect(parsePolicySpec({ epoch: 3 })).not.toHaveProperty('spec.epoch');
  });

  test('an empty selector stays empty, an absent one absent', () => {
    expect(parsePolicySpec({ clusterSelector: {} })).toMatchObject({ spec: { clusterSelector: {} } });
    expect(parsePolicySpec({})).not.toHaveProperty('spec.clusterSelector');
  });

  test('endless nesting is refused, and does not end the process', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    const parsed = parsePolicySpec({ objects: deep });
    expect(parsed.outcome === 'invalid' && parsed.faults[0]?.message).toBe(`Nested more than ${nestingMax} levels deep.`);
  });

  test('half a surrogate pair and __proto__ are refused', () => {
    expect(parsePolicySpec({ description: '\ud800' })).toMatchObject({ faults: [{ code: 'InvalidValue', path: 'spec.description' }] });
    expect(parsePolicySpec(JSON.parse('{"namespaces":[{"name":"n","labels":{"__proto__":"x"}}]}'))).toMatchObject({
      faults: [{ code: 'UnknownField', path: 'spec.namespaces[0].labels.__proto__' }],
    });
  });
});

describe('parsePolicy', () => {
  test.each([[undefined], ['Team'], ['a.b'], ['a'.repeat(64)], [7]])('%s is no name', (name) => {
    expect(parsePolicy({ metadata: { name }, spec: {} })).toMatchObject({ outcome: 'invalid', faults: [{ path: 'metadata.name' }] });
  });

  test.each([[undefined], [null], ['text'], [[]]])('%s is no document', (document) => {
    expect(parsePolicy(document)).toMatchObject({ outcome: 'invalid' });
  });
});
