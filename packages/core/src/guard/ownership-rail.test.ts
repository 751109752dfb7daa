import { describe, expect, test } from 'vitest';
import { doubtOf, type ProbeAnswer } from './ownership-rail.ts';

const denied = (by: string, why: string): string => `configmaps "x" is forbidden: ${by} denied request: ${why}`;
const ofPolicy = (name: string): string => `ValidatingAdmissionPolicy '${name}' with binding '${name}'`;

describe('doubtOf', () => {
  const cases: [name: string, answer: ProbeAnswer, doubt: RegExp | undefined][] = [
    [
      'a refusal by the policy itself proves that it is in force',
      {
        outcome: 'refused',
        reason: 'GuardRail',
        because: denied(ofPolicy('accord-spoke-ownership'), 'namespace accord-system is protected'),
      },
      undefined,
    ],
    [
      'what is not refused shows that it is missing, and how it comes back',
      { outcome: 'created' },
      /^blocked GuardRailMissing: .*not in force.*kubectl apply -f deploy\/spoke\/admission-policies\.yaml$/,
    ],
    ['what is there already shows it as well', { outcome: 'changed' }, /^blocked GuardRailMissing: .*not in force/],
    [
      'a refusal by another policy proves nothing, and is told',
      { outcome: 'refused', reason: 'GuardRail', because: denied(ofPolicy('label-everything'), 'no label') },
      /^blocked GuardRailMissing: it cannot be told .*label-everything.*kubectl get validatingadmissionpolicybindings/,
    ],
    [
      'who may not ask is told what lets it ask',
      { outcome: 'refused', reason: 'Forbidden', because: 'cannot patch resource "configmaps"' },
      /^blocked GuardRailMissing: the spoke may not ask .*create rolebinding accord-spoke-probe/,
    ],
    [
      'no answer is tried again, and is no alarm',
      { outcome: 'retry', reason: 'Unreachable', because: 'no answer' },
      /^retry Unreachable: no answer$/,
    ],
  ];
  test.each(cases)('%s', (_name, answer, doubt) => {
    const trouble = doubtOf(answer);
    const said = trouble && `${trouble.outcome} ${trouble.reason}: ${trouble.because}`;
    if (doubt === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(doubt);
  });
});
