import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { parseSeed } from '@accord/proto/keys';
import {
  clusterAnchor,
  desiredSubject,
  indexSubject,
  labelAnchor,
  liveFilter,
  memberDoc,
  outcomeSubject,
  type Doc,
} from '@accord/proto/subjects';

export interface Stolen {
  readonly seed: string;
  readonly id: ClusterId;
  readonly jwt: string;
  readonly servers: readonly string[];
  readonly ca?: string | undefined;
}

export interface Attempt {
  readonly what: string;
  readonly result: 'allowed' | 'refused';
}

/** What somebody can do with the credential of one cluster, stolen out of its Secret: tried on the real bus. */
export async function tryAsThief(
  { seed, id, jwt, servers, ca }: Stolen,
  victim: { readonly id: ClusterId; readonly label: { readonly key: string; readonly value: string } },
): Promise<readonly Attempt[]> {
  const key = parseSeed('user', seed);
  const bus = await connectNatsBus({
    place: () => ({ servers, ca }),
    role: 'spoke',
    inboxPrefix: `_INBOX.${id}`,
    credential: () => ({ jwt, key }),
    onError: () => undefined,
    signal: AbortSignal.timeout(10_000),
  });
  const signal = AbortSignal.timeout(10_000);
  const theirLabel = labelAnchor(victim.label.key, victim.label.value);
  const bytes = new TextEncoder().encode('forged');
  const attempts: readonly (readonly [what: string, attempt: () => Promise<unknown>])[] = [
    ['read its own record', () => bus.get(desiredSubject(clusterAnchor(id), memberDoc))],
    [`read what ${victim.label.key}=${victim.label.value} gets`, () => bus.get(indexSubject(theirLabel))],
    ['read the record of another cluster', () => bus.get(desiredSubject(clusterAnchor(victim.id), memberDoc))],
    [`listen to what ${victim.label.key}=${victim.label.value} gets`, () => bus.subscribe(liveFilter(theirLabel), () => undefined, signal)],
    ['write desired state for all clusters', () => bus.request(desiredSubject('all' as never, 'evil' as Doc), bytes, { timeoutMs: 2_000 })],
    ['report in the name of another cluster', () => bus.request(outcomeSubject(victim.id), bytes, { timeoutMs: 2_000 })],
  ];
  const results: Attempt[] = [];
  for (const [what, attempt] of attempts) results.push({ what, result: await outcomeOf(attempt) });
  await bus.close();
  return results;
}

async function outcomeOf(attempt: () => Promise<unknown>): Promise<Attempt['result']> {
  try {
    await attempt();
    return 'allowed';
  } catch (error) {
    if (!isCoded(error)) throw error;
    return 'refused';
  }
}
