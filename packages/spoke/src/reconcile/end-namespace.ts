import { deletionRemains } from '@accord/core/apply/deletion-remains';
import type { ObjectResult, Trouble } from '@accord/core/apply/report-policy';
import { secretsGrant, secretsGrantKey } from '@accord/core/policy/sealed-secrets';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import type { PolicyName } from '@accord/proto/ids';
import { deletionAnnotation, ifEmptyDeletion, originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import { isDeletedWhole, type Owned } from '../drift/owned-of.ts';
import type { Kube, ObjectMeta, ObjectRef, RemoveAnswer } from '../kube/kube.ts';
import { roleBindingKind, secretKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { leaseLost } from '../kube/writes-while-held.ts';
import { lookInside, type Inside } from './look-inside.ts';
import { unreadable } from './read-trouble.ts';

export interface EndNamespaceDeps {
  readonly kube: Kube;
  readonly owned: Pick<OwnedObjects, 'begin'>;
  readonly mayWrite: () => boolean;
  /** Why nothing may be written now that the spoke does not hold yet. */
  readonly againstNew: (signal: AbortSignal) => Promise<Trouble | undefined>;
  /** It was told to go. */
  readonly onRemoved: () => void;
  readonly clock: Clock;
}

/** It was given back and not deleted, because somebody else has something in it. */
export interface KeptNamespace {
  readonly outcome: 'kept';
  readonly because: string;
}
type Ended = RemoveAnswer | KeptNamespace | ObjectResult;

/** The server reads a new grant a moment after it was written. */
const grantReadMs = 5_000;
const askAgainMs = 100;

/**
 * Deletes a Namespace that its policy wants deleted: with everything in it, or when it is empty; else it is given back.
 *
 * Nothing that was known before counts: the Namespace is read, and, where it has to be empty, everything in it looked at, right before the
 * request, which names the version that was read. What cannot be looked at keeps it as it is. It counts as gone when it is, and not when
 * it was told to go.
 */
export async function endNamespace(deps: EndNamespaceDeps, owned: Owned, signal: AbortSignal): Promise<Ended> {
  const { ref, owner } = owned;
  const { kube } = deps;
  try {
    const live = await kube.get(ref, signal);
    if (live === undefined) return { outcome: 'absent' };
    const { meta } = parseMeta(live);
    if (meta.deletionTimestamp !== undefined) return goingAway(live);
    if (meta.labels[ownerLabel] !== owner) return { outcome: 'retry', reason: 'Conflict', because: 'another policy has taken it over' };
    const isWhole = isDeletedWhole(meta);
    // Whoever may edit it has said that it stays.
    if (meta.annotations[originAnnotation] !== 'Created' || !(isWhole || meta.annotations[deletionAnnotation] === ifEmptyDeletion))
      return await kube.release(ref, meta, signal);
    // A person has confirmed what was planned, so that a word that came since is not enough.
    if (isWhole && owned.isDeletedWhole === true) return await remove(deps, { ref, meta }, signal);
    const asked = await kube.remove(ref, meta, signal, { dryRun: true });
    if (asked.outcome !== 'removed') return asked;
    const first = await lookInside({ kube, namespace: ref.name, policy: owner, withSecrets: false }, signal);
    if (first.is !== 'empty') return await keep(kube, { ref, meta }, first, signal);
    return await endLookedInto(deps, { ref, owner, meta }, signal);
  } catch (error) {
    return unreadable(error);
  }
}

interface Candidate {
  readonly ref: ObjectRef;
  readonly owner: PolicyName;
  /** As it was read. */
  readonly meta: ObjectMeta;
}

/** Its Secrets are looked at as well, and then it is deleted. The right to see them is the spoke's for no longer than that takes. */
async function endLookedInto(deps: EndNamespaceDeps, { ref, owner, meta }: Candidate, signal: AbortSignal): Promise<Ended> {
  const secrets = await openSecrets(deps, { namespace: ref.name, owner }, signal);
  if ('outcome' in secrets) return secrets;
  let found: Inside | RemoveAnswer | ObjectResult;
  try {
    found = await lookInside({ kube: deps.kube, namespace: ref.name, policy: owner, withSecrets: true }, signal);
    if (found.is === 'empty') found = await remove(deps, { ref, meta }, signal);
  } catch (error) {
    found = unreadable(error);
  }
  // Once the Namespace is given back the spoke may take nothing out of it any more.
  const closed = await secrets.close(signal);
  if (closed.outcome !== 'removed' && closed.outcome !== 'absent') return closed;
  return 'is' in found ? keep(deps.kube, { ref, meta }, found, signal) : found;
}

async function remove(
  { kube, mayWrite, onRemoved }: EndNamespaceDeps,
  { ref, meta }: Pick<Candidate, 'ref' | 'meta'>,
  signal: AbortSignal,
): Promise<RemoveAnswer | ObjectResult> {
  if (!mayWrite()) return leaseLost;
  const answer = await kube.remove(ref, meta, signal);
  if (answer.outcome !== 'removed' && answer.outcome !== 'terminating') return answer;
  onRemoved();
  const live = await kube.get(ref, signal);
  return live === undefined ? { outcome: 'absent' } : goingAway(live);
}

function goingAway(live: JsonObject): Trouble {
  return { outcome: 'retry', reason: 'NamespaceTerminating', because: deletionRemains(live) };
}

/** Gives it back, unless another policy has taken it over since it was read. */
async function keep(kube: Kube, { ref, meta }: Pick<Candidate, 'ref' | 'meta'>, inside: Inside, signal: AbortSignal): Promise<Ended> {
  if (inside.is === 'unknown') return inside.trouble;
  const by = inside.is === 'used' ? inside.by : '';
  const answer = await kube.release(ref, meta, signal);
  return answer.outcome === 'released' ? { outcome: 'kept', because: `is given back and not deleted, as ${by} is in it` } : answer;
}

interface OpenSecrets {
  readonly close: (signal: AbortSignal) => Promise<RemoveAnswer>;
}

/** A process that dies meanwhile leaves a binding with the label of the policy: the next pass takes it away with the rest. */
async function openSecrets(
  { kube, owned, clock, mayWrite, againstNew }: EndNamespaceDeps,
  { namespace, owner }: { readonly namespace: string; readonly owner: PolicyName },
  signal: AbortSignal,
): Promise<OpenSecrets | RemoveAnswer | ObjectResult> {
  if (!mayWrite()) return leaseLost;
  const doubt = await againstNew(signal);
  if (doubt !== undefined) return doubt;
  const { metadata, ...rest } = secretsGrant(namespace);
  const marks = { labels: { [ownerLabel]: owner }, annotations: { [originAnnotation]: 'Created' } };
  const ref = { kind: roleBindingKind, namespace, name: metadata.name };
  const settle = owned.begin(secretsGrantKey(namespace));
  const granted = await kube.apply(ref, { ...rest, metadata: { ...metadata, ...marks } }, {}, signal);
  if (!('meta' in granted)) {
    settle(undefined);
    return granted.outcome === 'adoptable' ? { outcome: 'blocked', reason: 'NotOurs', because: granted.because } : granted;
  }
  const untilMs = clock.now() + grantReadMs;
  while (clock.now() < untilMs && !signal.aborted && !(await canList(kube, namespace, signal))) await clock.sleep(askAgainMs, signal);
  const close = async (signalOfClose: AbortSignal): Promise<RemoveAnswer> => {
    const answer = await kube.remove(ref, { uid: granted.meta.uid }, signalOfClose);
    settle(undefined);
    return answer;
  };
  return { close };
}

/** What cannot be told is found out by the look that follows. */
async function canList(kube: Kube, namespace: string, signal: AbortSignal): Promise<boolean> {
  try {
    await kube.peek(secretKind, namespace, signal);
    return true;
  } catch (error) {
    return !isCoded(error, 'forbidden');
  }
}
