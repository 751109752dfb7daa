import { isDeepStrictEqual } from 'node:util';
import { adoptableAnnotation, ownerLabel } from '@accord/proto/labels';
import type { FleetFixture } from './fleet-fixture.ts';
import { collections, lentObject, wantedOf, type Draft, type Wanted } from './kill-policies.ts';

export interface Live {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What one round leaves to be looked at. */
export interface Expected {
  /** Every policy that was ever written, as it is now; one that was deleted is not selected. */
  readonly drafts: readonly (Draft & { readonly revision: number })[];
  /** What was wanted before the round and has to be the same object still, by path. */
  readonly uids: ReadonlyMap<string, string>;
}

const mirrors = '/apis/accord.dev/v1alpha1/clusterpolicies';
/** Made by the API server's controllers in every namespace. */
const defaults: ReadonlySet<string> = new Set(['configmaps/kube-root-ca.crt', 'serviceaccounts/default']);

/** One cluster, everything in it that is nobody's business but its owners', and what must hold in it whenever a spoke is killed. */
export class KillWorld {
  readonly #fixture: FleetFixture;
  readonly #cluster: string;
  /** Objects that no policy holds, as they must stay. */
  readonly #foreign = new Map<string, unknown>();
  /** No namespace ever goes, and what is lent is never made anew. */
  readonly #lasting = new Map<string, string>();
  #lent: Wanted['content'] | undefined;

  constructor(fixture: FleetFixture, cluster: string) {
    this.#fixture = fixture;
    this.#cluster = cluster;
  }

  /** Somebody makes an object without asking anybody. */
  async make(
    path: string,
    { metadata, ...content }: { readonly metadata?: object; readonly [field: string]: unknown } = {},
  ): Promise<void> {
    const slash = path.lastIndexOf('/');
    await this.#send('POST', path.slice(0, slash), { ...content, metadata: { ...metadata, name: path.slice(slash + 1) } });
  }

  /** From now on it has to stay as it is. */
  async guard(path: string): Promise<void> {
    this.#foreign.set(path, essence(await this.read(path)));
  }

  async makeGuarded(path: string, object?: Parameters<KillWorld['make']>[1]): Promise<void> {
    await this.make(path, object);
    await this.guard(path);
  }

  /** Somebody takes the object away from its policy, or puts another one in its place; either way it is theirs now. */
  async takeAway(path: string, how: 'disown' | 'replace'): Promise<void> {
    const there = await this.#ask('GET', path);
    if (there.status === 200 && how === 'disown') await this.edit(path, { metadata: { labels: { [ownerLabel]: null } } });
    else {
      if (there.status === 200) await this.#ask('DELETE', path);
      await this.make(path, { data: { mine: 'now' } });
    }
    await this.guard(path);
  }

  async edit(path: string, change: object): Promise<void> {
    await this.#send('PATCH', path, change);
  }

