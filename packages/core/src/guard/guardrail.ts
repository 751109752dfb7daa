import { parseDuration } from '@accord/proto/duration';
import { guardrailSpecSchema, type GuardrailSpec } from '@accord/proto/guardrail';
import { matchPattern } from '../labels/match-pattern.ts';
import { readWindow, type Window } from './windows.ts';

/** What the hub may do in a cluster, as its owner says. What the owner leaves out does not limit: then the permissions alone count. */
export interface Guardrail {
  /** Of `group/Kind`, where the core group is called `core`. */
  readonly isKindAllowed: Matches;
  /** Namespaces in which policies may act. */
  readonly isNamespaceAllowed: Matches;
  /** ClusterRoles that policies may bind. */
  readonly isRoleBindable: Matches;
  /** Objects that policies may hold on the cluster. */
  readonly maxObjects: number;
  /** Deletions in one hour; the ends of grants are none of them. */
  readonly maxRemovalsPerHour: number;
  /** Times in which something new is applied; none means always. */
  readonly windows: readonly Window[];
  readonly freeze: { readonly untilMs: number; readonly reason: string } | undefined;
  /** Longest time for which somebody in the cluster may hold an object as it is. */
  readonly maxLocalHoldMs: number;
  /** Codes of lint that policies may acknowledge here. */
  readonly allowRisks: ReadonlySet<string>;
}

type Matches = (name: string) => boolean;

export type ReadGuardrail =
  | { readonly outcome: 'read'; readonly guardrail: Guardrail; readonly spec: GuardrailSpec }
  /** Its owner meant something that cannot be told: nothing may be written until it is corrected. */
  | { readonly outcome: 'invalid'; readonly because: string };

/** An API server with 20,000 of them needs about 0.8 GB; who wants more than this says so. */
export const defaultMaxObjects = 5_000;
export const defaultMaxLocalHold = '8h';

/** In force where the owner wrote none: everything that the tier's permissions allow, up to a size. */
export const defaultGuardrail: Guardrail = guardrailOf({});

/** Reads `spec` of a Guardrail. What its CRD cannot check, such as time zones, is checked here. */
export function readGuardrail(spec: unknown): ReadGuardrail {
  const parsed = guardrailSpecSchema.safeParse(spec);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { outcome: 'invalid', because: `${['spec', ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message}` };
  }
  try {
    return { outcome: 'read', guardrail: guardrailOf(parsed.data), spec: parsed.data };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { outcome: 'invalid', because: error.message };
  }
}

/** Throws RangeError for what is no time, no duration, no schedule or no zone. */
function guardrailOf(spec: GuardrailSpec): Guardrail {
  const { allow, protect = [] } = spec.namespaces ?? {};
  const [isAllowed, isProtected] = [matcher(allow), matcher(protect)];
  return {
    isKindAllowed: matcher(spec.allowedKinds),
    isNamespaceAllowed: (name) => isAllowed(name) && !isProtected(name),
    isRoleBindable: matcher(spec.bindableRoles),
    maxObjects: spec.maxObjects ?? defaultMaxObjects,
    maxRemovalsPerHour: spec.maxRemovalsPerHour ?? Number.POSITIVE_INFINITY,
    windows: (spec.windows ?? []).map(readWindow),
    freeze: spec.freeze && { untilMs: timeOf(spec.freeze.until), reason: spec.freeze.reason },
    maxLocalHoldMs: durationOf(spec.maxLocalHold ?? defaultMaxLocalHold),
    allowRisks: new Set(spec.allowRisks),
  };
}

/** Without patterns everything matches. */
function matcher(patterns: readonly string[] | undefined): Matches {
  return (name) => patterns === undefined || patterns.some((pattern) => matchPattern(pattern, name));
}

function timeOf(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new RangeError(`spec.freeze.until: ${JSON.stringify(text)} is no time`);
  return ms;
}

function durationOf(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new RangeError(`spec.maxLocalHold: ${JSON.stringify(text)} is no duration`);
  return ms;
}
