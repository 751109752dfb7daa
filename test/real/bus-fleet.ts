import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import type { ConnectNatsBusOptions } from '@accord/bus/nats/connect-options';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import type { ClusterId } from '@accord/proto/ids';
import { startNatsServer, type NatsServer } from './nats-server.ts';

export const id = 'a'.repeat(26) as ClusterId;
export const ignore = (): void => undefined;

/** One server of its own for each test, with both sides on empty streams. */
export interface Fleet {
  readonly server: NatsServer;
  readonly hub: NatsBus;
  readonly spoke: NatsBus;
  readonly close: () => Promise<void>;
}

export async function startFleet(): Promise<Fleet> {
  const server = await startNatsServer({ clusterId: id });
  const [hub, spoke] = await Promise.all([connectHub(server), connectSpoke(server)]);
  await ensureStreams(hub, { replicas: 1 });
  const close = async (): Promise<void> => {
    await Promise.all([hub.close(), spoke.close()]);
    await server.stop();
  };
  return { server, hub, spoke, close };
}

export function connectHub(server: NatsServer, more: Partial<ConnectNatsBusOptions> = {}): Promise<NatsBus> {
  const credential = () => ({ jwt: '', key: server.hubKey });
  const asHub = { place: () => server.place, role: 'hub', inboxPrefix: '_INBOX', credential, onError: ignore } as const;
  return connectNatsBus({ ...asHub, ...more });
}

/** With the rights of a spoke and the patience of a hub: after a lost connection a spoke pauses for up to ten seconds, so that a fleet does not come back at once. */
export function connectSpoke(server: NatsServer, more: Partial<ConnectNatsBusOptions> = {}): Promise<NatsBus> {
  return connectHub(server, { inboxPrefix: `_INBOX.${id}`, credential: () => ({ jwt: '', key: server.spokeKey }), ...more });
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const item = (subject: string, body: string, expectSeq?: number) => ({
  subject,
  body: bytes(body),
  ...(expectSeq !== undefined && { expectSeq }),
});
