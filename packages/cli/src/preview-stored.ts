import { previewSchema, type Preview } from '@accord/proto/api';
import { apiVersion } from '@accord/proto/kube-api';
import type { HubClient } from './hub-client.ts';
import { objectPath } from './objects/kinds.ts';

/** What the hub would do with a stored policy as it is: where it goes and where not, and why. Nothing is stored. */
export async function previewStored(hub: HubClient, policy: string, clusters?: readonly string[]): Promise<Preview> {
  const { body } = await hub.send(objectPath('ClusterPolicy', policy));
  const { spec } = body as { readonly spec?: unknown };
  const object = { apiVersion, kind: 'ClusterPolicy', metadata: { name: policy }, spec: spec ?? {} };
  return hub.read('/v1/preview', previewSchema, { method: 'POST', body: { object, ...(clusters === undefined ? {} : { clusters }) } });
}
