import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { decideRevoke } from '@accord/core/cluster/decide-revoke';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import type { ClusterId } from '@accord/proto/ids';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { IntentLog } from '../../packages/hub/src/intent/intent-log.ts';
import { writeDecision } from '../../packages/hub/src/intent/write.ts';
import type { HubIdentity } from '../../packages/hub/src/join/hub-identity.ts';
import { JoinService } from '../../packages/hub/src/join/join-service.ts';
import { Projection } from '../../packages/hub/src/views/projection.ts';

const clock = systemClock;

/** Parts of a hub that is down, with the keys of its data directory: what it has done before it died, and no more. */
export class HubIntent {
  readonly #bus: NatsBus;
  readonly #identity: HubIdentity;
  readonly #projection = new Projection(clock, new Map());
  readonly #log = new ListLog();
  readonly #stop = new AbortController();
  readonly #intent: IntentLog;
  #done: Promise<unknown> = Promise.resolve();

  private constructor(bus: NatsBus, identity: HubIdentity) {
    this.#bus = bus;
    this.#identity = identity;
    const keys = trustKeys([identity.desiredPublicKey]);
    const { registry } = this.#projection;
    this.#intent = new IntentLog({ bus, signer: identity.desired, keys, registry, clock, log: this.#log, onFact: () => undefined });
  }

  static async open(dataDir: string, place: BusPlace): Promise<HubIntent> {
    const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: false });
    const publicKey = parsePublicKey(keys.desired.type, keys.desired.publicKey);
    const credential = new HubCredentials({ keys, role: 'hub', clock, log: new ListLog() }).current;
    const bus = await connectNatsBus({
      place: () => place,
      role: 'hub',
      inboxPrefix: '_INBOX',
      credential,
      onError: () => undefined,
    });
    const opened = new HubIntent(bus, {
      desired: { pair: keys.desired, keyId: keyIdOf(publicKey) },
      desiredPublicKey: rawPublicKey(publicKey),
      hubKey: fingerprint(publicKey),
      mint: () => {
        throw new Error('nothing may be minted here');
      },
      lastIat: () => 0,
      revoke: async () => undefined,
    });
    opened.#done = (await opened.#intent.replay(opened.#stop.signal)).done;
    return opened;
  }

  /** Stores the fact, and tells no server. */
  async revoke(id: ClusterId): Promise<void> {
    const author = { actor: 'admin', reason: '', source: '', traceparent: '', requestId: `revoke-${id}`, requestDigest: new Uint8Array() };
    const decide = () => {
      const cluster = this.#projection.registry.clusters.get(id);
      return cluster === undefined ? [] : decideRevoke(cluster, clock.now());
    };
    await writeDecision(this.#intent, decide, author);
  }

  /** Answers renewals over the bus, as the hub does. */
  async answerRenewals(): Promise<void> {
    const deps = {
      identity: this.#identity,
      intent: this.#intent,
      projection: this.#projection,
      published: new Map(),
      busPlace: { servers: [] },
    };
    await new JoinService({ ...deps, clock, log: this.#log }).serve(this.#bus, this.#stop.signal);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#done.catch(() => undefined);
    await this.#bus.close();
  }
}
