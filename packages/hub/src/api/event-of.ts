import { rowOf } from '@accord/core/status/policy-rows';
import type { HubEvent } from '@accord/proto/api';
import type { PolicyName } from '@accord/proto/ids';
import type { Notice } from '../views/projection.ts';
import { timeOf } from './fact-history.ts';
import { rowBody } from './row-body.ts';
import type { ShownProjection } from './views.ts';

/** As things are now. Undefined where what the notice is about is not there any more, or not shown. */
export function eventOf(projection: ShownProjection, notice: Notice): HubEvent | undefined {
  const { policies, clusters } = projection.registry;
  switch (notice.type) {
    case 'policy': {
      const policy = policies.get(notice.policy);
      return policy && { type: 'policy', name: notice.policy, revision: policy.body.revision };
    }
    case 'cluster': {
      const cluster = clusters.get(notice.id);
      return cluster && { type: 'cluster', name: cluster.body.name, connection: projection.connectionOf(notice.id).state };
    }
    case 'row': {
      const policy = policies.get(notice.policy);
      const row = policy && rowOf(projection, policy, notice.id);
      // A row that is gone shows in the policy.
      if (policy !== undefined && row === undefined) return { type: 'policy', name: notice.policy, revision: policy.body.revision };
      return row && { type: 'row', row: rowBody(row), change: notice.change };
    }
    case 'change': {
      const { change: id, actor, atMs, of } = notice;
      const name = of.kind === 'policy' ? policies.get(of.policy)?.body.name : clusters.get(of.id)?.body.name;
      return name === undefined ? undefined : { type: 'change', id, object: `${of.kind}/${name}`, actor, acceptedAt: timeOf(atMs) };
    }
    case 'heal': {
      const { cluster, policy, object, seenMs, healedMs } = notice.heal;
      if (projection.shows?.(policy as PolicyName, cluster) === false) return undefined;
      return { type: 'heal', cluster: clusters.get(cluster)?.body.name ?? cluster, policy, object, seenMs, healedMs };
    }
  }
}
