import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { endWarnings, stillGranted } from './grant-end.ts';
import { parsePolicy } from './parse-policy.ts';

const noon = Date.parse('2026-12-24T12:00:00Z');
const spec = `
clusterBindings: [{clusterRole: view, groups: [a], until: "2026-12-24T13:00:00+01:00"}]
namespaces:
- name: team
  bindings:
  - {clusterRole: edit, users: [b], until: "2026-12-24T12:00:01Z"}
  - {clusterRole: view, users: [c]}`;
const parsed = parsePolicy({ metadata: { name: 'p' }, spec: parse(spec) as unknown });
if (parsed.outcome === 'invalid') throw new Error(parsed.faults.map(renderFault).join('\n'));
const policy = parsed;
const compiled = compilePolicy(policy, exampleCluster());

describe('the end of a grant', () => {
  test('stands on the object, in UTC', () => {
    const ends = compiled.outcome === 'compiled' ? compiled.objects.map(({ manifest }) => JSON.stringify(manifest['metadata'])) : [];
    expect(ends.filter((text) => text.includes('"accord.dev/until":"2026-12-24T12:00:00.000Z"'))).toHaveLength(1);
  });

  test.each([
    [noon - 1, ['accord:p:edit', 'accord:p:view', 'accord:p:view', 'team'], noon],
    [noon, ['accord:p:edit', 'accord:p:view', 'team'], noon + 1_000],
    [noon + 1_000, ['accord:p:view', 'team'], undefined],
  ])('at %d this is left', (nowMs, names, nextEndMs) => {
    const granted = stillGranted(compiled.outcome === 'compiled' ? compiled.objects : [], nowMs);
    expect([granted.objects.map(({ name }) => name).toSorted(), granted.nextEndMs]).toEqual([names, nextEndMs]);
  });

  test('in the past is warned of at its place', () => {
    expect(endWarnings(policy, noon).map(renderFault)).toEqual([
      'GrantEnded spec.clusterBindings[0].until: This grant of view is over and gives nothing. Move its end, or take it out.',
    ]);
  });
});
