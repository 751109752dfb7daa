import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { emptyRegistry } from '@accord/core/registry/registry';
import { Database } from '@accord/hub/history/database';
import { dumpHistory } from '@accord/hub/history/dump';
import { followHistory } from '@accord/hub/history/follow-history';
import { HistoryStore } from '@accord/hub/history/history-store';
import { requireSameStreams } from '@accord/hub/history/positions';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { IntentLog } from '@accord/hub/intent/intent-log';
import { openHistory } from '@accord/proto/history-message';
import { parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { historyOutcomesCodec, signedCodec } from '@accord/proto/messages';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { historySubject } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';

export interface RecordedOutcomes {
  /** `cluster boot.n`, in the order in which they are stored. */
  readonly outcomes: readonly string[];
  readonly gaps: readonly string[];
}

/** The streams and the tables of a hub that is down while its nats-server lives. */
export class HistoryTables {
  readonly #dataDir: string;
  readonly #bus: NatsBus;
  readonly #stop = new AbortController();

  private constructor(dataDir: string, bus: NatsBus) {
    this.#dataDir = dataDir;
    this.#bus = bus;
  }

  static async open(dataDir: string, place: BusPlace): Promise<HistoryTables> {
    const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: false });
    const bus = await connectNatsBus({
      ...{ place: () => place, role: 'hub', name: 'history-tables', inboxPrefix: '_INBOX' },
      credential: new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() }).current,
      onError: () => undefined,
      signal: new AbortController().signal,
    });
    return new HistoryTables(dataDir, bus);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#bus.close();
  }

  /** Everything in HISTORY about outcomes. */
  async recorded(): Promise<RecordedOutcomes> {
    const outcomes: string[] = [];
    const gaps: string[] = [];
    const subject = historySubject('outcome');
    for await (const stored of this.#bus.follow({ stream: 'HISTORY', filters: [subject], afterSeq: 0 }, this.#stop.signal)) {
      if (stored === 'caught-up') break;
      const body = historyOutcomesCodec.decode(openHistory(stored.body, subject, this.#signer().keys));
      for (const { cluster, message } of body.outcomes) {
        const { boot, n } = signedCodec.decode(message);
        outcomes.push(`${cluster} ${boot}.${n}`);
      }
      for (const { cluster, boot, firstN, lastN, reason } of body.gaps) gaps.push(`${cluster} ${boot}.${firstN}-${lastN} ${reason}`);
    }
    return { outcomes, gaps };
  }

  /** The hub's own tables, as a crash left them, brought up to the end of the streams. `isSame` says whether they could be gone on with. */
  async continued(): Promise<{ readonly dump: string; readonly isSame: boolean }> {
    const copy = join(this.#dataDir, 'copy-of-history.sqlite');
    for (const suffix of ['', '-wal', '-shm']) {
      const file = join(this.#dataDir, `history.sqlite${suffix}`);
      if (existsSync(file)) copyFileSync(file, `${copy}${suffix}`);
    }
    return this.#dump(copy);
  }

  /** Tables made from the streams alone. */
  async rebuilt(): Promise<string> {
    return (await this.#dump(':memory:')).dump;
  }

  async #dump(path: string): Promise<{ readonly dump: string; readonly isSame: boolean }> {
    const stop = new AbortController();
    const { signer, keys } = this.#signer();
    const log = new ListLog();
    const store = new HistoryStore(new Database(path), { keys, log });
    const intent = new IntentLog({
      ...{ bus: this.#bus, signer, keys, registry: emptyRegistry(), clock: systemClock, log },
      onFact: (fact) => store.addFact(fact),
    });
    store.intentRead = () => intent.readSeq;
    const isSame = await requireSameStreams(this.#bus, store, stop.signal);
    await intent.replay(stop.signal);
    await followHistory({ bus: this.#bus, store, clock: systemClock }, stop.signal);
    store.flush();
    const dump = dumpHistory(store.database);
    stop.abort();
    store.close();
    return { dump, isSame };
  }

  #signer() {
    const { desired } = openKeyRing(join(this.#dataDir, 'keys'), { mayCreate: false });
    const publicKey = parsePublicKey('user', desired.publicKey);
    return { signer: { pair: desired, keyId: keyIdOf(publicKey) }, keys: trustKeys([rawPublicKey(publicKey)]) };
  }
}
