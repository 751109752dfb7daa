import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { groupKindOf, listAt, objectAt, textAt } from '../policy/manifest.ts';

export const definitionKind = 'apiextensions.k8s.io/CustomResourceDefinition';

/** Kinds that are not ready when they are there, and that what comes later in the same policy waits for: `group/Kind`. */
const slowKinds: ReadonlySet<string> = new Set(['apps/Deployment', 'batch/Job']);

export function becomesReady(manifest: JsonObject): boolean {
  return slowKinds.has(groupKindOf(manifest));
}

/**
 * What a live object still lacks, as words that follow its name; undefined when it is ready.
 *
 * Source: kstatus (sigs.k8s.io/cli-utils, pkg/kstatus/status/core.go). Only a Job differs: kstatus is content when it has started, and
 * whoever puts something behind a Job wants it done.
 */
export function unreadiness(live: JsonObject | undefined): string | undefined {
  if (live === undefined) return 'is not there';
  if (textAt(live, 'metadata', 'deletionTimestamp') !== '') return 'is being deleted';
  const kind = groupKindOf(live);
  if (kind === definitionKind) return ofDefinition(live);
  if (kind === 'batch/Job') return ofJob(live);
  return kind === 'apps/Deployment' ? ofDeployment(live) : undefined;
}

function ofDefinition(live: JsonObject): string | undefined {
  if (condition(live, 'Established')?.status === 'True') return undefined;
  const names = condition(live, 'NamesAccepted');
  return names?.status === 'False' ? `has names that are taken: ${names.message}` : 'is not established yet';
}

function ofJob(live: JsonObject): string | undefined {
  if (condition(live, 'Complete')?.status === 'True') return undefined;
  const failed = condition(live, 'Failed');
  return failed?.status === 'True' ? `has failed: ${failed.message}` : 'is not complete yet';
}

function ofDeployment(live: JsonObject): string | undefined {
  const status = objectAt(live, 'status');
  if (numberAt(status, 'observedGeneration') < numberAt(objectAt(live, 'metadata'), 'generation'))
    return 'has not been looked at by its controller';
  const progressing = condition(live, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return `does not progress: ${progressing.message}`;
  const wanted = numberAt(objectAt(live, 'spec'), 'replicas', 1);
  const [all, updated, available] = ['replicas', 'updatedReplicas', 'availableReplicas'].map((field) => numberAt(status, field));
  if ((updated ?? 0) < wanted) return `has ${updated} of ${wanted} replicas updated`;
  if ((all ?? 0) > (updated ?? 0)) return `has ${(all ?? 0) - (updated ?? 0)} old replicas left`;
  return (available ?? 0) < wanted ? `has ${available} of ${wanted} replicas available` : undefined;
}

interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

function condition(live: JsonObject, type: string): Condition | undefined {
  const found = listAt(objectAt(live, 'status'), 'conditions').find((candidate: Json) => textAt(candidate, 'type') === type);
  return isObject(found)
    ? { status: textAt(found, 'status'), reason: textAt(found, 'reason'), message: textAt(found, 'message').trim() }
    : undefined;
}

function numberAt(object: JsonObject, name: string, otherwise = 0): number {
  const value = object[name];
  return typeof value === 'number' ? value : otherwise;
}
