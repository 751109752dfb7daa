import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { equalBytes } from '@accord/proto/canonical';
import { compareFences, openDocument, openIndex } from '@accord/proto/document';
import { parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { trustKeys } from '@accord/proto/seal';
import { decodeToken, desiredSubject, isSystemDoc, parseIndex, type Doc } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';

/** What FLEET says of one policy at one anchor. */
export interface PublishedPolicy {
  readonly revision: number;
  readonly deleted: boolean;
  /** Undefined where the document is not the one that the index names. */
  readonly spec: { readonly description?: string } | undefined;
}

/** Reads FLEET beside a hub, with keys out of its data directory: what a spoke would find, index by index. */
export class FleetReader {
  readonly #bus: NatsBus;
  readonly #keys: ReturnType<typeof trustKeys>;
  readonly #stop: AbortController;

  private constructor(bus: NatsBus, keys: ReturnType<typeof trustKeys>, stop: AbortController) {
    this.#bus = bus;
    this.#keys = keys;
    this.#stop = stop;
  }

  static async open(dataDir: string, place: BusPlace): Promise<FleetReader> {
    const stop = new AbortController();
    const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: false });
    const credentials = new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() });
    const bus = await connectNatsBus({
      place: () => place,
      role: 'hub',
      name: 'fleet-reader',
      inboxPrefix: '_INBOX',
      credential: credentials.current,
      onError: () => undefined,
      signal: stop.signal,
    });
    return new FleetReader(bus, trustKeys([rawPublicKey(parsePublicKey(keys.desired.type, keys.desired.publicKey))]), stop);
  }

  /** Every policy of one anchor, by its name. Throws when an index or a document is not signed by the hub. */
  async policies(anchor: string): Promise<ReadonlyMap<string, PublishedPolicy>> {
    const found = new Map<string, Uint8Array>();
    const indexes: { readonly subject: string; readonly body: Uint8Array }[] = [];
    for await (const stored of this.#bus.follow({ stream: 'FLEET', filters: [], afterSeq: 0, lastPerSubject: true }, this.#stop.signal)) {
      if (stored === 'caught-up') break;
      if (parseIndex(stored.subject) === anchor) indexes.push(stored);
      else found.set(stored.subject, stored.body);
    }
    const entries = indexes.flatMap(({ subject, body }) => openIndex(body, subject, this.#keys).entries);
    const ofPolicies = entries.filter(({ doc }) => !isSystemDoc(doc as Doc));
    return new Map(
      ofPolicies.map((entry) => {
        const subject = desiredSubject(anchor as Parameters<typeof desiredSubject>[0], entry.doc as Doc);
        const bytes = found.get(subject);
        const document = bytes === undefined ? undefined : openDocument(bytes, subject, this.#keys);
        const agrees =
          document !== undefined &&
          compareFences(document.statement, entry) === 0 &&
          equalBytes(document.statement.bodyDigest, entry.digest);
        const text = agrees ? new TextDecoder().decode(document.body) : '';
        const spec = text === '' ? undefined : (JSON.parse(text) as { readonly spec: PublishedPolicy['spec'] }).spec;
        return [decodeToken(entry.doc) ?? entry.doc, { revision: entry.revision, deleted: entry.deleted, spec }] as const;
      }),
    );
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#bus.close();
  }
}
