import { describeGuardrail } from '@accord/proto/describe-guardrail';
import { summaryCodec, type GuardrailFact } from '@accord/proto/messages';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGuardrail } from './guardrail.ts';
import { boundGuardrail, namesToldMax, shownGuardrail, tellGuardrail, windowsToldMax } from './told-guardrail.ts';

/** As it comes out at the hub. */
function sent(fact: GuardrailFact): GuardrailFact {
  const facts = {
    kubernetesVersion: '',
    spokeVersion: '',
    kubeSystemUid: '',
    permissions: '',
    platform: '',
    sealingKeys: [],
    capacity: null,
  };
  const { facts: told } = summaryCodec.decode(summaryCodec.encode({ facts: { ...facts, guardrail: fact } }));
  return boundGuardrail(told?.guardrail ?? expect.unreachable('it was told'));
}
const told = (spec: unknown, generation = 3) => shownGuardrail(sent(tellGuardrail(readGuardrail(spec), generation)));
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `team-${n}`);

describe('what the hub is told of a Guardrail', () => {
  test('is what its owner wrote, in the same words', () => {
    const spec = {
      allowedKinds: ['core/*'],
      namespaces: { allow: ['team-*'], protect: ['vault'] },
      bindableRoles: [],
      maxObjects: 10,
      maxRemovalsPerHour: 0,
      windows: [{ schedule: '0 22 * * 1-5', duration: '4h', timeZone: 'Europe/Berlin' }],
      freeze: { until: '2026-01-01T00:10:00.000Z', reason: 'audit' },
      maxLocalHold: '2h',
      allowRisks: ['Wildcard'],
    };
    expect(told(spec)).toEqual({ generation: 3, spec, unlisted: {} });
  });

  test('is what holds where the owner wrote nothing, and an empty list is not the same as none', () => {
    expect(told({}, 0)).toEqual({ generation: 0, spec: { maxObjects: 5_000, maxLocalHold: '8h' }, unlisted: {} });
    expect(told({ allowedKinds: [], allowRisks: [] }).spec).toMatchObject({ allowedKinds: [], allowRisks: [] });
  });

  test('is why it cannot be obeyed', () => {
    const because = 'spec.maxLocalHold: "long" is no duration';
    expect(told({ maxLocalHold: 'long' })).toEqual({ generation: 3, because, spec: {}, unlisted: {} });
  });

  test('is bounded, with the number of what is left out', () => {
    const windows = many(windowsToldMax + 2).map(() => ({ schedule: '0 22 * * *', duration: '1h' }));
    const shown = told({ allowedKinds: many(100), namespaces: { protect: [...many(2), 'x'.repeat(200)] }, windows });
    expect(shown.unlisted).toEqual({ allowedKinds: 100 - namesToldMax, 'namespaces.protect': 1, windows: 2 });
    expect(shown.spec.allowedKinds).toHaveLength(namesToldMax);
    expect(shown.spec.windows).toHaveLength(windowsToldMax);
  });
});

describe('for people', () => {
  const lines = (spec: unknown, generation?: number): string[] =>
    describeGuardrail(told(spec, generation)).map(([what, text]) => `${what}: ${text}`);

  test('every field has its line, also where nothing is limited', () => {
    expect(lines({}, 0)).toEqual([
      'Written: no, the defaults hold',
      'Kinds: all that the permissions allow',
      'Namespaces: all that are not protected',
      'Protected: those of the system',
      'ClusterRoles to bind: all that the permissions allow',
      'Objects: at most 5000',
      'Removals: no limit but the brake',
      'Windows: always',
      'Local holds: at most 8h',
      'Risks: none',
    ]);
  });

  test('what was left out is counted, and an empty list allows nothing', () => {
    const freeze = { until: '2026-01-01T00:10:00Z', reason: 'audit' };
    const said = lines({ allowedKinds: [], bindableRoles: many(34), maxRemovalsPerHour: 20, freeze });
    expect(said).toEqual(expect.arrayContaining(['Kinds: none', expect.stringMatching(/^ClusterRoles to bind: team-0, .*, and 2 more$/)]));
    expect(said).toEqual(expect.arrayContaining(['Removals: at most 20 an hour', 'Freeze: until 2026-01-01T00:10:00.000Z: audit']));
  });

  test('one that cannot be obeyed says only that', () => {
    expect(lines({ maxObjects: -1 })).toEqual([
      expect.stringMatching(/^Obeyed: no, so nothing is written until its owner corrects it: spec.maxObjects: /),
    ]);
  });
});

test('property: whatever a spoke sends is small, and can be shown', () => {
  const text = fc.string({ unit: 'binary', maxLength: 5_000 });
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.MAX_SAFE_INTEGER, -1));
  const list = fc.option(fc.record({ names: fc.array(text, { maxLength: 200 }), more: number }));
  const lists = { allowedKinds: list, allowedNamespaces: list, bindableRoles: list, protectedNamespaces: list, allowRisks: list };
  const windows = fc.array(fc.record({ schedule: text, duration: text, timeZone: text }), { maxLength: 50 });
  const fact = fc.record({
    ...{ generation: number, because: fc.oneof(fc.constant(''), text), ...lists, maxObjects: number, moreWindows: number, windows },
    ...{ maxRemovalsPerHour: fc.option(fc.record({ value: number })), freeze: fc.option(fc.record({ untilMs: number, reason: text })) },
    maxLocalHold: text,
  });
  fc.assert(
    fc.property(fact, (hostile) => {
      const bound = boundGuardrail(hostile);
      expect(JSON.stringify(bound).length).toBeLessThan(40_000);
      expect(boundGuardrail(bound)).toEqual(bound);
      expect(describeGuardrail(shownGuardrail(bound)).length).toBeGreaterThan(0);
    }),
  );
});
