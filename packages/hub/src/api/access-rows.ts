/** Who may do what on the clusters that a caller sees, out of the policies that he sees. */
import { grantTest, type AskedGrants } from '@accord/core/access/asked-grants';
import type { PolicyGrant } from '@accord/core/access/compile-grants';
import { addGroup, clustersOf, groupByGrants, type GrantGroup, type GrantingCluster, type GrantRows } from '@accord/core/access/grant-rows';
import { selectorTest } from '@accord/core/labels/match-selector';
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { countedStates } from '@accord/core/status/counted-state';
import { namedClustersMax, type AccessRow, type accessSchema } from '@accord/proto/api-access';
import type { PolicyName } from '@accord/proto/ids';
import { breathe } from '@accord/runtime/breathe';
import type { Clock } from '@accord/runtime/clock';
import { TurnShare } from '@accord/runtime/turn-share';
import type { z } from 'zod';
import { timeOf } from './fact-history.ts';
import { FirstEntries } from './first-entries.ts';
import type { GrantCache } from './grant-cache.ts';
import { pageToken } from './read-time.ts';
import type { View } from './views.ts';

export interface AccessQuestion extends AskedGrants {
  /** Both are names that the caller sees; undefined asks for all. */
  readonly cluster: string | undefined;
  readonly policy: string | undefined;
  /** Key of the last row of the page before. */
  readonly after: string;
  readonly limit: number;
}

interface AccessEntry {
  readonly policy: PolicyName;
  readonly grant: PolicyGrant;
  readonly on: readonly GrantGroup[];
}

/** Longer nobody else waits for one question, but for one piece of work that takes longer. */
const turnMsMax = 8;

const appliedRank = countedStates.indexOf('Applied');

interface AccessSources {
  readonly view: View;
  readonly cache: GrantCache;
  readonly clock: Clock;
}

/** Works in slices, so each policy is as of the moment when its turn came. */
export async function readAccess(
  { view, cache, clock }: AccessSources,
  { cluster, policy: only, after, limit, ...asked }: AccessQuestion,
): Promise<z.infer<typeof accessSchema>> {
  const { rows, projection } = view;
  await rows.settled();
  const isAsked = grantTest(asked, clock.now());
  const share = new TurnShare(clock, turnMsMax);
  const first = new FirstEntries<AccessEntry>(after, limit);
  let total = 0;
  for (const name of only === undefined ? [...projection.registry.policies.keys()] : [only as PolicyName]) {
    const policy = projection.registry.policies.get(name);
    if (policy === undefined || policy.body.deletedAtMs !== undefined) continue;
    const found = await rowsOfPolicy(policy, selectedClusters(view, policy, cluster), { cache, share, isAsked });
    for (const [grant, on] of found) {
      first.add(`${grant.key} ${name}`, { policy: name, grant, on });
      if (share.isUsedUp()) await breathe();
    }
    total += found.size;
    if (share.isUsedUp()) await breathe();
  }
  const { entries, next } = first.page();
  return { items: await bodiesOf(entries, share), total, ...(next !== undefined && { continue: pageToken(next) }) };
}

interface Reading {
  readonly cache: GrantCache;
  readonly share: TurnShare;
  readonly isAsked: (grant: PolicyGrant) => boolean;
}

async function rowsOfPolicy(
  policy: Recorded<PolicyFact>,
  clusters: readonly SelectedCluster[],
  { cache, share, isAsked }: Reading,
): Promise<GrantRows> {
  const granting: GrantingCluster[] = [];
  for (const { fact, isApplied } of clusters) {
    granting.push({ name: fact.body.name, grants: cache.grantsOn(policy, fact), isApplied });
    if (share.isUsedUp()) await breathe();
  }
  cache.trim(policy.body.name);
  const rows: GrantRows = new Map();
  for (const group of groupByGrants(granting)) {
    addGroup(rows, group, isAsked);
    if (share.isUsedUp()) await breathe();
  }
  return rows;
}

interface SelectedCluster {
  readonly fact: Recorded<ClusterFact>;
  readonly isApplied: boolean;
}

/** Sorted by name. Of a cluster that leaves nothing is wanted any more. */
function selectedClusters(
  { rows, projection }: View,
  { body }: Recorded<PolicyFact>,
  only: string | undefined,
): readonly SelectedCluster[] {
  const selects = selectorTest(body.spec.clusterSelector);
  const { slots, rankOf } = rows.columnOf(body.name);
  return slots.flatMap((slot): readonly SelectedCluster[] => {
    const { id, name, labels, leaving } = rows.clusterAt(slot);
    const fact = projection.registry.clusters.get(id);
    const isLeftOut = leaving !== undefined || (only !== undefined && name !== only) || !selects(labels);
    return fact === undefined || isLeftOut ? [] : [{ fact, isApplied: rankOf(slot) === appliedRank }];
  });
}

async function bodiesOf(entries: readonly AccessEntry[], share: TurnShare): Promise<AccessRow[]> {
  const bodies: AccessRow[] = [];
  for (const entry of entries) {
    bodies.push(rowBody(entry));
    if (share.isUsedUp()) await breathe();
  }
  return bodies;
}

function rowBody({ policy, grant, on }: AccessEntry): AccessRow {
  const { subject, role, namespace = '', untilMs } = grant;
  const until = untilMs === undefined ? {} : { until: timeOf(untilMs) };
  return { subject, role, namespace, policy, ...until, clusters: clustersOf(on, namedClustersMax) };
}
