import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import type { KubeClient } from '../control-plane/kube-client.ts';
import { ObjectApplier, type KubeObject } from './apply-object.ts';
import { waitUntil } from './wait-until.ts';

const limitMs = 60_000;

/**
 * Brings what `deploy/spoke` ships into a cluster: kinds, permissions of tier Standard, guard rails.
 * Doing it again changes nothing. Needs the controller manager, which fills the aggregated roles.
 */
export async function installSpoke(client: KubeClient, signal = new AbortController().signal): Promise<void> {
  const applier = new ObjectApplier(client);
  // Objects of a kind can only be applied once the server has established the kind.
  const kinds = await readManifests('crds.yaml');
  await forEachLimited(kinds, 4, (kind) => applier.apply(kind));
  await forEachLimited(kinds, 4, (kind) =>
    waitForObject({ client, applier, object: kind, what: 'Established', accept: isEstablished }, signal),
  );
  // In the order of the file: the namespace goes before what lives in it.
  const permissions = await readManifests('rbac.yaml');
  for (const object of permissions) await applier.apply(object);
  const aggregated = permissions.filter((object) => 'aggregationRule' in object);
  await forEachLimited(aggregated, 4, (role) =>
    waitForObject({ client, applier, object: role, what: 'aggregated', accept: hasRules }, signal),
  );
  await forEachLimited(await readManifests('admission-policies.yaml'), 4, (object) => applier.apply(object));
}

async function readManifests(file: string): Promise<KubeObject[]> {
  const text = await readFile(new URL(`../../../../deploy/spoke/${file}`, import.meta.url), 'utf8');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}

interface Wanted {
  readonly client: KubeClient;
  readonly applier: ObjectApplier;
  readonly object: KubeObject;
  readonly what: string;
  readonly accept: (body: unknown) => boolean;
}

async function waitForObject({ client, applier, object, what, accept }: Wanted, signal: AbortSignal): Promise<void> {
  const path = await applier.path(object);
  const question = async () => accept((await client.send({ method: 'GET', path })).body);
  await waitUntil(`${object.kind} ${object.metadata.name} ${what}`, question, { limitMs, signal });
}

function isEstablished(body: unknown): boolean {
  const conditions = (body as { status?: { conditions?: { type: string; status: string }[] } }).status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}

function hasRules(body: unknown): boolean {
  return ((body as { rules?: unknown[] | null }).rules ?? []).length > 0;
}
