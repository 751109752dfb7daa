import { isDeepStrictEqual } from 'node:util';
import { CodedError } from '@accord/proto/coded-error';
import { streams } from '@accord/proto/subjects';
import { nanos } from '@nats-io/transport-node';
import { streamDefinitions, type StreamDefinition } from '../stream-definitions.ts';
import type { Link } from './link.ts';
import { refusal, streamNotFound } from './nats-error.ts';
import { isRecentServer, natsServerMin } from './server-version.ts';

type Config = Readonly<Record<string, unknown>>;

export interface EnsureStreamsOptions {
  /** 1 for one server, 3 for three. */
  readonly replicas: 1 | 3;
  /** Of the whole stream HISTORY, whose oldest messages make room; undefined for no bound. The server reserves so much of its disk. */
  readonly historyBytesMax?: number;
}

// A change of anything else could lose messages, or needs a decision of a person.
const changeable: ReadonlySet<string> = new Set(['num_replicas', 'duplicate_window', 'max_age', 'max_bytes']);

/**
 * Makes the streams that are missing and compares those that are there, and frees the places of readers that are gone.
 *
 * Rejects with `unsupported` when a stream differs in something that is not on the short list of allowed changes (the message has both values),
 * or when the server is too old for atomic batches.
 */
export async function ensureStreams({ link }: { readonly link: Link }, options: EnsureStreamsOptions): Promise<void> {
  requireServer(link.connection.info?.version ?? '0.0.0');
  for (const stream of streams) await ensureStream(link, streamConfig(streamDefinitions[stream], options));
}

/** A definition in the words of JetStream. */
function streamConfig(
  definition: StreamDefinition,
  { replicas, historyBytesMax }: EnsureStreamsOptions,
): Config & { readonly name: string } {
  const { name, subjects, msgsPerSubjectMax, ageMsMax, bytesMax, discard, duplicateWindowMs, republish } = definition;
  return {
    name,
    subjects,
    storage: 'file',
    retention: 'limits',
    compression: 's2',
    num_replicas: replicas,
    max_consumers: 16,
    max_msgs_per_subject: msgsPerSubjectMax ?? -1,
    max_age: nanos(ageMsMax ?? 0),
    max_msg_size: bytesMax,
    max_bytes: (name === 'HISTORY' ? historyBytesMax : undefined) ?? -1,
    discard,
    duplicate_window: nanos(duplicateWindowMs),
    allow_direct: definition.allowDirect ?? false,
    allow_atomic: definition.allowAtomic ?? false,
    allow_msg_ttl: definition.allowTtl ?? false,
    deny_delete: definition.keepForever ?? definition.denyDelete ?? false,
    deny_purge: definition.keepForever ?? false,
    ...(republish && { republish: { src: republish.from, dest: republish.to } }),
  };
}

async function ensureStream(link: Link, wanted: Config & { readonly name: string }): Promise<void> {
  const doing = `stream ${wanted.name}`;
  const found = await link.tryApi<{ readonly config: Config }>(`STREAM.INFO.${wanted.name}`, {}, doing);
  if (!('error' in found)) {
    await changeStream(link, wanted, found.config);
    return removeReaders(link, wanted.name);
  }
  if (found.error.err_code !== streamNotFound) throw refusal(found.error, doing);
  await link.api(`STREAM.CREATE.${wanted.name}`, wanted, `create ${doing}`);
}

async function changeStream(link: Link, wanted: Config & { readonly name: string }, found: Config): Promise<void> {
  // The server leaves out what is false or empty.
  const different = Object.keys(wanted).filter((field) => !isDeepStrictEqual(wanted[field] || undefined, found[field] || undefined));
  if (different.length === 0) return;
  const refused = different.filter((field) => !changeable.has(field));
  if (refused.length > 0) {
    const values = refused.map((field) => `${field} is ${JSON.stringify(found[field])} and should be ${JSON.stringify(wanted[field])}`);
    throw new CodedError('unsupported', `stream ${wanted.name} was made by another version: ${values.join('; ')}`);
  }
  await link.api(`STREAM.UPDATE.${wanted.name}`, { ...found, ...wanted }, `change stream ${wanted.name}`);
}

/**
 * Readers that a killed hub left hold their places for a minute, and a stream has 16: a hub that is killed over and over would wait for them.
 * A reader that is there still goes on with another place.
 */
async function removeReaders(link: Link, stream: string): Promise<void> {
  const doing = `readers of ${stream}`;
  const { consumers } = await link.api<{ readonly consumers: readonly string[] | null }>(`CONSUMER.NAMES.${stream}`, {}, doing);
  for (const name of consumers ?? []) await link.tryApi(`CONSUMER.DELETE.${stream}.${name}`, {}, doing);
}

function requireServer(version: string): void {
  if (isRecentServer(version)) return;
  throw new CodedError('unsupported', `nats-server ${version} is too old: at least ${natsServerMin}`);
}
