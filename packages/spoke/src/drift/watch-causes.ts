import type { CodedError } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { KindRef, Kube, Selection, WatchEvent } from '../kube/kube.ts';
import { keepWatching } from '../kube/keep-watching.ts';
import { clusterRoleBindingKind, clusterRoleKind, definitionKind } from '../kube/own-kinds.ts';

/** Which troubles may have ended, by reason and object. */
export type IsMeant = (reason: string, key: ObjectKey) => boolean;

export interface WatchCausesDeps {
  readonly kube: Pick<Kube, 'watch'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (isMeant: IsMeant) => void;
}

interface Cause {
  readonly kind: KindRef;
  readonly selection: Selection;
  readonly meant: (name: string) => IsMeant;
}

/** What the owner's permissions decide: a role that is aggregated anew changes all of these, and so does another tier. */
const refusals: ReadonlySet<string> = new Set(['Forbidden', 'Escalation', 'GuardRail']);
const permissions = (kind: KindRef, name: string): Cause => ({
  kind,
  selection: { fieldSelector: `metadata.name=${name}` },
  meant: () => (reason) => refusals.has(reason),
});

/** A definition is called `plural.group`. */
const definitions: Cause = {
  kind: definitionKind,
  selection: {},
  meant: (name) => {
    const group = `${name.slice(name.indexOf('.') + 1)}/`;
    return (reason, key) => (reason === 'NoSuchKind' || reason === 'NotReady') && key.startsWith(group);
  },
};

/** What is written is in force some milliseconds later, under load some seconds, and nothing tells when. */
const againAfterMs: readonly number[] = [0, 200, 800, 2_000, 7_000];

/** Has policies looked at again when what held them up may have changed: a kind that is defined now, a permission that was given. */
export async function watchCauses(deps: WatchCausesDeps, signal: AbortSignal): Promise<void> {
  const roles = ['accord-spoke-manifests', 'accord-spoke-ceiling'].map((name) => permissions(clusterRoleKind, name));
  // Under these names a tier is bound; what gives one otherwise is seen within the hour.
  const tiers = ['accord-spoke-apply', 'accord-spoke-rbacadmin'].map((name) => permissions(clusterRoleBindingKind, name));
  const causes = [definitions, ...roles, ...tiers];
  await Promise.all(causes.map((cause) => watchCause(deps, cause, signal)));
}

async function watchCause(deps: WatchCausesDeps, { kind, selection, meant }: Cause, signal: AbortSignal): Promise<void> {
  const { kube, clock, log } = deps;
  // What is there at first was there when the policies were looked at.
  let isListed = false;
  const onEvent = (event: WatchEvent): void => {
    if (event.type === 'listed') isListed = true;
    else if (isListed) void tellAgain(deps, meant(event.ref.name), signal);
  };
  const onGivenUp = ({ code }: CodedError): void => log.warn('what policies wait for is not seen when it comes', { kind: kind.kind, code });
  await keepWatching({ kube, clock }, { kind, selection, onEvent, onGivenUp }, signal);
}

/** Until the server has surely taken in what has changed. */
export async function tellAgain(
  { clock, onChange }: Pick<WatchCausesDeps, 'clock' | 'onChange'>,
  isMeant: IsMeant,
  signal: AbortSignal,
): Promise<void> {
  for (const ms of againAfterMs) {
    await clock.sleep(ms, signal);
    if (signal.aborted) return;
    onChange(isMeant);
  }
}
