import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { openIdentity, type Identity } from '@accord/hub/identity/open-identity';
import { openKeyRing, type KeyRing } from '@accord/hub/identity/key-ring';
import type { SpokesClaims } from '@accord/hub/identity/spokes-claims';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { clusterIdOf, type ClusterId } from '@accord/proto/ids';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { loginOf, RawNatsClient } from './raw-nats-client.ts';

export interface Member {
  readonly id: ClusterId;
  readonly key: KeyPair;
  readonly jwt: string;
  readonly iat: number;
}

export interface MemberInput {
  readonly labels?: Readonly<Record<string, string>>;
  readonly sets?: readonly string[];
}

/** A hub's identity with its real nats-server in operator mode, both of its connections, and the streams. */
export interface Realm {
  readonly dataDir: string;
  readonly identity: Identity;
  /** As they are in the files: for attacks by somebody who has them, and for control experiments. */
  readonly keys: KeyRing;
  readonly hub: NatsBus;
  readonly sys: NatsBus;
  readonly claims: SpokesClaims;
  readonly log: ListLog;
  member(input?: MemberInput): Member;
  login(member: Pick<Member, 'jwt' | 'key'>): Promise<RawNatsClient>;
  /** The spoke's own bus. */
  spokeBus(member: Pick<Member, 'id' | 'jwt' | 'key'>, onError?: (error: Error) => void): Promise<NatsBus>;
  /** Ends the hub without its server, as a crash does. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

export const natsProgram = async (): Promise<string> => (await ensurePrograms({ names: ['nats-server'], env: process.env }))['nats-server'];

export async function startRealm(dataDir = mkdtempSync(join(tmpdir(), 'accord-realm-'))): Promise<Realm> {
  const nats = { program: await natsProgram(), listen: { host: '127.0.0.1', port: 0 } };
  const log = new ListLog();
  const identity = await openIdentity({ dataDir, nats, clock: systemClock, log });
  const [hub, sys] = await Promise.all([connectHub(identity, 'hub'), connectHub(identity, 'sys')]);
  await ensureStreams(hub, { replicas: 1 });
  const stopping = new AbortController();
  const claims = identity.spokesClaims(sys);
  const running = Promise.all([claims.run(stopping.signal), identity.nats.run(stopping.signal)]);
  await claims.inForce();
  const buses: NatsBus[] = [hub, sys];
  const clients: RawNatsClient[] = [];
  const leave = async (): Promise<void> => {
    stopping.abort();
    await running;
    for (const client of clients) client.close();
    await Promise.all(buses.map((bus) => bus.close()));
    identity.close();
  };
  return {
    dataDir,
    identity,
    keys: openKeyRing(join(dataDir, 'keys'), { mayCreate: false }),
    hub,
    sys,
    claims,
    log,
    member: (input) => joinMember(identity, input),
    login: async ({ jwt, key }) => {
      const client = await RawNatsClient.login(identity.nats.place, loginOf(jwt, key));
      clients.push(client);
      return client;
    },
    spokeBus: async ({ id, jwt, key }, onError = () => undefined) => {
      const inboxPrefix = `_INBOX.${id}`;
      const bus = await connectNatsBus({
        place: () => identity.nats.place,
        role: 'spoke',
        inboxPrefix,
        credential: () => ({ jwt, key }),
        onError,
      });
      buses.push(bus);
      return bus;
    },
    leave,
    stop: async () => {
      await leave();
      await identity.nats.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

function joinMember(identity: Identity, { labels = {}, sets = [] }: MemberInput = {}): Member {
  const id = clusterIdOf(randomBytes(16));
  const key = createKeyPair('user');
  const { jwt, iat } = identity.mint.mintSpokeToken({ id, publicKey: key.publicKey, labels, sets, nowMs: Date.now() });
  return { id, key, jwt, iat };
}

function connectHub(identity: Identity, role: 'hub' | 'sys'): Promise<NatsBus> {
  const credential = identity.credentials[role].current;
  return connectNatsBus({
    place: () => identity.nats.place,
    role: 'hub',
    inboxPrefix: '_INBOX',
    credential,
    onError: () => undefined,
  });
}
