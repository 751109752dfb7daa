import { revokedHelp } from '../cluster/decide-revoke.ts';
import { keyParts, namespaceKeyOf, renderKey, type ObjectKey } from '@accord/proto/ids';
import { kubectlObject } from '@accord/proto/kubectl-object';
import { nameLabel } from '@accord/proto/labels';
import { objectNameOf } from '../desired/operator-hold.ts';
import { neverYields } from '../drift/never-yields.ts';
import { foreignAggregation } from '../apply/foreign-aggregation.ts';
import { ceilingCommand, missingGrants } from '../apply/missing-grant.ts';
import { actingVerb, grantCommand, missingPermission, missingPermissions } from '../apply/missing-permission.ts';
import type { PolicyReport, Problem } from '@accord/proto/messages';
import { countHeld, namespaceName } from './held-removals.ts';
import type { PolicyRow } from './policy-rows.ts';

/** A row before it is put into words, with what operators hold there. */
export type UnexplainedRow = Omit<PolicyRow, 'sentence'> & Pick<PolicyReport, 'hold'>;

/** State → one plain sentence with the blocker and what to run. The same for REST, CLI and every screen. */
export function explainRow(row: UnexplainedRow): string {
  const what = `${row.policy}@${row.revision}`;
  return `${sentenceOf(row, what)}${freshness(row)}`;
}

/** Whatever it last reported, a cluster without access is told nothing and is not believed. */
export function explainRevoked({ policy, cluster }: Pick<PolicyRow, 'policy' | 'cluster'>, revokedAtMs: number): string {
  const since = new Date(revokedAtMs).toISOString();
  return `${policy} is as it was on ${cluster}, as far as anybody knows: its access was revoked at ${since}. ${revokedHelp(cluster)}`;
}

const spokeLogs = 'look at its spoke there: kubectl -n accord-system logs deploy/accord-spoke';

function sentenceOf(row: UnexplainedRow, what: string): string {
  switch (row.state) {
    case 'Pending':
      return pending(row, what);
    case 'Received':
      return `${what} has reached ${row.cluster} and waits for its turn there${row.message === '' ? '' : `: ${trimmed(row.message)}`}.`;
    case 'Applying':
      return `${what} is being applied on ${row.cluster}: ${row.applied} of ${row.desired} objects are in.`;
    case 'Applied':
      return `${what} is applied on ${row.cluster}: ${row.applied} of ${row.desired} objects are as wanted${closed(row)}`;
    case 'Drifted':
      return `${what} is only compared on ${row.cluster}, and ${trimmed(row.message)}: ${blocker(row)}. ${enforcing(row)}`;
    case 'Retrying':
      return row.selected
        ? `${what} is not yet in on ${row.cluster}, which tries again by itself: ${blocker(row)}.${terminating(row)}`
        : `${row.policy} is leaving ${row.cluster}, which tries again by itself: ${blocker(row)}.${terminating(row)}`;
    case 'Failed':
      return `${what} is held up on ${row.cluster}: ${blocker(row)}. ${remedy(row)}`;
    case 'Refused':
      return `${what} is refused by the guard rail of ${row.cluster}: ${blocker(row)}. Its owner can allow it there: kubectl edit guardrail default`;
    case 'Shadowed':
      return `${what} has no effect on ${row.cluster}: ${row.message}. Compare the priorities: accord get policies -o wide`;
    case 'Blocked':
      // No object is to blame, and what to run is all that is to be said.
      if (row.reason === 'GuardRailMissing') return `${what} waits on ${row.cluster}: ${row.message}`;
      return `${what} waits on ${row.cluster}: ${ofObjects.has(row.reason) ? blocker(row) : trimmed(row.message)}. ${unblocking(row)}`;
    case 'Stopped':
      return stopped(row, what);
    case 'Stalled':
      if (row.reason === 'Fighting') return fought(row, what);
      return row.reason === 'EpochChanged'
        ? `${what} waits on ${row.cluster}: desired state was rebuilt and no longer names it. Confirm for the whole fleet: accord confirm-epoch`
        : `${what} would remove ${countHeld(row)} from ${row.cluster} and waits for a person: accord confirm-removal ${row.policy}`;
    case 'Removing':
      return `${row.policy} is leaving ${row.cluster}${row.message === '' ? '' : `: ${row.message}`}.`;
    case 'Removed':
      return `${row.policy} is gone from ${row.cluster}${row.retained.length === 0 ? '' : `; kept there: ${row.retained.map((key) => renderKey(key as ObjectKey)).join(', ')}`}.`;
  }
}

