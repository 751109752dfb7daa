import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { groupKindOf, listAt, objectAt, textAt } from '../policy/manifest.ts';

export const definitionKind = 'apiextensions.k8s.io/CustomResourceDefinition';

/** Kinds that are not ready when they are there, and that what comes later in the same policy waits for: `group/Kind`. */
const slowKinds: ReadonlySet<string> = new Set(['apps/Deployment', 'batch/Job']);

export function becomesReady(manifest: JsonObject): boolean {
  return slowKinds.has(groupKindOf(manifest));
}

/** `lacks` follows the name of the object. What has failed does not become ready by itself. */
export interface Unreadiness {
  readonly lacks: string;
  readonly hasFailed: boolean;
}

/**
 * What a live object still lacks; undefined when it is ready.
 *
 * Source: kstatus (sigs.k8s.io/cli-utils, pkg/kstatus/status/core.go). Only a Job differs: kstatus is content when it has started, and
 * whoever puts something behind a Job wants it done.
 */
export function unreadiness(live: JsonObject | undefined): Unreadiness | undefined {
  const failure = live === undefined ? undefined : failureOf(live);
  if (failure !== undefined) return { lacks: failure, hasFailed: true };
  const lacks = lackOf(live);
  return lacks === undefined ? undefined : { lacks, hasFailed: false };
}

function failureOf(live: JsonObject): string | undefined {
  if (isGoing(live)) return undefined;
  const kind = groupKindOf(live);
  const failed = kind === 'batch/Job' ? condition(live, 'Failed') : undefined;
  if (failed?.status === 'True') return `has failed: ${failed.message}`;
  const progressing = kind === 'apps/Deployment' && isObserved(live) ? condition(live, 'Progressing') : undefined;
  return progressing?.reason === 'ProgressDeadlineExceeded' ? `does not progress: ${progressing.message}` : undefined;
}

function lackOf(live: JsonObject | undefined): string | undefined {
  if (live === undefined) return 'is not there';
  if (isGoing(live)) return 'is being deleted';
  const kind = groupKindOf(live);
  if (kind === definitionKind) return ofDefinition(live);
  if (kind === 'batch/Job') return condition(live, 'Complete')?.status === 'True' ? undefined : 'is not complete yet';
  return kind === 'apps/Deployment' ? ofDeployment(live) : undefined;
}

function ofDefinition(live: JsonObject): string | undefined {
  if (condition(live, 'Established')?.status === 'True') return undefined;
  const names = condition(live, 'NamesAccepted');
  return names?.status === 'False' ? `has names that are taken: ${names.message}` : 'is not established yet';
}

function isGoing(live: JsonObject): boolean {
  return textAt(live, 'metadata', 'deletionTimestamp') !== '';
}

/** What a controller said of an older generation says nothing of this one. */
function isObserved(live: JsonObject): boolean {
  return numberAt(objectAt(live, 'status'), 'observedGeneration') >= numberAt(objectAt(live, 'metadata'), 'generation');
}

function ofDeployment(live: JsonObject): string | undefined {
  const status = objectAt(live, 'status');
  if (!isObserved(live)) return 'has not been looked at by its controller';
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
