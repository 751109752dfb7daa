/** A hub's history on a bus in memory, for the tests of this folder. */
import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import type { ClusterFact } from '@accord/core/registry/facts';
import { foldFact } from '@accord/core/registry/registry';
import { clusterIdOf, type ClusterId } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { outcomeCodec, type Heal, type PolicyReport, type Problem, type StageTimes, type Stamps } from '@accord/proto/messages';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { sealReport, type ReportNumber } from '@accord/proto/signed-report';
import { intentSubject, outcomeSubject } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { OpenedOutcomes } from '../views/opened-outcomes.ts';
import { Projection } from '../views/projection.ts';
import { Database } from './database.ts';
import { History } from './history.ts';
import { HistoryStore } from './history-store.ts';

const signerPair = createKeyPair('operator');
const publicKey = parsePublicKey('operator', signerPair.publicKey);
export const exampleKeys = trustKeys([rawPublicKey(publicKey)]);
export const exampleSigner = { pair: signerPair, keyId: keyIdOf(publicKey) };
const [spoke, next] = [createKeyPair('user'), createKeyPair('user')];
export const clusterA: ClusterId = clusterIdOf(new Uint8Array(16).fill(1));
export const clusterB: ClusterId = clusterIdOf(new Uint8Array(16).fill(2));

export class ExampleHistory {
  readonly broker: MemoryBroker;
  readonly log = new ListLog();
  readonly store: HistoryStore;
  readonly history: History;
  readonly bus: MemoryBus;
  readonly projection: Projection;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #seq = 0;

  constructor(broker: MemoryBroker = new MemoryBroker(), path = ':memory:') {
    this.broker = broker;
    this.bus = new MemoryBus(broker);
    this.projection = new Projection(systemClock, new Map());
    for (const id of [clusterA, clusterB]) this.#fold(id, { publicKey: spoke.publicKey });
    this.store = new HistoryStore(new Database(path), { keys: exampleKeys, log: this.log });
    this.history = new History({
      ...{ bus: this.bus, store: this.store, signer: exampleSigner, keys: exampleKeys, projection: this.projection },
      ...{ opened: new OpenedOutcomes(), clock: systemClock, log: this.log, readPublished: async () => undefined },
    });
  }

  /** From now on it signs with another key than `send` does. */
  replaceKey(id: ClusterId, atMs: number): void {
    this.#fold(id, { publicKey: next.publicKey, replacedKeys: [{ publicKey: spoke.publicKey, atMs }] });
  }

  start(): this {
    this.#running = this.history.run(this.#stop.signal).catch(() => undefined);
    return this;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** As a cluster sends it. */
  async send(id: ClusterId, number: ReportNumber, said: Said = {}): Promise<void> {
    await new MemoryBus(this.broker).request(outcomeSubject(id), sealedOutcome(id, number, said), { timeoutMs: 1_000 });
  }

  #fold(id: ClusterId, keys: Pick<ClusterFact, 'publicKey' | 'replacedKeys'>): void {
    const body = { id, name: id === clusterA ? 'c0' : 'c1', labels: {}, ...keys } as unknown as ClusterFact;
    const seq = (this.#seq += 1);
    const recorded = { body, seq, digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } };
    foldFact(this.projection.registry, intentSubject('cluster', id), recorded);
  }

  /** `boot.n` of each recorded outcome of a cluster, in order. */
  numbers(id: ClusterId): readonly string[] {
    return this.history
      .read()
      .all<ReportNumber>('SELECT boot, n FROM numbers WHERE cluster = ? ORDER BY boot, n', id)
      .map(({ boot, n }) => `${boot}.${n}`);
  }
}

export interface Said {
  readonly policy?: string;
  readonly state?: string;
  readonly change?: string;
  readonly revision?: number;
  readonly heals?: readonly Heal[];
  readonly problems?: readonly Problem[];
  readonly stamps?: Stamps;
  readonly stages?: readonly StageTimes[];
}

export function sealedOutcome(id: ClusterId, number: ReportNumber, said: Said = {}): Uint8Array {
  const { policy = 'p', state = 'Applied', change = 'p@1', revision = 1, heals = [], problems = [], stamps = null, stages = [] } = said;
  const report: PolicyReport = {
    ...{ policy, epoch: 1, revision, step: 0, state, reason: '', message: '', desired: 1, applied: 1 },
    ...{ problems, retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
  };
  const named = { id: change, traceparent: '' };
  const body = outcomeCodec.encode({ policies: [{ report, change: named, stamps, created: 0, changed: 0, removed: 0, stages }], heals });
  return sealReport(spoke, outcomeSubject(id), number, 1, body);
}
