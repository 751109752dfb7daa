import { CodedError } from '@accord/proto/coded-error';
import type { KubeAnswer, KubeClient } from '../control-plane/kube-client.ts';

/** The part of a manifest that says which object it is. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Applies manifests by server-side apply, one request each. It asks the server once per group what its kinds are called in paths. */
export class ObjectApplier {
  readonly #client: KubeClient;
  readonly #resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Rejects with `invalid` when the server refuses the object, with the server's own words. */
  async apply(object: KubeObject): Promise<void> {
    const path = `${await this.path(object)}?fieldManager=accord-install&force=true&fieldValidation=Strict`;
    const answer = await this.#client.send({ method: 'PATCH', path, body: object, contentType: 'application/apply-patch+yaml' });
    if (answer.status >= 300) throw new CodedError('invalid', `apply ${object.kind} ${object.metadata.name}: ${explain(answer)}`);
  }

  async path({ apiVersion, kind, metadata }: KubeObject): Promise<string> {
    const root = groupPath(apiVersion);
    const listed = this.#resources.get(root) ?? this.#discover(root);
    this.#resources.set(root, listed);
    const resource = (await listed).find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
    if (resource === undefined) throw new CodedError('unsupported', `the API server does not serve ${kind} of ${apiVersion}`);
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${scope}/${resource.name}/${metadata.name}`;
  }

  async #discover(root: string): Promise<readonly Resource[]> {
    const answer = await this.#client.send({ method: 'GET', path: root });
    if (answer.status !== 200) throw new CodedError('unsupported', `discovery of ${root}: ${explain(answer)}`);
    return (answer.body as { resources: readonly Resource[] }).resources;
  }
}

const groupPath = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** What a Kubernetes Status object says, else its bare status. */
export function explain({ status, body }: KubeAnswer): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return message === '' ? `status ${status}` : `${message} (${status})`;
}
