import type { Bus } from '@accord/bus/bus';
import type { ListedConnection } from '@accord/core/view/connections';
import { CodedError } from '@accord/proto/coded-error';
import { connectionSubjects, kickSubject, listConnectionsSubject } from '../identity/hub-users.ts';
import type { ConnectionEvent, Listing, ServerMonitor } from './server-monitor.ts';

/** Connected as the hub's system user. */
type SystemBus = Pick<Bus, 'request' | 'subscribe' | 'onConnection'>;

const timeoutMs = 5_000;
/** Each is 1.7 KB with its token, and an answer must stay below `max_payload` of 2 MB. */
const pageSize = 1_000;

/** The monitor of nats-server 2.15 over its system account. `spokes` is the account of the spokes. */
export function natsMonitor(system: SystemBus, spokes: string): ServerMonitor {
  const subjects = connectionSubjects(spokes);
  const list = async (options: object): Promise<Listing> => {
    // One server answers: the one beside the hub.
    const answer = await ask<ListAnswer>(system, listConnectionsSubject, { acc: spokes, auth: true, limit: pageSize, ...options });
    const { server_id: server, now, total, connections } = answer.data ?? {};
    if (server === undefined || connections === undefined) throw refused('list connections', answer);
    return { connections: connections.map((one) => listed(server, one)), total: total ?? connections.length, atServerMs: timeOf(now) };
  };
  return {
    async follow(listener, signal) {
      const tell = (parse: (message: EventMessage) => ConnectionEvent) => {
        return ({ body }: { readonly body: Uint8Array }) => {
          const message = JSON.parse(new TextDecoder().decode(body)) as EventMessage;
          listener(parse(message));
        };
      };
      await system.subscribe(subjects.connect, tell(connected), signal);
      await system.subscribe(subjects.disconnect, tell(ended), signal);
      await system.subscribe(subjects.refused, tell(notLetIn), signal);
    },
    onFresh: (listener, signal) => system.onConnection((state) => state === 'connected' && listener(), signal),
    listOf: (key) => list({ user: key }),
    list: (offset) => list({ offset, sort: 'cid' }),
    busiest: () => list({ sort: 'msgs_from' }),
    async kick({ server, cid }) {
      const answer = await ask<KickAnswer>(system, kickSubject(server), { cid });
      if (answer.error !== undefined && !/no such client/i.test(answer.error.description ?? '')) throw refused('cut a connection', answer);
    },
  };
}

interface EventMessage {
  readonly server: { readonly id: string };
  readonly client: { readonly id: number; readonly user?: string; readonly host?: string; readonly start?: string };
}

interface Listed {
  readonly cid: number;
  readonly ip?: string;
  readonly start?: string;
  readonly in_msgs?: number;
  readonly authorized_user?: string;
}

interface Answer {
  readonly error?: { readonly description?: string };
}

interface ListAnswer extends Answer {
  readonly data?: { readonly server_id?: string; readonly now?: string; readonly total?: number; readonly connections?: readonly Listed[] };
}

type KickAnswer = Answer;

async function ask<T>(system: SystemBus, subject: string, body: object): Promise<T> {
  const answer = await system.request(subject, new TextEncoder().encode(JSON.stringify(body)), { timeoutMs });
  return JSON.parse(new TextDecoder().decode(answer)) as T;
}

function connected({ server, client }: EventMessage): ConnectionEvent {
  const { user: key = '', id: cid, host: address = '', start } = client;
  const connection: ListedConnection = { key, server: server.id, cid, address, sinceMs: timeOf(start) };
  return { type: 'connected', connection };
}

function ended({ server, client: { user: key = '', id: cid } }: EventMessage): ConnectionEvent {
  return { type: 'ended', connection: { key, server: server.id, cid } };
}

function notLetIn({ client: { user: key = '', host: address = '' } }: EventMessage): ConnectionEvent {
  return { type: 'refused', key, address };
}

function listed(server: string, { cid, ip: address = '', start, in_msgs: received = 0, authorized_user: key = '' }: Listed) {
  return { key, server, cid, address, sinceMs: timeOf(start), received };
}

function timeOf(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text);
}

function refused(doing: string, { error }: Answer): CodedError {
  return new CodedError('unavailable', `${doing}: ${error?.description ?? 'the server does not say'}`);
}
