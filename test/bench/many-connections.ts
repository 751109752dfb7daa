import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { SpokeMint } from '@accord/hub/identity/spoke-mint';
import { clusterIdOf, type ClusterId } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { beatCodec } from '@accord/proto/messages';
import { beatSubject } from '@accord/proto/subjects';
import type { HubProgram } from '../chaos/hub-program.ts';
import { loginOf, RawNatsClient } from '../real/raw-nats-client.ts';

const atOnce = 50;
const beatEveryMs = 2_000;
const turns = 40;

/** Connections that a server holds for a fleet, each with the subscriptions of a spoke, and beating as a spoke does. */
export class ManyConnections {
  readonly #open: { readonly id: ClusterId; readonly client: RawNatsClient }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Their tokens are made with the keys of the hub, which does not know them: joining so many would measure the joins. */
  static async open(hub: HubProgram, count: number): Promise<ManyConnections> {
    const many = new ManyConnections();
    const mint = new SpokeMint(openKeyRing(join(hub.dataDir, 'keys'), { mayCreate: false }));
    for (let n = 0; n < count; n += atOnce)
      await Promise.all(Array.from({ length: Math.min(atOnce, count - n) }, () => many.#connect(hub.bus, mint)));
    many.#beat();
    return many;
  }

  get count(): number {
    return this.#open.filter(({ client }) => !client.isClosed).length;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { client } of this.#open) client.close();
  }

  async #connect(bus: BusPlace, mint: SpokeMint): Promise<void> {
    const id = clusterIdOf(randomBytes(16));
    const key = createKeyPair('user');
    const labels = { env: 'prod' };
    const { jwt } = mint.mintSpokeToken({ id, publicKey: key.publicKey, labels, sets: ['default'], nowMs: Date.now() });
    const client = await RawNatsClient.login(bus, loginOf(jwt, key));
    for (const subject of ['live.desired.all.>', 'live.desired.l.env.prod.>', `live.desired.c.${id}.>`, 'live.tick', `_INBOX.${id}.>`])
      client.subscribe(subject);
    const refused = await client.settle();
    if (refused.length > 0) throw new Error(`the server does not let it in: ${refused.join(', ')}`);
    this.#open.push({ id, client });
  }

  /** A part of them at each turn, so that all beat every two seconds and never at once. */
  #beat(): void {
    const body = beatCodec.encode({});
    let turn = 0;
    this.#timer = setInterval(() => {
      turn = (turn + 1) % turns;
      for (let at = turn; at < this.#open.length; at += turns) {
        const one = this.#open[at];
        one?.client.publish(beatSubject(one.id), { body });
      }
    }, beatEveryMs / turns);
  }
}
