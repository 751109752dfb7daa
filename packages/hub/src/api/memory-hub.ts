/** A hub without a server behind it, for tests of the API: real intent log, real projection, a bus in memory. */
import { readFileSync } from 'node:fs';
import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import type { ClusterFact } from '@accord/core/registry/facts';
import { draft } from '@accord/core/registry/draft';
import { foldOutcome } from '@accord/core/view/reported';
import { hubKeys } from '@accord/proto/api';
import { hex, sha256 } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { clusterIdOf, type ClusterId, type ClusterName, type PolicyName } from '@accord/proto/ids';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { beatCodec, outcomeCodec, type PolicyReport } from '@accord/proto/messages';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { systemClock, type Clock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { DeclaredLabels } from '@accord/proto/access';
import { IntentLog, type Author } from '../intent/intent-log.ts';
import { OpenedOutcomes } from '../views/opened-outcomes.ts';
import { Projection } from '../views/projection.ts';
import type { ApiDeps, JoinPort, KeyPort, PeoplePort, RevokePort } from './deps.ts';
import { Database } from '../history/database.ts';
import { History } from '../history/history.ts';
import { HistoryStore } from '../history/history-store.ts';
import { LogContext } from '../tracing/log-context.ts';
import { Tracing } from '../tracing/tracing.ts';
import type { TracingConfig } from '../tracing/tracing-config.ts';
import { allHubMetrics } from '../metrics/hub-metrics.ts';
import { FactHistory } from './fact-history.ts';
import type { ServingCertificate } from './one-port.ts';
import { buildApi } from './server.ts';

export interface MemoryHub {
  readonly app: FastifyInstance;
  /** All that the API has registered. */
  readonly routes: readonly RouteOptions[];
  readonly deps: ApiDeps;
  readonly log: ListLog;
  /** Of the role admin, as everything else is closed without one. */
  readonly adminToken: string;
  readonly addCluster: (name: string, labels: Readonly<Record<string, string>>) => Promise<ClusterId>;
  /** As if every spoke had said that it lives: whoever says nothing for a while is offline. */
  readonly beatAll: () => void;
  /** One request of the admin, or of another token, with the body as JSON or as the text that it is. */
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, asked?: Asked) => Promise<Answered>;
  /** Makes an API token with these bindings, called `team`, then `team-2` and so on, and returns its secret. */
  readonly tokenWith: (...bindings: readonly object[]) => Promise<string>;
  /** As if the spoke had said so; `state` of its policy at the revision that the hub wants. */
  readonly report: (cluster: string, policy: string, state: string, said?: string | Partial<PolicyReport>) => void;
  /** Another process on the same bus, as after a restart. */
  readonly restart: () => Promise<MemoryHub>;
  readonly stop: () => Promise<void>;
}

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** JSON where it is JSON; a test reads what it claims, and fails where it is not there. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface MemoryHubOptions {
  readonly clock?: Clock;
  readonly join?: JoinPort;
  readonly revoker?: RevokePort;
  readonly keys?: ApiDeps['keys'];
  readonly alarms?: ApiDeps['alarms'];
  readonly certificate?: ServingCertificate;
  readonly broker?: MemoryBroker;
  readonly declaredLabels?: DeclaredLabels;
  readonly requestsPerMinute?: number;
  readonly trustedProxies?: readonly string[];
  readonly people?: PeoplePort;
  readonly consoleDir?: string;
  readonly installation?: ApiDeps['installation'];
  readonly tracing?: TracingConfig;
  readonly signerSeed?: ReturnType<typeof createKeyPair>;
}

const adminToken = 'admin-token-of-the-test';
const author: Author = { actor: 'test', reason: '', source: '', traceparent: '', requestId: '', requestDigest: new Uint8Array() };
/** Of a spoke that has everything: this hub publishes nothing. */
const beat = beatCodec.decode(beatCodec.encode({ syncDigest: syncDigest([]) }));
const noJoin: JoinPort = { join: () => Promise.reject(new Error('not called')), renew: () => Promise.reject(new Error('not called')) };

const settledKey: KeyPort = {
  ...{ current: 'A1', next: undefined, renewAll: () => undefined, waiting: () => [] },
  begin: async () => undefined,
  finish: async () => undefined,
};

/** One port for all keys of the hub. */
export function everyKey(port: KeyPort): ApiDeps['keys'] {
  return Object.fromEntries(hubKeys.map((name) => [name, port])) as ApiDeps['keys'];
}

