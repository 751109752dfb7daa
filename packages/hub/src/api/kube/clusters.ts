import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterByName } from '@accord/core/registry/registry';
import { rowsOfCluster } from '@accord/core/status/policy-rows';
import type { Draft } from '@accord/core/registry/draft';
import { apiVersion, clusterKind, type KubeObject } from '@accord/proto/kube-api';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.ts';
import { rememberedSources } from '../row-body.ts';
import type { View } from '../views.ts';
import { clusterObject } from './cluster-object.ts';
import { registerReads, registerWrites, type ResourceDeps } from './resources.ts';
import { decideWriteCluster, patchableCluster } from './write-cluster.ts';

/** `clusters`: read, relabelled and edited. They come by join tokens, and leave in their own way. */
export function registerClusters(app: FastifyInstance, deps: ResourceDeps): void {
  const { registry } = deps.projection;
  const base = `/apis/${apiVersion}/${clusterKind.plural}`;
  registerReads(app, deps, clusterKind);
  registerWrites(app, deps, clusterKind, {
    put: (input, name, { nowMs }) => decideWriteCluster(registry, input, name ?? '', nowMs),
    patchable: (name) => patchableCluster(registry, name),
    isThere: (name) => clusterByName(registry, name) !== undefined,
    preview: (draft, view) => previewCluster(deps, draft, view),
  });
  app.post(base, { config: { role: 'operator', scope: 'limited' } }, () => {
    throw new Refusal('unsupported', 'a Cluster is not made by hand: it joins with a one-time token', {
      status: 405,
      help: 'Run: accord cluster add NAME -l KEY=VALUE',
    });
  });
  app.delete(`${base}/:name`, { config: { role: 'operator', scope: 'cluster' } }, () => {
    throw new Refusal('unsupported', 'a Cluster is not deleted: it leaves the fleet, and what becomes of what it holds has to be said', {
      status: 405,
      help: 'Run: accord cluster leave NAME',
    });
  });
}

function previewCluster({ alarms, clock }: ResourceDeps, draft: Draft, { projection, feeds }: View): KubeObject {
  const body = draft.body as ClusterFact;
  const before = feeds.Cluster.get(body.name);
  const object = clusterObject(
    body,
    rowsOfCluster(projection, body.id),
    { ...rememberedSources(projection), lastSeenMs: () => undefined, alarmsOf: (id) => alarms.of(id), nowMs: clock.now() },
    before,
  );
  return { ...object, metadata: { ...object.metadata, resourceVersion: before?.metadata.resourceVersion ?? '' } };
}
