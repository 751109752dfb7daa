import { decideApproval } from '@accord/core/cluster/decide-approval';
import { acceptedSchema } from '@accord/proto/api';
import { approveRequestSchema } from '@accord/proto/join-api';
import type { ResourceDeps } from '../kube/resources.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** Lets a cluster in that asked, or turns it away, where its token demands that somebody looks. */
export function joinApprovalOperations({ projection, requests, clock }: ResourceDeps): readonly AnyOperation[] {
  const verdicts = [
    ['approve', 'Approved', 'Lets the key in with which this cluster asks to join.'],
    ['reject', 'Rejected', 'Turns away the key with which this cluster asks to join, and ends its token.'],
  ] as const;
  return verdicts.map(([verb, verdict, summary]) =>
    operation({
      method: 'POST',
      path: `/v1/clusters/:name/${verb}`,
      summary,
      role: 'admin',
      body: approveRequestSchema,
      status: 200,
      answer: acceptedSchema,
      run: async (request, { fingerprint }) => {
        const asked = { cluster: paramOf(request, 'name'), verdict, fingerprint, nowMs: clock.now() };
        const { change } = await requests.store(request, () => decideApproval(projection.registry, asked));
        return { change: change ?? '' };
      },
    }),
  );
}