/** Resolves when it can be asked. Whoever starts it stops it. */
export async function startMemoryHub(options: MemoryHubOptions = {}): Promise<MemoryHub> {
  const {
    certificate,
    people,
    declaredLabels = {},
    requestsPerMinute = 1_000_000,
    trustedProxies = [],
    clock = systemClock,
    join = noJoin,
    revoker = { cut: async () => undefined },
    keys = everyKey(settledKey),
    alarms = { of: () => [] },
    broker = new MemoryBroker(clock),
    consoleDir = '/nonexistent/console',
    signerSeed = createKeyPair('operator'),
    installation = {},
    tracing: config = { resource: { 'service.name': 'accord-hub' } },
  } = options;
  const stopped = new AbortController();
  const publicKey = parsePublicKey('operator', signerSeed.publicKey);
  const log = new ListLog();
  const projection = new Projection(clock, new Map());
  const history = new FactHistory();
  const trusted = trustKeys([rawPublicKey(publicKey)]);
  const signer = { pair: signerSeed, keyId: keyIdOf(publicKey) };
  const bus = new MemoryBus(broker, clock);
  const store = new HistoryStore(new Database(':memory:'), { keys: trusted, log });
  const past = new History({
    bus,
    store,
    signer,
    keys: trusted,
    projection,
    opened: new OpenedOutcomes(),
    clock,
    log,
    readPublished: async () => undefined,
  });
  const intent = new IntentLog({
    ...{ bus, signer, keys: trusted, registry: projection.registry, clock, log },
    onFact: (fact) => {
      history.add(fact);
      store.addFact(fact);
      projection.noticeFact(fact);
    },
  });
  store.intentRead = () => intent.readSeq;
  const tracing = await Tracing.open({ config, context: new LogContext(), clock, log });
  await intent.replay(stopped.signal);
  const recording = past.run(stopped.signal);
  const deps: ApiDeps = {
    projection,
    intent,
    history,
    past,
    tracing,
    join,
    revoker,
    keys,
    alarms,
    meters: { meter: new Meter(allHubMetrics), readings: async () => [] },
    clock,
    log,
    hubKey: () => fingerprint(publicKey),
    installation,
    busServers: ['tls://bus.example.net:4222'],
    adminTokenHash: hex(sha256(adminToken)),
    declaredLabels,
    requestsPerMinute,
    trustedProxies,
    ...(people !== undefined && { people }),
    readiness: () => ({ ready: true, because: '' }),
    allowedHosts: [],
    ...(certificate !== undefined && { certificate }),
    crds: readFileSync(new URL('../../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8'),
    garbage: new Map(),
    consoleDir,
    signal: stopped.signal,
  };
  const routes: RouteOptions[] = [];
  const app = buildApi(deps, (route) => routes.push(route));
  const call: MemoryHub['call'] = async (method, url, { body, headers = {}, token = adminToken } = {}) => {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await app.inject({ method, url, ...payload, headers: { ...type, ...headers } });
    const isJson = /json/.test(String(response.headers['content-type']));
    return { status: response.statusCode, headers: response.headers, body: isJson ? response.json() : response.body };
  };
  let outcomes = 0;
  let tokens = 0;
  const stop = async (): Promise<void> => {
    stopped.abort();
    await app.close();
    await recording.catch((error: unknown) => {
      if (!isCoded(error)) throw error;
    });
  };
  return {
    app,
    routes,
    deps,
    log,
    adminToken,
    addCluster: async (name, labels) => {
      const body = newCluster(name, labels, clock.now());
      await intent.append(draft('cluster', body.id, 'ClusterJoined', body, 0, `cluster/${name}@1`), { ...author, requestId: body.uid });
      projection.beat(body.id, beat);
      return body.id;
    },
    beatAll: () => {
      for (const id of projection.registry.clusters.keys()) projection.beat(id, beat);
    },
    report: (cluster, name, state, said = '') => {
      const id = [...projection.registry.clusters.values()].find(({ body }) => body.name === cluster)?.body.id;
      const policy = projection.registry.policies.get(name as PolicyName);
      if (id === undefined || policy === undefined) throw new TypeError(`no ${cluster} or no ${name}`);
      const { revision, step } = policy.body;
      const report = {
        policy: name,
        epoch: 1,
        revision,
        step,
        state,
        desired: 1,
        applied: state === 'Applied' ? 1 : 0,
        ...(typeof said === 'string' ? { reason: said === '' ? '' : 'Forbidden', message: said } : said),
      };
      const stamps = { acceptedMs: policy.atMs, appliedMs: clock.now() };
      const bytes = outcomeCodec.encode({ policies: [{ report, change: policy.change, stamps }] } as never);
      outcomes += 1;
      foldOutcome(projection.reported, id, { number: { boot: 1, n: outcomes }, outcome: outcomeCodec.decode(bytes), atMs: clock.now() });
      projection.beat(id, beat);
      projection.notify({ type: 'row', policy: name as PolicyName, id, change: policy.change.id });
    },
    call,
    tokenWith: async (...bindings) => {
      tokens += 1;
      const name = tokens === 1 ? 'team' : `team-${tokens}`;
      const { token } = (await call('POST', '/v1/api-tokens', { body: { name, bindings } })).body;
      // A call without one would be of the admin.
      if (typeof token !== 'string') throw new TypeError(`no token for ${JSON.stringify(bindings)}`);
      return token;
    },
    restart: async () => {
      await stop();
      return startMemoryHub({ ...options, clock, broker, signerSeed });
    },
    stop,
  };
}

function newCluster(name: string, labels: Readonly<Record<string, string>>, nowMs: number): ClusterFact {
  const id = clusterIdOf(sha256(name).subarray(0, 16));
  const identity = { id, name: name as ClusterName, uid: crypto.randomUUID(), publicKey: createKeyPair('user').publicKey };
  const rest = {
    meta: { annotations: {} },
    labels,
    spec: { mode: 'Enforce' as const },
    tokenFloor: 0,
    revokedUntil: 0,
    confirmedEpoch: 1,
    confirmedRemovals: {},
  };
  return { ...identity, revision: 1, createdAtMs: nowMs, ...rest };
}
