import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import type { HubClient } from '@accord/local/fleet/hub-client';
import { isClusterId, type ClusterId } from '@accord/proto/ids';
import { joinProofBytes, openCredential } from '@accord/proto/join';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import type { PolicyReport } from '@accord/proto/messages';
import { HubClient as JoinClient } from '@accord/spoke/join/hub-client';
import { Outbox } from '@accord/spoke/outbox/outbox';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';

const facts = { kubernetesVersion: 'v1', spokeVersion: 'test', kubeSystemUID: 'uid', platform: 'test' };

/** A member without an API server: it joins as a spoke does, and its outbox is that of a spoke. */
export class TellingCluster {
  readonly id: ClusterId;
  readonly #bus: NatsBus;
  readonly #outbox: Outbox;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  told = 0;

  private constructor(id: ClusterId, key: KeyPair, bus: NatsBus) {
    this.id = id;
    this.#bus = bus;
    const nothing = { anchors: () => [], alarms: () => [], usage: () => [] };
    const said = {
      ...{ kubernetesVersion: 'v1', spokeVersion: 'test', kubeSystemUid: 'uid', platform: 'test', permissions: '' },
      sealingKeys: [],
    };
    this.#outbox = new Outbox({
      ...{ id, key: () => key, boot: 1, clock: systemClock, log: new ListLog(), random: Math.random, ...nothing },
      facts: () => ({ ...said, capacity: null, guardrail: null }),
    });
    this.#running = this.#outbox.run(bus, this.#stop.signal);
  }

  static async join(hub: HubClient, name: string): Promise<TellingCluster> {
    const invitation = await hub.createJoinToken({ name, labels: { env: 'prod' } });
    if (invitation === undefined) throw new Error(`${name} has joined`);
    const key = createKeyPair('user');
    const nonce = randomBytes(16).toString('base64url');
    const request = { publicKey: key.publicKey, facts: { ...facts, kubeSystemUID: name }, tsMs: Date.now(), nonce };
    const proof = Buffer.from(key.sign(joinProofBytes(invitation.token, invitation.hubKey, request))).toString('base64');
    const answer = await new JoinClient(hub.url).join(invitation.token, { ...request, proof }, AbortSignal.timeout(10_000));
    if (!('statement' in answer)) throw new Error(`${name} waits for an approval`);
    const { id, jwt, servers, ca } = openCredential(answer, invitation.hubKey, nonce);
    if (!isClusterId(id)) throw new Error(`${id} is no id of a cluster`);
    const bus = await connectNatsBus({
      ...{ place: () => ({ servers, ca }), role: 'spoke', name: id, inboxPrefix: `_INBOX.${id}`, signal: new AbortController().signal },
      credential: () => ({ jwt, key }),
      onError: () => undefined,
    });
    return new TellingCluster(id, key, bus);
  }

  /** Passes that tell one result each, each a few milliseconds after the one before. */
  async tell(change: string, count: number, pauseMs: () => number): Promise<void> {
    for (let pass = 0; pass < count; pass += 1) {
      const [policy = '', revision = ''] = change.split('@');
      const report: PolicyReport = {
        ...{ policy, epoch: 1, revision: Number(revision), step: 0, state: 'Applied', reason: '', message: `pass ${this.told}` },
        ...{ desired: 1, applied: 1, problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
      };
      const counts = { created: 0, changed: 1, removed: 0, stages: [] };
      this.#outbox.record([{ report, change: { id: change, traceparent: '' }, stamps: null, ...counts }], []);
      this.told += 1;
      // An outbox with something on its way puts what comes meanwhile into one outcome; here each is one.
      while (this.#outbox.waiting > 0) await sleep(1);
      await sleep(pauseMs());
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#bus.close();
  }
}
