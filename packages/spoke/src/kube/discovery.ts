import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import { asRecord } from './as-record.ts';
import type { KindRef, KindVersion, WatchEvent } from './kube.ts';
import { readStatus } from './status.ts';
import type { Transport } from './transport.ts';

interface Group {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly { readonly version: string; readonly resources?: readonly Resource[]; readonly freshness?: string }[];
}
interface Resource {
  readonly resource: string;
  readonly scope: string;
  readonly responseKind?: { readonly group?: string; readonly version?: string; readonly kind?: string };
  readonly verbs?: readonly string[];
}

/** Aggregated discovery: everything in two answers. Source: KEP-3352, stable since Kubernetes 1.30. */
const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
/** One pass may miss many kinds at once; asking again for each of them only costs the server. */
const refreshMsMin = 200;

/** The kinds that the API server serves, kept until somebody misses one. */
export class Discovery {
  readonly #transport: Transport;
  readonly #clock: Clock;
  /** Definitions that are being deleted, by name: `plural.group`. */
  readonly #leaving = new Set<string>();
  #kinds: ReadonlyMap<string, KindRef> | undefined;
  /** Groups in versions whose kinds the API server could not ask for, as it did not reach the server behind them: `group/version`. */
  #unknown: ReadonlySet<string> = new Set();
  #refreshing: Promise<ReadonlyMap<string, KindRef>> | undefined;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /** Undefined when the server does not serve it, as of just now. Rejects, also while a server behind it does not answer, with `unavailable`, `timeout`, `garbage`, `forbidden` or `unauthenticated`. */
  async kindOf(apiVersion: string, kind: string, signal: AbortSignal): Promise<KindRef | undefined> {
    const key = `${apiVersion}/${kind}`;
    const isFresh = this.#clock.now() - this.#refreshedAtMs < refreshMsMin;
    const known = this.#kinds?.get(key) ?? (isFresh ? undefined : (await this.#refresh(signal)).get(key));
    if (known === undefined && this.#unknown.has(apiVersion)) throw notKnown(apiVersion);
    return known !== undefined && this.#leaving.has(`${known.resource}.${known.group}`) ? undefined : known;
  }

  /** The same kind in the version that is served: its own, or else the first, which the server prefers. Rejects as `kindOf` does. */
  async servedAs({ group, version, kind }: KindVersion, signal: AbortSignal): Promise<KindRef | undefined> {
    // A definition that was written since may serve other versions now.
    const known = this.#refreshedAtMs === Number.NEGATIVE_INFINITY ? undefined : this.#kinds;
    const find = (kinds: ReadonlyMap<string, KindRef>): KindRef | undefined => {
      const versions = [...kinds.values()].filter((other) => other.group === group && other.kind === kind);
      return versions.find((other) => other.version === version) ?? versions[0];
    };
    let served = find(known ?? (await this.#refresh(signal)));
    const isUnknown = (): boolean => served === undefined && [...this.#unknown].some((other) => other.startsWith(`${group}/`));
    if (known !== undefined && isUnknown()) served = find(await this.#refresh(signal));
    if (isUnknown()) throw notKnown(`${group}/${version}`);
    return served !== undefined && this.#leaving.has(`${served.resource}.${group}`) ? undefined : served;
  }

  /** Every kind that is served. Rejects as `kindOf` does. */
  async all(signal: AbortSignal): Promise<readonly KindRef[]> {
    return [...(this.#kinds ?? (await this.#refresh(signal))).values()];
  }

  /** Every kind whose objects go with their namespace, asked for anew. Rejects as `kindOf` does, and while a group is not known. */
  async inNamespaces(signal: AbortSignal): Promise<readonly KindRef[]> {
    return kindsInNamespaces((await this.#lists(signal)).flat());
  }

  /** Takes what the watch of definitions shows. */
  onDefinition(event: WatchEvent): void {
    if (event.type === 'listed') return;
    const { name } = event.ref;
    // Whoever applied something of it now would only hold up its deletion, again and again.
    if (event.type === 'present' && event.meta.deletionTimestamp !== undefined) this.#leaving.add(name);
    else this.#leaving.delete(name);
    if (event.type === 'gone') this.forget();
    // What is known stays known, and who misses a kind asks the server.
    else this.#refreshedAtMs = Number.NEGATIVE_INFINITY;
  }

  /** A kind turned out to be gone: the next question goes to the server. */
  forget(): void {
    this.#kinds = undefined;
    this.#refreshedAtMs = Number.NEGATIVE_INFINITY;
  }

  #refresh(signal: AbortSignal): Promise<ReadonlyMap<string, KindRef>> {
    this.#refreshing ??= this.#load(signal).finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #load(signal: AbortSignal): Promise<ReadonlyMap<string, KindRef>> {
    const lists = await this.#lists(signal);
    this.#kinds = new Map(lists.flat().flatMap(kindsOf));
    this.#unknown = new Set(lists.flat().flatMap(versionsNotKnown));
    this.#refreshedAtMs = this.#clock.now();
    return this.#kinds;
  }

  #lists(signal: AbortSignal): Promise<readonly (readonly Group[])[]> {
    return Promise.all(['/api', '/apis'].map((path) => this.#groups(path, signal)));
  }

  async #groups(path: string, signal: AbortSignal): Promise<readonly Group[]> {
    const answer = await this.#transport.send({ method: 'GET', path, accept }, signal);
    if (answer.status !== 200) throw failureOfRead(`discover the kinds of ${path}`, answer);
    const items = asRecord(answer.body)?.['items'];
    // An answer that only looks like an empty list would say that no kind is served.
    if (!Array.isArray(items) || !items.every((item) => asRecord(item) !== undefined))
      throw new CodedError('garbage', `discover the kinds of ${path}: the API server answered with something that is no list`);
    return items as readonly Group[];
  }
}

/** What the API server says of a group that it serves itself, or has just asked for. Source: apidiscovery.k8s.io/v2. */
const current = 'Current';

function versionsNotKnown({ metadata, versions = [] }: Group): readonly string[] {
  return versions.filter(({ freshness = current }) => freshness !== current).map(({ version }) => `${metadata?.name ?? ''}/${version}`);
}

function notKnown(apiVersion: string): CodedError {
  return new CodedError('unavailable', `the kinds of ${apiVersion} are not known now, as the server behind them does not answer`);
}

function kindsOf({ metadata, versions = [] }: Group): [string, KindRef][] {
  const group = metadata?.name ?? '';
  return versions.flatMap(({ version, resources = [] }) =>
    resources.flatMap(({ resource, scope, responseKind, verbs = [] }): [string, KindRef][] => {
      const kind = responseKind?.kind ?? '';
      // Review kinds can only be created; they are questions and no objects.
      if (kind === '' || !verbs.includes('get')) return [];
      return [
        [
          `${group === '' ? version : `${group}/${version}`}/${kind}`,
          { group, version, kind, resource, namespaced: scope === 'Namespaced' },
        ],
      ];
    }),
  );
}

/**
 * Namespaced kinds that can be deleted, each in the first of its versions.
 *
 * The same that the namespace controller deletes: what has no verb `delete`, such as metrics of pods, is stored nowhere and is lost to nobody.
 * Source: pkg/controller/namespace/deletion of Kubernetes, which waits as well while a group cannot be discovered.
 */
function kindsInNamespaces(groups: readonly Group[]): readonly KindRef[] {
  const kinds = new Map<string, KindRef>();
  for (const { metadata, versions = [] } of groups) {
    const group = metadata?.name ?? '';
    for (const { version, resources = [], freshness = current } of versions) {
      if (freshness !== current) throw notKnown(`${group}/${version}`);
      for (const { resource, scope, responseKind, verbs = [] } of resources) {
        const key = `${resource}.${group}`;
        if (scope !== 'Namespaced' || !verbs.includes('delete') || kinds.has(key)) continue;
        kinds.set(key, { group, version, kind: responseKind?.kind ?? resource, resource, namespaced: true });
      }
    }
  }
  return [...kinds.values()];
}

/** A read that was refused, as the failure of a peer. */
export function failureOfRead(what: string, answer: Parameters<typeof readStatus>[0]): CodedError {
  const { code, because } = readStatus(answer);
  const text = `${what}: ${because}`;
  if (code === 401) return new CodedError('unauthenticated', text);
  if (code === 403) return new CodedError('forbidden', text);
  return new CodedError('unavailable', text);
}
