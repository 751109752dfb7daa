import type { ObjectKey } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { guardObject } from './guard-object.ts';
import { guardMoment } from './guard-stop.ts';
import { defaultGuardrail, readGuardrail, type Guardrail } from './guardrail.ts';

const rulesOf = (spec: unknown): Guardrail => {
  const read = readGuardrail(spec);
  if (read.outcome === 'invalid') throw new Error(read.because);
  return read.guardrail;
};
const quota = '/ResourceQuota/shop/q' as ObjectKey;
const binding = 'rbac.authorization.k8s.io/RoleBinding/shop/b' as ObjectKey;
const bound = (kind: string, name: string) => ({ kind: 'RoleBinding', roleRef: { kind, name } });

describe('an object', () => {
  const cases: [claim: string, spec: unknown, key: string, reason: string | undefined][] = [
    ['passes where the owner says nothing', {}, quota, undefined],
    ['of an allowed kind passes', { allowedKinds: ['core/ResourceQuota'] }, quota, undefined],
    ['of an allowed group passes', { allowedKinds: ['core/*'] }, quota, undefined],
    ['of another kind does not', { allowedKinds: ['core/ConfigMap'] }, quota, 'AllowedKinds'],
    ['of the same kind in another group does not', { allowedKinds: ['example.com/ResourceQuota'] }, quota, 'AllowedKinds'],
    ['does not pass where no kind is allowed', { allowedKinds: [] }, quota, 'AllowedKinds'],
    ['in an allowed namespace passes', { namespaces: { allow: ['sh*'] } }, quota, undefined],
    ['in another namespace does not', { namespaces: { allow: ['team-*'] } }, quota, 'Namespaces'],
    ['in a protected namespace does not', { namespaces: { allow: ['*'], protect: ['shop'] } }, quota, 'Namespaces'],
    ['that is a protected namespace does not', { namespaces: { protect: ['shop'] } }, '/Namespace//shop', 'Namespaces'],
    ['of the whole cluster is in no namespace', { namespaces: { allow: [] } }, 'rbac.authorization.k8s.io/ClusterRole//r', undefined],
    ['is not matched by a part of its name', { namespaces: { allow: ['sho'] } }, quota, 'Namespaces'],
    ['is not matched by a point as any letter', { namespaces: { allow: ['s.op'] } }, quota, 'Namespaces'],
  ];
  test.each(cases)('%s', (_claim, spec, key, reason) => {
    expect(guardObject(rulesOf(spec), key as ObjectKey)?.reason).toBe(reason);
  });

  test('binds only ClusterRoles that the owner names, and any Role', () => {
    const rules = rulesOf({ bindableRoles: ['view', 'team-*'] });
    const refused = [bound('ClusterRole', 'edit'), bound('ClusterRole', 'team-a'), bound('Role', 'edit')].map(
      (manifest) => guardObject(rules, binding, manifest)?.reason,
    );
    expect(refused).toEqual(['BindableRoles', undefined, undefined]);
  });
});

test('what the owner leaves out does not limit, but for the number of objects and the length of holds', () => {
  const { maxObjects, maxRemovalsPerHour, maxLocalHoldMs, allowRisks } = defaultGuardrail;
  expect([maxObjects, maxRemovalsPerHour, maxLocalHoldMs, allowRisks.size]).toEqual([5_000, Number.POSITIVE_INFINITY, 8 * 3_600_000, 0]);
});

test.each([
  [
    { windows: [{ schedule: '99 22 * * *', duration: '1h' }] },
    'spec.windows[0].schedule: "99 22 * * *" is no schedule, such as 0 22 * * 1-5',
  ],
  [
    { windows: [{ schedule: '0 0 22 * * *', duration: '1h' }] },
    'spec.windows[0].schedule: "0 0 22 * * *" is no schedule, such as 0 22 * * 1-5',
  ],
  [
    { windows: [{ schedule: '0 22 * * *', duration: '1h', timeZone: 'Mars/Olympus' }] },
    'spec.windows[0].timeZone: "Mars/Olympus" is no time zone, such as Europe/Berlin',
  ],
  [{ windows: [{ schedule: '0 22 * * *', duration: '1d' }] }, 'spec.windows[0].duration: "1d" is no duration'],
  [{ freeze: { until: 'soon', reason: 'x' } }, 'spec.freeze.until: "soon" is no time'],
  [{ maxLocalHold: 'long' }, 'spec.maxLocalHold: "long" is no duration'],
  [{ maxObjects: -1 }, expect.stringContaining('spec.maxObjects: ')],
  ['all', expect.stringContaining('spec: ')],
])('%j cannot be obeyed, and then nothing is written', (spec, because) => {
  const read = readGuardrail(spec);
  expect(read).toEqual({ outcome: 'invalid', because });
  expect(guardMoment(read, 0).stop?.reason).toBe('GuardrailInvalid');
});

describe('the moment', () => {
  const at = (text: string): number => Date.parse(text);
  const nights = { windows: [{ schedule: '0 22 * * 1-5', duration: '4h', timeZone: 'Europe/Berlin' }] };
  const stopAt = (spec: unknown, time: string): string => {
    const { stop, untilMs } = guardMoment(readGuardrail(spec), at(time));
    return `${stop?.reason ?? 'open'} until ${untilMs === undefined ? 'ever' : new Date(untilMs).toISOString()}`;
  };

  test.each([
    ['before the window', '2026-01-05T20:59:59Z', 'OutsideWindow until 2026-01-05T21:00:00.000Z'],
    ['at its start', '2026-01-05T21:00:00Z', 'open until 2026-01-06T01:00:00.000Z'],
    ['past midnight', '2026-01-06T00:59:59Z', 'open until 2026-01-06T01:00:00.000Z'],
    ['at its end', '2026-01-06T01:00:00Z', 'OutsideWindow until 2026-01-06T21:00:00.000Z'],
    ['at the weekend', '2026-01-10T12:00:00Z', 'OutsideWindow until 2026-01-12T21:00:00.000Z'],
    ['in summer time', '2026-07-06T20:30:00Z', 'open until 2026-07-07T00:00:00.000Z'],
  ])('%s', (_claim, time, said) => {
    expect(stopAt(nights, time)).toBe(said);
  });

  test('windows that touch are one, as far as an hour ahead', () => {
    const day = { schedule: '0 8 * * *', duration: '12h' };
    expect(stopAt({ windows: [day, { schedule: '0 20 * * *', duration: '2h' }] }, '2026-01-05T19:30:00Z')).toBe(
      'open until 2026-01-05T22:00:00.000Z',
    );
    expect(stopAt({ windows: [day, { schedule: '0 20 * * *', duration: '12h' }] }, '2026-01-05T12:00:00Z')).toBe(
      'open until 2026-01-05T20:00:00.000Z',
    );
  });

  test('a window that never comes stays closed', () => {
    expect(stopAt({ windows: [{ schedule: '0 0 30 2 *', duration: '1h' }] }, '2026-01-05T12:00:00Z')).toBe('OutsideWindow until ever');
  });

  test('a freeze holds more than a window, and ends by itself', () => {
    const frozen = { ...nights, freeze: { until: '2026-01-06T00:00:00Z', reason: 'audit' } };
    expect(stopAt(frozen, '2026-01-05T21:30:00Z')).toBe('Frozen until 2026-01-06T00:00:00.000Z');
    expect(stopAt(frozen, '2026-01-06T00:00:00Z')).toBe('open until 2026-01-06T01:00:00.000Z');
  });
});