function pending({ connection, sync, cluster, policy }: UnexplainedRow, what: string): string {
  if (connection === 'offline') return `${what} waits for ${cluster}, which is offline. It will catch up by itself; ${spokeLogs}`;
  return sync === 'stuck'
    ? `${what} does not get to ${cluster}, which is live and takes nothing that is published, also when asked to look again; ${spokeLogs}`
    : `${what} is on its way to ${cluster}; watch it with: accord get policy ${policy} -w`;
}

function stopped(row: UnexplainedRow, what: string): string {
  const { reason, cluster, policy, message, desired, applied, selected } = row;
  if (reason === 'OwnerStopped')
    return `${what} waits on ${cluster}: ${trimmed(message)}. It goes on with that policy: accord get policies -o wide`;
  if (reason === 'LocalHold')
    return `${what} is held back on ${cluster} by somebody there: ${blocker(row)}. It goes on by itself, or when the annotation is taken away there: kubectl annotate ${holderOf(row)} accord.dev/hold-until-`;
  const lift = lifting(row);
  if (reason === 'Held' && (row.hold?.object ?? '') !== '')
    return `${what} is held back on ${cluster}, because ${trimmed(message)}. It goes on by itself then, or with: ${lift}`;
  const byOwner = `Its owner can change that there: kubectl edit guardrail default`;
  if (reason === 'OutsideWindow')
    return `${what} waits on ${cluster}: ${trimmed(message)}. Until then only what was applied before is healed. ${byOwner}`;
  const left = selected ? `${applied} of ${desired} objects are as wanted` : 'what it left stays';
  if (reason === 'Frozen' || reason === 'GuardrailInvalid')
    return `${what} is stopped on ${cluster}, because ${trimmed(message)}: nothing is applied, healed or removed; ${left}. ${byOwner}`;
  const goOn =
    { Paused: `accord cluster resume ${cluster}`, Held: lift, ClusterInform: `accord cluster enforce ${cluster}` }[reason] ??
    `accord resume ${policy}`;
  return `${what} is stopped on ${cluster}, because ${trimmed(message)}: nothing is applied, healed or removed; ${left}. Go on with: ${goOn}`;
}

