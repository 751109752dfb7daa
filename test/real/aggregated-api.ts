import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServingCertificate, type ServingCertificate } from '@accord/hub/identity/self-signed';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey } from '@accord/proto/ids';
import { FakeCluster } from '@accord/spoke/kube/fake-cluster';
import { isSelected } from '@accord/spoke/kube/fake-selection';
import type { KindRef } from '@accord/spoke/kube/kube';

export const badgeKind: KindRef = { group: 'badges.example.com', version: 'v1', kind: 'Badge', resource: 'badges', namespaced: true };
const apiVersion = `${badgeKind.group}/${badgeKind.version}`;
const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete'];
const resource = {
  ...{ resource: badgeKind.resource, singularResource: 'badge', scope: 'Namespaced', verbs },
  responseKind: { group: badgeKind.group, version: badgeKind.version, kind: badgeKind.kind },
};
const discovery = {
  ...{ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {} },
  items: [{ metadata: { name: badgeKind.group }, versions: [{ version: 'v1', freshness: 'Current', resources: [resource] }] }],
};
const resources = {
  ...{ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion },
  resources: [{ name: badgeKind.resource, singularName: 'badge', namespaced: true, kind: badgeKind.kind, verbs }],
};

const discoveryType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const placePattern = /^\/apis\/badges\.example\.com\/v1(?:\/namespaces\/([^/]+))?\/badges(?:\/([^/]+))?$/;

/** Where the object of a request is; without a name all in a namespace, without that all there are. */
interface Place {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/**
 * An API server that kube-apiserver aggregates: over TLS it serves one kind, from memory, and can go away and come back on its port.
 *
 * It streams no initial list and knows no metadata alone, as older ones of its sort.
 */
export class AggregatedApi {
  readonly cluster: FakeCluster = new FakeCluster({ kinds: [badgeKind], now: () => Date.now() });
  readonly #certificate: ServingCertificate;
  readonly #watchers = new Set<{ readonly response: ServerResponse; readonly selector: string }>();
  #server: Server | undefined;
  #port = 0;
  /** It keeps no deletions: whoever saw nothing since an older version lists anew. */
  #lastDeletion = 0n;

  private constructor(certificate: ServingCertificate) {
    this.#certificate = certificate;
    this.cluster.onChange((ref, { before, after, resourceVersion }) => {
      if (ref.kind.kind !== badgeKind.kind) return;
      if (after === undefined) this.#lastDeletion = BigInt(resourceVersion);
      for (const each of this.#watchers) tell(each, { before, after, resourceVersion });
    });
  }

  static async start(): Promise<AggregatedApi> {
    const api = new AggregatedApi(await createServingCertificate(Date.now()));
    await api.comeBack();
    return api;
  }

  /** What registers it: kube-apiserver finds an ExternalName without a proxy for Services. */
  registration(): readonly (readonly [path: string, object: JsonObject])[] {
    const service = { name: 'badges', namespace: 'default' };
    const spec = {
      service: { ...service, port: this.#port },
      group: badgeKind.group,
      version: badgeKind.version,
      insecureSkipTLSVerify: true,
    };
    const metadata = { name: `${badgeKind.version}.${badgeKind.group}` };
    return [
      [
        '/api/v1/namespaces/default/services',
        { apiVersion: 'v1', kind: 'Service', metadata: service, spec: { type: 'ExternalName', externalName: 'localhost' } },
      ],
      [
        '/apis/apiregistration.k8s.io/v1/apiservices',
        {
          ...{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata },
          spec: { ...spec, groupPriorityMinimum: 1_000, versionPriority: 15 },
        },
      ],
    ];
  }

  async comeBack(): Promise<void> {
    this.#server = createServer(this.#certificate, (incoming, response) => void this.#serve(incoming, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#watchers.clear();
    server?.closeAllConnections();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'https://localhost');
    const text = Buffer.concat((await incoming.toArray()) as Buffer[]).toString();
    if (pathname === '/apis') return answer(response, 200, discovery, discoveryType);
    if (pathname === `/apis/${apiVersion}`) return answer(response, 200, resources);
    const [found, namespace, name] = placePattern.exec(pathname) ?? [];
    if (found === undefined) return answer(response, 404, status(404, `no ${pathname}`));
    if (searchParams.has('dryRun')) return answer(response, 400, status(400, 'there are no dry runs'));
    const place = { namespace, name };
    if (name === undefined) return this.#list(response, place, searchParams);
    const before = this.cluster.peek(keyAt(place));
    if (incoming.method === 'PATCH') this.#patch(incoming, place, JSON.parse(text) as JsonObject, searchParams);
    const there = this.cluster.peek(keyAt(place));
    if (incoming.method === 'DELETE' && there !== undefined) this.cluster.drop(keyAt(place));
    const details = { name, kind: badgeKind.resource, group: badgeKind.group };
    if (there === undefined) answer(response, 404, { ...status(404, `${name} not found`), details });
    else answer(response, before === undefined ? 201 : 200, there);
  }

  #patch({ headers }: IncomingMessage, place: Place, body: JsonObject, query: URLSearchParams): void {
    const manager = query.get('fieldManager') ?? 'somebody';
    if (headers['content-type'] === 'application/apply-patch+yaml') this.cluster.applyAs(body, manager);
    else if (this.cluster.peek(keyAt(place)) !== undefined) this.cluster.edit(keyAt(place), manager, body);
  }

