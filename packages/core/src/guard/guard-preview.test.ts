import { renderKey } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { compilePolicy } from '../policy/compile-policy.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { guardPreview, type Content } from './guard-preview.ts';
import { readGuardrail } from './guardrail.ts';
import { namesToldMax, tellGuardrail } from './told-guardrail.ts';

const risky = { name: 'all', rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] };
const content = (spec: object = {}): Content => {
  const namespaces = [{ name: 'shop', configMaps: [{ name: 'a', data: {} }], bindings: [{ clusterRole: 'edit', users: ['ann'] }] }];
  const parsed = parsePolicy({ metadata: { name: 'pay' }, spec: { clusterSelector: {}, namespaces, ...spec } });
  if (parsed.outcome === 'invalid') throw new TypeError(JSON.stringify(parsed.faults));
  const compiled = compilePolicy({ name: parsed.name, spec: parsed.spec }, exampleCluster());
  return compiled.outcome === 'failed' ? expect.unreachable(JSON.stringify(compiled.faults)) : compiled;
};
const refused = (guardrail: unknown, spec?: object): string[] =>
  guardPreview(tellGuardrail(readGuardrail(guardrail), 1), content(spec)).map(
    ({ object, reason }) => `${object === undefined ? 'all of it' : renderKey(object.key)}: ${reason}`,
  );
const long = Array.from({ length: namesToldMax + 1 }, (_, n) => `team-${n}`);

const cases: [claim: string, guardrail: unknown, refused: string[]][] = [
  ['nothing, where the owner says nothing', {}, []],
  ['what is of another kind', { allowedKinds: ['core/Namespace', 'core/ConfigMap'] }, ['RoleBinding shop/accord:pay:edit: AllowedKinds']],
  [
    'what is in a protected namespace',
    { namespaces: { protect: ['sh*'] } },
    ['Namespace shop: Namespaces', 'RoleBinding shop/accord:pay:edit: Namespaces', 'ConfigMap shop/a: Namespaces'],
  ],
  ['a binding of a role that the owner does not name', { bindableRoles: ['view'] }, ['RoleBinding shop/accord:pay:edit: BindableRoles']],
  ['what is too much for the cluster', { maxObjects: 2 }, ['all of it: MaxObjects']],
  [
    'nothing for its number, where the rest of it is refused',
    { maxObjects: 2, bindableRoles: [] },
    ['RoleBinding shop/accord:pay:edit: BindableRoles'],
  ],
  ['nothing by a list that was cut', { namespaces: { allow: long }, bindableRoles: long }, []],
  ['everything, where it cannot be obeyed', { maxLocalHold: 'long' }, ['all of it: GuardrailInvalid']],
  ['nothing, in a freeze: it is stopped, and not refused', { freeze: { until: '2099-01-01T00:00:00Z', reason: 'audit' } }, []],
];
test.each(cases)('a Guardrail refuses %s', (_claim, guardrail, said) => {
  expect(refused(guardrail).toSorted()).toEqual(said.toSorted());
});

test('an acknowledged risk is for the owner to take', () => {
  const spec = { clusterRoles: [risky], acknowledgeRisks: ['Wildcard'] };
  expect([refused({}, spec), refused({ allowRisks: ['Wildcard'] }, spec), refused({ allowRisks: long }, spec)]).toEqual([
    ['all of it: AllowRisks'],
    [],
    [],
  ]);
});
