import { decideRevoke } from '@accord/core/cluster/decide-revoke';
import { revokedSchema } from '@accord/proto/api';
import type { Clock } from '@accord/runtime/clock';
import { nameChange } from '../accepted.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { Refusal } from '../refusal.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** The server answers within milliseconds; whoever asks waits no longer than a command line does. */
const cutMsMax = 20_000;

export function revokeOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { projection, requests, revoker, clock } = deps;
  return [
    operation({
      method: 'POST',
      path: '/v1/clusters/:name/revoke',
      summary: 'Takes the access of a cluster away. Answers when the server has cut it. What is in the cluster stays.',
      role: 'admin',
      status: 200,
      answer: revokedSchema,
      run: async (request, _body, reply) => {
        const name = paramOf(request, 'name');
        const { change } = await requests.store(request, () => decideRevoke(requireCluster(projection.registry, name), clock.now()));
        const { body } = requireCluster(projection.registry, name);
        await inTime(revoker.cut(body.id), clock, name);
        if (change !== undefined) nameChange(reply, change);
        return { cluster: name, revokedAt: timeOf(body.revokedAtMs ?? clock.now()), change: change ?? '' };
      },
    }),
  ];
}

/** Rejects with `timeout` when it takes too long; it goes on all the same. */
async function inTime(work: Promise<void>, clock: Clock, name: string): Promise<void> {
  const done = new AbortController();
  const late = clock.sleep(cutMsMax, done.signal).then(() => {
    if (done.signal.aborted) return;
    throw new Refusal('timeout', `the access of ${name} is revoked and is not renewed, but the server has not cut it yet`, {
      help: `The hub goes on trying. Ask again: accord cluster revoke ${name}`,
    });
  });
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
