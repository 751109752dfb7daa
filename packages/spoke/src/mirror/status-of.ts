import { isPolicyState, states } from '@accord/core/status/states';
import type { Json, JsonObject } from '@accord/proto/canonical';
import { keyParts } from '@accord/proto/ids';
import type { PolicyReport, Problem } from '@accord/proto/messages';
import type { Tally } from '../drift/drift-tally.ts';
import type { Owned } from '../drift/owned-of.ts';

/** As the schema of the mirror has it: with about 150 bytes each, so many fit beside the largest policy. */
export const inventoryMax = 1_500;
/** In one problem. */
export const fieldsMax = 16;

/** The status of a mirror: what was reported, with what the cluster holds of the policy. */
export function statusOf(report: PolicyReport, { lastMs }: Tally, owned: readonly Owned[]): JsonObject {
  const { revision, state, reason, message, desired, applied, problems, sinceMs, heals, held, retained } = report;
  const { ready, reconciling, stalled } = states[isPolicyState(state) ? state : 'Pending'];
  const time = timeOf(sinceMs);
  const condition = (type: string, status: string): JsonObject => ({
    type,
    status,
    reason: reason === '' ? state : reason,
    message,
    lastTransitionTime: time,
  });
  const count = (isMeant: (problem: Problem) => boolean): number => problems.filter(isMeant).length;
  return {
    observedRevision: revision,
    ...(state === 'Applied' ? { appliedRevision: revision, lastAppliedTime: time } : {}),
    state,
    healCount: heals,
    ...(lastMs > 0 && { lastDriftTime: timeOf(lastMs) }),
    summary: {
      desired,
      applied,
      drifted: count((problem) => problem.state === 'Drifted' || problem.reason === 'Fighting'),
      failed: count((problem) => problem.state === 'Failed'),
      pendingDeletion: held,
      retained: retained.length,
    },
    display: { applied: `${applied}/${desired}` },
    problems: problems.map((problem) => problemOf(problem, report.policy)),
    inventory: inventoryOf(owned),
    conditions: [
      condition('Ready', ready),
      condition('Reconciling', reconciling ? 'True' : 'False'),
      condition('Stalled', stalled ? 'True' : 'False'),
    ],
  };
}

/** What an earlier process has counted. Whatever stands there that is no count, or no time in the past, counts as none. */
export function tallyIn({ healCount, lastDriftTime }: JsonObject, nowMs: number): Tally {
  const lastMs = typeof lastDriftTime === 'string' ? Date.parse(lastDriftTime) : 0;
  return { heals: isCount(healCount) ? healCount : 0, lastMs: lastMs <= nowMs ? lastMs : 0 };
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function problemOf({ object, state, reason, message, drift }: Problem, policy: string): JsonObject {
  return {
    id: object === '' ? policy : object,
    ...{ state, reason, message },
    ...(drift !== null && drift.fields.length > 0 && { fields: drift.fields.slice(0, fieldsMax).map((field) => field.slice(0, 512)) }),
    ...(drift !== null && drift.manager !== '' && { changedBy: drift.manager }),
  };
}

/** Only a cache: which objects are whose, the label on each of them says. */
function inventoryOf(owned: readonly Owned[]): JsonObject {
  const entries = owned.slice(0, inventoryMax).map(({ key, ref, uid, print }) => {
    const { group, kind, namespace, name } = keyParts(key);
    return {
      id: `${namespace}_${name}_${group}_${kind}`,
      v: ref.kind.version,
      u: uid,
      ...(print !== undefined && { f: print.fingerprint }),
    };
  });
  return { complete: owned.length <= inventoryMax, entries: entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