  #list(response: ServerResponse, { namespace }: Place, query: URLSearchParams): void {
    const selector = query.get('labelSelector') ?? '';
    if (query.has('sendInitialEvents')) return answer(response, 422, status(422, 'sendInitialEvents is forbidden for watch'));
    const { objects, resourceVersion } = this.cluster.ofKind(badgeKind);
    const shown = objects.filter(({ ref, object }) => (namespace ?? ref.namespace) === ref.namespace && isChosen(object, selector));
    if (query.get('watch') !== 'true') {
      const items = shown.map(({ object }) => object);
      return answer(response, 200, { apiVersion, kind: 'BadgeList', metadata: { resourceVersion }, items });
    }
    const since = BigInt(query.get('resourceVersion') || '0');
    if (since < this.#lastDeletion) return answer(response, 410, { ...status(410, 'too old resource version'), reason: 'Expired' });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const watcher = { response, selector };
    this.#watchers.add(watcher);
    response.once('close', () => this.#watchers.delete(watcher));
    for (const { object } of shown)
      if (BigInt(String((object['metadata'] as JsonObject)['resourceVersion'])) > since) send(response, 'MODIFIED', object);
  }
}

function keyAt({ namespace, name }: Place): ReturnType<typeof objectKey> {
  return objectKey(badgeKind.group, badgeKind.kind, namespace, name ?? '');
}

function isChosen(object: JsonObject, labelSelector: string): boolean {
  return isSelected(object, labelSelector === '' ? {} : { labelSelector });
}

function tell(
  { response, selector }: { readonly response: ServerResponse; readonly selector: string },
  {
    before,
    after,
    resourceVersion,
  }: { readonly before: JsonObject | undefined; readonly after: JsonObject | undefined; readonly resourceVersion: string },
): void {
  if (after !== undefined && isChosen(after, selector)) send(response, before === undefined ? 'ADDED' : 'MODIFIED', after);
  else if (before !== undefined && isChosen(before, selector))
    send(response, 'DELETED', { ...before, metadata: { ...(before['metadata'] as JsonObject), resourceVersion } });
}

function send(response: ServerResponse, type: string, object: JsonObject): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}

function status(code: number, message: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Status', status: 'Failure', code, reason: code === 404 ? 'NotFound' : 'Invalid', message };
}

function answer(response: ServerResponse, code: number, body: object, type = 'application/json'): void {
  response.writeHead(code, { 'content-type': type }).end(JSON.stringify(body));
}
