import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownershipPolicy } from '@accord/core/guard/ownership-rail';
import { startControlPlanes, type ClusterAccess } from '@accord/local/control-plane/control-planes';
import type { KubeClient } from '@accord/local/control-plane/kube-client';
import { fleetPaths } from '@accord/local/fleet-paths';
import { explain } from '@accord/local/install/apply-object';
import { installSpoke } from '@accord/local/install/install-spoke';
import { mintSpokeToken } from '@accord/local/install/spoke-token';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import type { JsonObject } from '@accord/proto/canonical';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { createHttpKube, type HttpKube } from '@accord/spoke/kube/http-kube';
import type { KubeWorld } from '@accord/spoke/kube/kube-contract';
import type { KindRef, ObjectRef } from '@accord/spoke/kube/kube';
import { collectionPath, objectPath } from '@accord/spoke/kube/object-path';
import { apiVersionOf, definitionKind, policyKinds } from '@accord/spoke/kube/own-kinds';

/** A real cluster with the spoke installed, the spoke's client, and an administrator to change things behind its back. */
export interface RealKubeWorld extends KubeWorld {
  readonly kube: HttpKube;
  readonly access: ClusterAccess;
  readonly installer: KubeClient;
  /** Where the objects lie; those of kinds that definitions make as JSON. */
  readonly etcdUrl: string;
  restartApiServer(): Promise<void>;
}

/** Takes a few seconds. The client under test has the token of the spoke's account and nothing more. */
export async function startKubeWorld(): Promise<RealKubeWorld> {
  const home = mkdtempSync(join(tmpdir(), 'accord-kube-'));
  const programs = await ensurePrograms({ names: ['etcd', 'kube-apiserver', 'kube-controller-manager'], env: process.env });
  const planes = await startControlPlanes({ clusters: ['kube'], home, programs });
  const access = planes.cluster('kube');
  const installer = planes.client('kube');
  await installSpoke(installer);
  await mintSpokeToken(installer, access.paths.spokeToken);
  const { url, paths } = access;
  const kube = createHttpKube({ url, tokenFile: paths.spokeToken, caFile: paths.caFile, clock: systemClock, log: new ListLog() });
  return {
    kube,
    access,
    installer,
    etcdUrl: `http://127.0.0.1:${(JSON.parse(readFileSync(fleetPaths(home).ports, 'utf8')) as { readonly etcd: number }).etcd}`,
    admin: adminOf(installer),
    restartApiServer: () => planes.restartApiServer('kube'),
    async close() {
      kube.close();
      installer.close();
      await planes.stop();
      rmSync(home, { recursive: true });
    },
  };
}

const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';
/** As deploy/spoke has it. */
const binding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: ownershipPolicy },
  spec: { policyName: ownershipPolicy, validationActions: ['Deny', 'Audit'] },
};

function adminOf(client: KubeClient): KubeWorld['admin'] {
  const send = async (method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: JsonObject): Promise<void> => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await client.send({ method, path, contentType, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${explain(answer)}`);
  };
  return {
    async create(object, manager) {
      const { namespace } = object['metadata'] as { readonly namespace?: string };
      const kind = kindOf(object);
      await send('POST', `${collectionPath(kind, namespace)}?fieldManager=${manager}`, object);
    },
    edit: (at: ObjectRef, manager, change) => send('PATCH', `${objectPath(at)}?fieldManager=${manager}`, change),
    drop: (at: ObjectRef) => send('DELETE', objectPath(at)),
    setGuarded: (isGuarded) => (isGuarded ? send('POST', bindings, binding) : send('DELETE', `${bindings}/${ownershipPolicy}`)),
  };
}

function kindOf(object: JsonObject): KindRef {
  const found = [...policyKinds, definitionKind].find(
    (kind) => apiVersionOf(kind) === object['apiVersion'] && kind.kind === object['kind'],
  );
  if (found === undefined) throw new Error(`no kind for ${String(object['kind'])}`);
  return found;
}
