import { isProgress } from '@accord/core/status/states';
import type { Row } from '@accord/proto/api';
import { isCoded } from '@accord/proto/coded-error';
import type { HubClient } from './hub-client.ts';
import { previewStored } from './preview-stored.ts';

/** What one policy would bring to a cluster where it is only compared. */
export interface Outlook {
  readonly policy: string;
  /** Undefined where the caller may not ask. */
  readonly objects: number | undefined;
  readonly bindings: number;
  /** Objects that are not as wanted. */
  readonly differ: number;
  /** Objects that exist, are of no policy, and would have to be given to it by their owner: `Kind namespace/name`. */
  readonly notOurs: readonly string[];
  /** What holds the policy up besides. */
  readonly trouble: string | undefined;
}

/** What enforcing a cluster would do, policy by policy, as its own spoke has compared it. */
export async function outlookOf(hub: HubClient, cluster: string, rows: readonly Row[]): Promise<readonly Outlook[]> {
  return Promise.all(rows.filter(({ selected }) => selected).map((row) => outlook(hub, cluster, row)));
}

async function outlook(hub: HubClient, cluster: string, row: Row): Promise<Outlook> {
  const objects = await objectsOf(hub, cluster, row.policy);
  const problems = row.problems.filter(({ state }) => state === 'Drifted' || state === 'Applied');
  return {
    policy: row.policy,
    objects: objects?.length,
    bindings: (objects ?? []).filter((object) => /^(Cluster)?RoleBinding /.test(object)).length,
    differ: row.desired - row.applied,
    notOurs: problems.filter(({ reason }) => reason === 'NotOurs').map(({ object }) => object),
    trouble: isProgress(row.state) || ['Drifted', 'Applied', 'Pending'].includes(row.state) ? undefined : row.sentence,
  };
}

async function objectsOf(hub: HubClient, cluster: string, policy: string): Promise<readonly string[] | undefined> {
  try {
    return (await previewStored(hub, policy, [cluster])).objects[cluster] ?? [];
  } catch (error) {
    if (isCoded(error, 'forbidden', 'not-found')) return undefined;
    throw error;
  }
}
