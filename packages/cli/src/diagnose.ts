import type { Row } from '@accord/proto/api';
import { notAnswering } from '@accord/proto/kube-api';
import { programVersion } from '@accord/proto/version';
import { ageOf } from './render/age.ts';
import type { Finding } from './render/findings.ts';
import type { ClusterResource } from './resources.ts';

/** What is wrong with one cluster, as far as the hub knows it. */
export function diagnoseCluster(cluster: ClusterResource, problems: readonly Row[], nowMs: number): readonly Finding[] {
  const { name } = cluster.metadata;
  const revoked = readyOf(cluster, 'Revoked');
  if (revoked !== undefined) {
    // It is as it was wanted, and what it last said is over; who knocks is still worth knowing.
    return [revoked, ...cluster.status.alarms].map((text): Finding => ({ level: 'warn', what: name, text }));
  }
  const found = [...connectionFindings(cluster, nowMs), ...spokeFindings(cluster), ...conditionFindings(cluster)].map((finding) => ({
    ...finding,
    what: name,
  }));
  const own = problems.filter((row) => row.cluster === name).map((row): Finding => ({ level: 'wrong', what: name, text: row.sentence }));
  const all = [...found, ...own];
  return all.length > 0
    ? all
    : [
        {
          level: 'ok',
          what: name,
          text: `${cluster.status.connection}, in sync, spoke ${cluster.status.spoke.version || 'of unknown version'}`,
        },
      ];
}

type Unnamed = Omit<Finding, 'what'>;

const spokeLogs = 'look there at its spoke: kubectl -n accord-system logs deploy/accord-spoke';

function since({ status }: ClusterResource, nowMs: number): string {
  return status.offlineSince === undefined ? '' : ` for ${ageOf(status.offlineSince, nowMs)}`;
}

/** The message of Ready where this is its reason. */
function readyOf({ status }: ClusterResource, reason: string): string | undefined {
  return status.conditions.find((condition) => condition.type === 'Ready' && condition.reason === reason)?.message;
}

function connectionFindings(cluster: ClusterResource, nowMs: number): readonly Unnamed[] {
  const { status, metadata } = cluster;
  switch (status.connection) {
    case 'live':
      if (status.sync.state === 'stuck')
        return [
          { level: 'wrong', text: `live, but stuck: it takes nothing that is published, also when asked to look again; ${spokeLogs}` },
        ];
      return status.sync.state === 'behind'
        ? [{ level: 'wrong', text: `live, but behind: it does not have what the hub published last; ${spokeLogs}` }]
        : [];
    case 'offline':
      if (readyOf(cluster, notAnswering) !== undefined)
        return [
          { level: 'wrong', text: `connected, but its spoke does not answer${since(cluster, nowMs)}: the process hangs; ${spokeLogs}` },
        ];
      return [
        {
          level: 'wrong',
          text: `offline${since(cluster, nowMs)}; ${spokeLogs}`,
        },
      ];
    default:
      return [{ level: 'warn', text: `not heard of yet; joined ${ageOf(metadata.creationTimestamp, nowMs)} ago; ${spokeLogs}` }];
  }
}

function spokeFindings({ status, metadata, spec }: ClusterResource): readonly Unnamed[] {
  const { version, permissions } = status.spoke;
  const findings: Unnamed[] = [];
  if (version !== '' && version !== programVersion) {
    findings.push({
      level: 'warn',
      text: `its spoke is ${version}, this program is ${programVersion}; install the same version there: kubectl apply -f deploy/spoke`,
    });
  }
  const isEnough = permissions === 'Standard' || permissions === 'RBACAdmin' || (permissions === 'Observe' && spec.mode === 'Inform');
  if (permissions !== '' && !isEnough) {
    findings.push({
      level: 'wrong',
      text: `its spoke has the permissions ${JSON.stringify(permissions)}, which do not let it apply; on ${metadata.name} run: kubectl apply -f deploy/spoke/rbac.yaml. Or only compare there: accord cluster inform ${metadata.name}`,
    });
  }
  return findings;
}

/** Conditions whose True is bad by their name; for all others False is. */
const badWhenTrue = /^(Stalled|Reconciling)$|Collision|Conflict|Pressure|Skew/;

/** A collision of short names is such a condition or alarm: kubectl then shows somebody else's kind for the short word. */
function conditionFindings({ status, metadata }: ClusterResource): readonly Unnamed[] {
  const bad = status.conditions.filter(
    ({ type, status: value }) =>
      type !== 'Ready' && type !== 'Reconciling' && (badWhenTrue.test(type) ? value === 'True' : value === 'False'),
  );
  const texts = [...bad.map(({ type, reason, message }) => `${type}${reason === '' ? '' : ` (${reason})`}: ${message}`), ...status.alarms];
  return texts.map((text) => ({ level: 'wrong', text: `${text.replace(/\.$/, '')}; see more: accord describe cluster ${metadata.name}` }));
}
