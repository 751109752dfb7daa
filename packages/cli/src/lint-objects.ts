import type { Fault } from '@accord/core/policy/fault';
import { lintPolicy } from '@accord/core/policy/lint';
import { dependencyFaults } from '@accord/core/policy/lint-dependencies';
import type { Policy } from '@accord/core/policy/lay-out';
import { parsePolicy } from '@accord/core/policy/parse-policy';
import type { WrittenObject } from './objects/parse-objects.ts';

/** A policy of a file, read as the hub reads it. */
export interface WrittenPolicy extends Policy {
  readonly written: WrittenObject;
}

/** One thing that the hub would refuse (`fault`) or wonder about (`warning`), and where it stands: `team.yaml:7:5`. */
export interface Finding extends Fault {
  readonly at: string;
  readonly level: 'fault' | 'warning';
}

/** The policies among objects that were parsed without a fault. */
export function policiesIn(objects: readonly WrittenObject[]): readonly WrittenPolicy[] {
  return objects.flatMap((written) => {
    if (written.kind !== 'ClusterPolicy') return [];
    const parsed = parsePolicy(written.body);
    return parsed.outcome === 'parsed' ? [{ name: parsed.name, spec: parsed.spec, written }] : [];
  });
}

/** The rules that the hub runs before it accepts a policy, as far as they need nothing but the files. */
export function lintObjects(objects: readonly WrittenObject[]): readonly Finding[] {
  const policies = policiesIn(objects);
  return policies.flatMap((policy) => {
    const { faults, warnings } = lintPolicy(policy);
    const others = policies.filter((other) => other !== policy);
    const found =
      (level: Finding['level']) =>
      (fault: Fault): Finding => ({ ...fault, level, at: policy.written.placeOf(fault.path) });
    return [...[...faults, ...dependencyFaults(policy, others)].map(found('fault')), ...warnings.map(found('warning'))];
  });
}
