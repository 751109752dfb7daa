import { askedFault } from '@accord/core/access/asked-grants';
import { nearestName } from '@accord/core/policy/nearest-name';
import { livePolicy, type Registry } from '@accord/core/registry/registry';
import { accessSchema } from '@accord/proto/api-access';
import { isDnsLabel } from '@accord/proto/ids';
import type { FastifyRequest } from 'fastify';
import { readAccess, type AccessQuestion } from '../access-rows.ts';
import { GrantCache } from '../grant-cache.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { readPageToken } from '../read-time.ts';
import { Refusal } from '../refusal.ts';
import { countOf, queryOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 100, max: 1_000 };

const query = {
  subject: 'Only what this one may: User/NAME, Group/NAME, ServiceAccount/NAMESPACE/NAME, or the name alone.',
  role: 'Only with this role: ClusterRole/NAME, Role/NAME, or the name alone.',
  namespace: 'Only what holds there: in this namespace, in each selected namespace, or in the whole cluster.',
  cluster: 'Only on this cluster; the others are not counted.',
  policy: 'Only by this policy.',
  limit: `Size of a page, ${pageSize.fallback} by default, ${pageSize.max} at most.`,
  continue: 'From the page before.',
};

/** Who may do what, where: what policies grant on clusters, and on how many of them it is applied. */
export function accessOperations({ views, clock, projection }: ResourceDeps): readonly AnyOperation[] {
  const cache = new GrantCache(projection.registry);
  return [
    operation({
      method: 'GET',
      path: '/v1/access',
      summary: 'Who may do what on the clusters by policies: each subject with its role, where, until when, and where that is applied.',
      role: 'viewer',
      scope: 'limited',
      query,
      status: 200,
      refuses: [404],
      answer: accessSchema,
      run: (request) => {
        const view = views.of(request);
        return readAccess({ view, cache, clock }, readQuestion(request, view.projection.registry));
      },
    }),
  ];
}

function readQuestion(request: FastifyRequest, registry: Registry): AccessQuestion {
  const [subject, role, namespace, cluster, policy] = ['subject', 'role', 'namespace', 'cluster', 'policy'].map(
    (name) => queryOf(request, name) || undefined,
  );
  const fault = askedFault({ subject, role });
  if (fault !== undefined)
    throw new Refusal('invalid', `query parameter ${fault.field} ${fault.message}`, { status: 400, help: fault.help });
  if (namespace !== undefined && !isDnsLabel(namespace))
    throw new Refusal('invalid', 'query parameter namespace is no name of a namespace', { status: 400, help: 'Write it as kubectl does.' });
  if (cluster !== undefined) {
    const names = [...registry.clusters.values()].map(({ body }) => body.name);
    requireKnown('clusters', cluster, names);
  }
  if (policy !== undefined) {
    const names = [...registry.policies.keys()].filter((name) => livePolicy(registry, name) !== undefined);
    requireKnown('clusterpolicies', policy, names);
  }
  const [after = ''] = (readPageToken(request, ['string']) ?? []) as readonly string[];
  return { subject, role, namespace, cluster, policy, after, limit: countOf(request, 'limit', pageSize) };
}

/** Rejects with `not-found` and the nearest name that the caller sees. */
function requireKnown(plural: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = nearestName(name, known);
  const help = near === undefined ? `See what there is: kubectl get ${plural}` : `Did you mean ${near}?`;
  throw new Refusal('not-found', `${plural}.accord.dev "${name}" not found`, { help });
}