/** Who writes it only the cluster can tell; ours is a field that could be left to them, where that is no grant and no limit. */
function fought(row: UnexplainedRow, what: string): string {
  const { cluster, policy, problems } = row;
  const key = (problems.find(({ reason }) => reason === row.reason)?.object ?? '') as ObjectKey;
  const { group, kind, namespace, name } = keyParts(key);
  const resource = `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  const place = namespace === '' ? '' : ` -n ${namespace}`;
  const look = `kubectl get ${resource} ${name}${place} --show-managed-fields -o yaml`;
  const hold = `accord hold ${policy} ${cluster} --object ${objectNameOf(key)} --for 2h --reason TEXT`;
  const settle = neverYields(`${group}/${kind}`)
    ? `let it be for a while: ${hold}`
    : `leave the field to them, in ignoreFields or conflicts.yieldTo: accord edit policy ${policy}`;
  return `${what} is fought over on ${cluster}: ${blocker(row)}. See there who writes it: ${look}; end that, or ${settle}`;
}

/** What ends the hold of operators. A spoke that does not say what they hold leaves the commonest: the policy. */
function lifting({ hold, policy, cluster }: UnexplainedRow): string {
  if (hold?.policy === '') return `accord unfreeze -l ${nameLabel}=${cluster}`;
  const object = (hold?.object ?? '') === '' ? '' : ` --object ${hold?.object}`;
  return `accord unhold ${hold?.policy ?? policy} ${cluster}${object}`;
}

/** All that is to be said of a policy that is applied is what it left behind, and where it may not go. */
function closed({ message, problems, cluster }: Omit<PolicyRow, 'sentence'>): string {
  const left = problems
    .filter(({ reason }) => reason === 'NotEmpty')
    .map(({ object, message: why }) => `; ${renderKey(object as ObjectKey)} ${trimmed(why)}`)
    .join('');
  if (message === '') return `${left}.`;
  return `${left}; ${trimmed(message)}. The owner of ${cluster} can open one there: kubectl label namespace NAME accord.dev/allow=true`;
}

/** Reasons for which a policy waits for the owner of an object, and not for another policy. */
const ofObjects: ReadonlySet<string> = new Set([
  'NotOurs',
  'AdoptionRefused',
  'NotDeletable',
  'FieldConflict',
  'NoRecipient',
  'KeyUnknown',
  'NoSuchKind',
  'Terminating',
]);

/** What a person does so that it goes on; another policy that it waits for stands in the message. */
function unblocking(row: Omit<PolicyRow, 'sentence'>): string {
  const { reason, message, policy, cluster } = row;
  if (reason === 'NoRecipient' || reason === 'KeyUnknown') return `Seal its values again, for this cluster as well: ${sealing(row)}`;
  if (reason === 'AdoptionRefused') return `Take it out of the other tool, or change the policy: accord edit policy ${policy}`;
  if (reason === 'NotOurs') return `If its owner agrees, on ${cluster}: kubectl annotate ${objectOf(row)} accord.dev/adoptable=true`;
  if (reason === 'NotDeletable') return `If its owner agrees, on ${cluster}: kubectl annotate ${objectOf(row)} accord.dev/deletable=true`;
  if (reason === 'FieldConflict')
    return `Let one of the two leave the field out, or list the manager in conflicts.yieldTo: accord edit policy ${policy}`;
  if (reason === 'Terminating')
    return `It goes on when that is gone. See what keeps it on ${cluster}: kubectl get ${objectOf(row)} -o yaml`;
  if (reason === 'NoSuchKind')
    return `Install the definition of that kind on ${cluster}, or take the object out: accord edit policy ${policy}`;
  const [, other] = /policy ([a-z0-9-]+)/.exec(message) ?? [];
  if (reason === 'DependencyNotSelected' || other === undefined)
    return `Select the cluster with both, or take the dependency out: accord edit policy ${policy}`;
  return `See what holds that one up: accord why ${other} ${cluster}`;
}

/** Only whoever has the values can seal them; who got them before is read from the policy. */
function sealing({ problems, reason, policy, cluster }: Omit<PolicyRow, 'sentence'>): string {
  const [, , namespace = 'NAMESPACE', name = 'NAME'] = problems.find((problem) => problem.reason === reason)?.object.split('/') ?? [];
  return `accord seal ${name} -n ${namespace} --policy ${policy} -c ${cluster} --from-file KEY=FILE`;
}

/** The object that waits for the reason of the row. */
function objectOf({ problems, reason }: Omit<PolicyRow, 'sentence'>): string {
  return kubectlObject(problems.find((problem) => problem.reason === reason)?.object ?? '');
}

/** Whoever holds a Namespace holds what is in it. */
function holderOf({ problems }: Omit<PolicyRow, 'sentence'>): string {
  const { object = '', message = '' } = problems.find(({ reason }) => reason === 'LocalHold') ?? {};
  return kubectlObject(/\bNamespace \S+ is held until /.test(message) ? namespaceKeyOf(object as ObjectKey) : object);
}

/** What a namespace that is being deleted waits for stands in the message; the rest only its owner can find out. */
function terminating({ problems, cluster }: Omit<PolicyRow, 'sentence'>): string {
  const [first] = problems;
  if (first?.reason !== 'NamespaceTerminating') return '';
  const key = first.object as ObjectKey;
  const namespace = kubectlObject(namespaceName(key) === undefined ? namespaceKeyOf(key) : key);
  return ` It goes on when that is gone. See what holds it up on ${cluster}: kubectl get ${namespace} -o yaml`;
}

/** Once what is missing can be told, what lets policies grant it. */
function widening({ problems, policy, cluster }: Omit<PolicyRow, 'sentence'>): string | undefined {
  const command = ceilingCommand(problems.flatMap(({ message }) => missingGrants(message)));
  if (command === undefined) return undefined;
  return `The policy grants more than the owner of ${cluster} lets policies grant: narrow it with accord edit policy ${policy}. Or, if its owner agrees, on ${cluster} run: ${command}`;
}

function enforcing({ reason, policy, cluster }: Omit<PolicyRow, 'sentence'>): string {
  if (reason === 'ClusterInform') return `Let policies be applied there with: accord cluster enforce ${cluster}`;
  return `Set ${reason === 'ObjectInform' ? 'the mode of these objects' : 'its mode'} to Enforce with: accord edit policy ${policy}`;
}

function blocker({ problems, message }: Omit<PolicyRow, 'sentence'>): string {
  const [first] = problems;
  if (first === undefined) return trimmed(message);
  const troubles = problems.filter(({ state }) => state !== 'Applied').length;
  const more = troubles > 1 ? ` (and ${troubles - 1} more)` : '';
  return first.object === '' ? `${trimmed(first.message)}${more}` : `${renderKey(first.object as ObjectKey)}: ${refusalOf(first)}${more}`;
}

/** What RBAC says is long, and says only this. */
function refusalOf({ message }: Problem): string {
  const missing = missingPermission(message);
  return missing === undefined
    ? trimmed(message)
    : `the spoke may not ${missing.verb === actingVerb ? 'write' : missing.verb} ${missing.resource}`;
}

/** What a person does about a refusal, by its reason. */
function remedy(row: Omit<PolicyRow, 'sentence'>): string {
  const { problems, reason, policy, cluster } = row;
  const grant = grantFor(row);
  if (grant !== undefined) return grant;
  if (problems[0]?.message.startsWith(foreignAggregation)) {
    const patch = `'[{"op":"remove","path":"/aggregationRule"}]'`;
    return `On ${cluster} run: kubectl patch ${kubectlObject(problems[0].object)} --type=json -p ${patch}`;
  }
  switch (problems[0]?.reason ?? reason) {
    case 'Forbidden':
      return `If the owner of ${cluster} wants that, it takes a ClusterRole there that is labelled accord.dev/aggregate-to-manifests=true; else take the object out: accord edit policy ${policy}`;
    case 'Escalation':
      return (
        widening(row) ??
        `The policy grants more than the owner of ${cluster} lets policies grant. Widen the ceiling there with a ClusterRole labelled accord.dev/aggregate-to-ceiling=true, or narrow the policy: accord edit policy ${policy}`
      );
    case 'GuardRail':
      return `If the owner of ${cluster} agrees, do there what the text says; else change the policy: accord edit policy ${policy}`;
    case 'StaleDocumentRefused':
      return 'The newer state stays in force. If this lasts, look for what is behind: accord doctor';
    case 'QuotaExceeded':
      return `Raise the quota or remove something on ${cluster}: kubectl describe quota -A`;
    case 'SealBroken':
      return `Seal its values for where the Secret is: ${sealing(row)}`;
    case 'EarlierFailed':
      return `It goes on when that one is ready. See there what it says, and delete it to have it made anew: kubectl ${describing(row)}`;
    default:
      return `Change the policy: accord edit policy ${policy}`;
  }
}

/** The object that another one waits for is only in its message. */
function describing({ problems, message }: Omit<PolicyRow, 'sentence'>): string {
  const [, kind = 'KIND', namespace = 'NAMESPACE', name = 'NAME'] =
    /^waits for (\S+) ([^/\s]+)\/([^,\s]+), which/.exec(problems[0]?.message ?? message) ?? [];
  return `describe ${kind.toLowerCase()} -n ${namespace} ${name}`;
}

/** Once the first of the problems is a missing permission, what grants all that are missing. */
function grantFor({ problems, cluster }: Omit<PolicyRow, 'sentence'>): string | undefined {
  const missing = problems.map(({ message }) => missingPermissions(message));
  const command = missing[0] === undefined || missing[0].length === 0 ? undefined : grantCommand(missing.flat());
  return command === undefined ? undefined : `If its owner agrees, on ${cluster} run: ${command}`;
}

function freshness({ connection, offlineSinceMs, sync, state, observedAtMs }: Omit<PolicyRow, 'sentence'>): string {
  if (state === 'Pending') return '';
  if (connection === 'offline' && offlineSinceMs !== undefined)
    return ` (Last known: the cluster is offline since ${new Date(offlineSinceMs).toISOString()}.)`;
  if (sync === 'stuck') return ` (The cluster is stuck: it is live and takes nothing that is published; ${spokeLogs})`;
  if (sync === 'behind') return ` (The cluster is behind; last heard ${new Date(observedAtMs).toISOString()}.)`;
  return '';
}

function trimmed(text: string): string {
  return text
    .trim()
    .replace(/\.$/, '')
    .replaceAll(/\s*\n\s*/g, ' ');
}
