import type { JsonObject } from '@accord/proto/canonical';
import { sortFaults, type Fault, type FaultCode } from './fault.ts';
import { sourcePath, type LaidOutObject } from './lay-out.ts';
import { groupKindOf } from './manifest.ts';

/** What a rule found in one object; `at` is a path inside the manifest. */
export interface Finding {
  readonly at: string;
  readonly message: string;
  readonly help: string;
}

export interface RuleContext {
  /** False at the hub, where templates still stand: rules about the form of a text then pass over those that hold one. */
  readonly isFinal: boolean;
}

/** One row of the table of what is refused or warned. */
export interface Rule {
  readonly code: FaultCode;
  /** `group/Kind` of the objects that it looks at; all of them when absent. */
  readonly kinds?: readonly string[];
  readonly check: (manifest: JsonObject, context: RuleContext) => readonly Finding[];
  /** What it refuses may be accepted in `spec.acknowledgeRisks`. */
  readonly isRisk?: true;
}

/** Runs a table of rules over objects and says where in the policy each finding was written. */
export function runRules(
  rules: readonly Rule[],
  objects: readonly Pick<LaidOutObject, 'manifest' | 'paths'>[],
  context: RuleContext,
): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [kind, ofKind] of Map.groupBy(objects, ({ manifest }) => groupKindOf(manifest))) {
    const applying = rules.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
    for (const object of ofKind)
      for (const { code, check, isRisk } of applying)
        for (const { at, message, help } of check(object.manifest, context))
          faults.push({ code, path: sourcePath(object, at), message, help, ...(isRisk && { isRisk }) });
  }
  return sortFaults(faults);
}