  async read(path: string): Promise<Live> {
    return (await this.#send('GET', path)) as Live;
  }

  /** The identity of what is there and labelled, by path. */
  async owned(): Promise<ReadonlyMap<string, string>> {
    const live = [...(await this.#live())].filter(([, { metadata }]) => metadata.labels?.[ownerLabel] !== undefined);
    return new Map(live.map(([path, { metadata }]) => [path, metadata.uid]));
  }

  /** Everything that is not as it must be. This is the whole invariant of these tests. */
  async faults(expected: Expected): Promise<readonly string[]> {
    const rows = (await Promise.all(expected.drafts.map((draft) => this.#rowFault(draft)))).flat();
    // Rows cost little, and nothing is right before they are.
    if (rows.length > 0) return rows;
    const wanted = wantedOf(expected.drafts);
    const live = await this.#live();
    return [
      ...[...wanted].flatMap(([path, object]) => wantedFaults(path, object, live.get(path))),
      ...[...expected.uids].flatMap(([path, uid]) => uidFault(path, uid, live.get(path))),
      ...this.#lastingFaults(live),
      ...this.#foreignFaults(live),
      ...[...live].flatMap(([path, object]) => (wanted.has(path) ? [] : this.#leftoverFault(path, object))),
      ...this.#lentFaults(wanted.get(lentObject), live.get(lentObject)),
      ...(await this.#mirrorFaults(expected)),
    ];
  }

  /** Of the objects that are guarded here. */
  async foreignFaults(): Promise<readonly string[]> {
    return this.#foreignFaults(await this.#live());
  }

  async #rowFault({ name, isSelected, revision }: Expected['drafts'][number]): Promise<readonly string[]> {
    const rows = await this.#fixture.rows(name);
    const said = rows.map(({ state, reportedRevision, revision: of }) => `${state} ${reportedRevision} of ${of}`).join();
    const due = isSelected ? `Applied ${revision} of ${revision}` : '';
    return said === due ? [] : [`rows of ${name}: "${said}" instead of "${due}"; ${rows[0]?.sentence ?? ''}`];
  }

  #lastingFaults(live: ReadonlyMap<string, Live>): readonly string[] {
    for (const [path, { metadata, kind }] of live)
      if ((kind === 'Namespace' || path === lentObject) && !this.#lasting.has(path)) this.#lasting.set(path, metadata.uid);
    return [...this.#lasting].flatMap(([path, uid]) => uidFault(path, uid, live.get(path)));
  }

  #foreignFaults(live: ReadonlyMap<string, Live>): readonly string[] {
    return [...this.#foreign].flatMap(([path, was]) => {
      const is = live.get(path);
      if (is === undefined) return [`${path} is foreign and gone`];
      return isDeepStrictEqual(essence(is), was) ? [] : [`${path} is foreign and was changed: ${JSON.stringify(essence(is))}`];
    });
  }

  /** What is not wanted is foreign, or was given back. */
  #leftoverFault(path: string, { metadata, kind }: Live): readonly string[] {
    if (metadata.labels?.[ownerLabel] !== undefined) return [`${path} is left of ${metadata.labels[ownerLabel]}`];
    if (this.#foreign.has(path)) return [];
    const isGivenBack = metadata.annotations?.[adoptableAnnotation] === 'true' && (kind === 'Namespace' || path === lentObject);
    return isGivenBack ? [] : [`${path} is left of nobody`];
  }

  /** Whoever lent it keeps what is theirs, and gets it back with what the last policy wrote. */
  #lentFaults(wanted: Wanted | undefined, live: Live | undefined): readonly string[] {
    if (wanted !== undefined) this.#lent = wanted.content;
    if (wanted !== undefined || this.#lent === undefined || live === undefined) return [];
    return leafFaults(lentObject, this.#lent, live);
  }

  async #mirrorFaults({ drafts }: Expected): Promise<readonly string[]> {
    const { items } = (await this.#send('GET', mirrors)) as { readonly items: readonly Live[] };
    const are = items
      .map(({ metadata }) => metadata.name)
      .toSorted()
      .join();
    const due = drafts
      .filter(({ isSelected }) => isSelected)
      .map(({ name }) => name)
      .toSorted()
      .join();
    return are === due ? [] : [`mirrors: "${are}" instead of "${due}"`];
  }

  /** Everything of the kinds that are written here, but what belongs to the cluster itself. */
  async #live(): Promise<ReadonlyMap<string, Live>> {
    const lists = await Promise.all(
      collections.map(async (collection) => {
        const { items, kind } = (await this.#send('GET', collection)) as { readonly items: readonly Live[]; readonly kind: string };
        return items.map((item) => [pathOf(collection, item), { ...item, kind: kind.replace(/List$/, '') }] as const);
      }),
    );
    return new Map(lists.flat().filter(([path, object]) => isOfTest(path, object)));
  }

  async #send(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  #ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
    return this.#fixture.kube(this.#cluster, method, path, body);
  }
}

function isOfTest(path: string, { metadata }: Live): boolean {
  if (defaults.has(path.split('/').slice(-2).join('/'))) return false;
  return (
    metadata.labels?.[ownerLabel] !== undefined || [metadata.namespace, metadata.name].some((name) => /^(kill-|accord:)/.test(name ?? ''))
  );
}

function pathOf(collection: string, { metadata: { namespace, name } }: Live): string {
  const slash = collection.lastIndexOf('/');
  const place = namespace === undefined ? collection : `${collection.slice(0, slash)}/namespaces/${namespace}${collection.slice(slash)}`;
  return `${place}/${name}`;
}

/** Without what the server counts, and who wrote what. */
function essence({ metadata, status: _status, kind: _kind, apiVersion: _apiVersion, ...content }: Live): unknown {
  const { resourceVersion: _version, managedFields: _fields, generation: _generation, ...kept } = metadata as Record<string, unknown>;
  return { ...content, metadata: kept };
}

function wantedFaults(path: string, { labels, annotations, content }: Wanted, live: Live | undefined): readonly string[] {
  if (live === undefined) return [`${path} is wanted and missing`];
  return [
    ...leafFaults(`${path} labels`, labels, live.metadata.labels ?? {}),
    ...leafFaults(`${path} annotations`, annotations, live.metadata.annotations ?? {}),
    ...leafFaults(path, content, live),
  ];
}

function leafFaults(where: string, wanted: Readonly<Record<string, unknown>>, are: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(wanted).flatMap(([field, value]) =>
    isDeepStrictEqual(are[field], value) ? [] : [`${where} ${field} is ${JSON.stringify(are[field])} instead of ${JSON.stringify(value)}`],
  );
}

function uidFault(path: string, uid: string, live: Live | undefined): readonly string[] {
  return live?.metadata.uid === uid ? [] : [`${path} is not the object that it was`];
}
