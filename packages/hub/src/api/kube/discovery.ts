import { apiGroup, apiGroupVersion, apiVersion, kinds } from '@accord/proto/kube-api';
import { programVersion } from '@accord/proto/version';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const version = { groupVersion: apiVersion, version: apiGroupVersion };
const group = { name: apiGroup, versions: [version], preferredVersion: version };

/** Of the kinds themselves, and of nobody's fleet. */
const config = { role: 'viewer', scope: 'any' } as const;

/** What clients ask before anything else. Source: KEP-3352, aggregated discovery. */
export function registerDiscovery(app: FastifyInstance): void {
  // There is nothing in the core group but its version: with that clients know the kind List.
  app.get('/api', { config }, (request, reply) =>
    discover(request, reply, [aggregatedCore], { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }),
  );
  app.get('/api/v1', { config }, () => ({ kind: 'APIResourceList', groupVersion: 'v1', resources: [] }));
  app.get('/apis', { config }, (request, reply) =>
    discover(request, reply, [aggregatedGroup], { kind: 'APIGroupList', apiVersion: 'v1', groups: [group] }),
  );
  app.get(`/apis/${apiGroup}`, { config }, () => ({ kind: 'APIGroup', apiVersion: 'v1', ...group }));
  app.get(`/apis/${apiVersion}`, { config }, () => ({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion,
    resources: kinds.map(({ kind, plural, singular, shortNames, verbs }) => ({
      name: plural,
      singularName: singular,
      namespaced: false,
      kind,
      verbs,
      shortNames,
      categories: ['accord'],
    })),
  }));
  // The conventions of the Kubernetes API that this server follows; the version of the program stands behind the plus.
  app.get('/version', { config }, () => ({
    major: '1',
    minor: '33',
    gitVersion: `v1.33.0+accord.${programVersion}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: `${process.platform}/${process.arch}`,
  }));
}

const aggregatedCore = {
  metadata: { name: '', creationTimestamp: null },
  versions: [{ version: 'v1', freshness: 'Current', resources: [] }],
};

const aggregatedGroup = {
  metadata: { name: apiGroup, creationTimestamp: null },
  versions: [
    {
      version: apiGroupVersion,
      freshness: 'Current',
      resources: kinds.map(({ kind, plural, singular, shortNames, verbs }) => ({
        resource: plural,
        responseKind: { group: apiGroup, version: apiGroupVersion, kind },
        scope: 'Cluster',
        singularResource: singular,
        verbs,
        shortNames,
        categories: ['accord'],
      })),
    },
  ],
};

async function discover(request: FastifyRequest, reply: FastifyReply, items: readonly unknown[], plain: unknown): Promise<unknown> {
  const accept = request.headers.accept ?? '';
  const wanted = /g=apidiscovery\.k8s\.io;v=(v2beta1|v2)\b/.exec(accept)?.[1];
  if (wanted === undefined || !accept.includes('as=APIGroupDiscoveryList')) return plain;
  void reply.header('content-type', `application/json;g=apidiscovery.k8s.io;v=${wanted};as=APIGroupDiscoveryList`).header('vary', 'Accept');
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${wanted}`, metadata: {}, items };
}
