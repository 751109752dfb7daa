import type { Fleet } from '@accord/proto/api';
import { isLoopback } from '@accord/proto/is-loopback';
import type { Finding } from './render/findings.ts';

/** Where clusters dial the bus. A hub that is older than this does not tell, and then nothing is said. */
export function diagnoseBus({ busServers, clusters }: Pick<Fleet, 'busServers' | 'clusters'>): readonly Finding[] {
  if (busServers.length === 0) return [];
  const text = `clusters dial ${busServers.join(', ')}`;
  if (!busServers.every(isLoopback)) return [{ level: 'ok', what: 'bus', text }];
  const help = 'which reaches this machine only; for others start the hub with --nats-listen 0.0.0.0:4222 --nats-advertise HOST:4222';
  // Whoever has joined and was never heard of could not dial it.
  return [{ level: clusters.unknown > 0 ? 'warn' : 'ok', what: 'bus', text: `${text}, ${help}` }];
}
