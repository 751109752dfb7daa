import type { BusPlace } from '@accord/bus/bus';
import { parseSeed, type KeyPair } from '@accord/proto/keys';
import { beatCodec, summaryCodec } from '@accord/proto/messages';
import { sealReport } from '@accord/proto/signed-report';
import { beatSubject, reportSubject } from '@accord/proto/subjects';
import type { ClusterId } from '@accord/proto/ids';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { CrowdConnection } from './crowd-connection.ts';
import { wallMs } from './wall-clock.ts';

export interface CrowdMember {
  readonly id: ClusterId;
  readonly jwt: string;
  readonly seed: string;
  readonly subjects: readonly string[];
}

/** What the parent sends. */
export type CrowdOrder =
  | { readonly type: 'connect'; readonly bus: BusPlace; readonly members: readonly CrowdMember[] }
  /** Each tells once, in a signed summary, so many policies as applied. */
  | { readonly type: 'report'; readonly policies: number }
  | { readonly type: 'beat'; readonly digests: Readonly<Record<string, string>> }
  /** Tells when every member has heard one more message of this subject. */
  | { readonly type: 'expect'; readonly subject: string };

export type CrowdAnswer = { readonly type: 'connected' } | { readonly type: 'heard'; readonly times: readonly number[] };

interface Joined {
  readonly id: ClusterId;
  readonly key: KeyPair;
  readonly connection: CrowdConnection;
}

const beatEveryMs = 2_000;
const joined: Joined[] = [];
let expected: { readonly subject: string; readonly times: number[] } | undefined;
let beats: NodeJS.Timeout[] = [];

process.once('disconnect', () => process.exit());
process.on('message', (order: CrowdOrder) => void carryOut(order));

async function carryOut(order: CrowdOrder): Promise<void> {
  switch (order.type) {
    case 'connect':
      await forEachLimited(order.members, 16, async ({ id, jwt, seed, subjects }) => {
        const key = parseSeed('user', seed);
        joined.push({ id, key, connection: await CrowdConnection.open(order.bus, { jwt, key, subjects }, heard) });
      });
      return tell({ type: 'connected' });
    case 'report':
      for (const member of joined) report(member, order.policies);
      return;
    case 'beat':
      for (const timer of beats) clearInterval(timer);
      beats = joined.map(({ id, connection }, at) =>
        startBeating(id, connection, { digest: order.digests[id] ?? '', share: at / joined.length }),
      );
      return;
    case 'expect':
      expected = { subject: order.subject, times: [] };
  }
}

/** Spread over the interval, as a fleet out of step is. */
function startBeating(
  id: ClusterId,
  connection: CrowdConnection,
  { digest, share }: { readonly digest: string; readonly share: number },
): NodeJS.Timeout {
  const syncDigest = new Uint8Array(Buffer.from(digest, 'base64'));
  const beat = (): void =>
    connection.publish(beatSubject(id), beatCodec.encode({ epoch: 1, boot: 1, tokenIat: 1, syncDigest, tsMs: Date.now() }));
  beat();
  const timer = setTimeout(() => beats.push(setInterval(beat, beatEveryMs)), beatEveryMs * share);
  return timer;
}

function report({ id, key, connection }: Joined, count: number): void {
  const subject = reportSubject(id, 'summary');
  const policies = Array.from({ length: count }, (_, at) => ({
    ...{ policy: `policy-${at}`, epoch: 1, revision: 1, step: 0, state: 'Applied', reason: '', message: '', desired: 5, applied: 5 },
    ...{ problems: [], retained: [], sinceMs: 1, held: 0, heals: 0, leaving: false, hold: null },
  }));
  const facts = {
    kubernetesVersion: 'v1.36.3',
    spokeVersion: '0.1.0',
    kubeSystemUid: id,
    permissions: 'Standard',
    platform: 'linux/amd64',
    sealingKeys: [],
    capacity: null,
    guardrail: null,
  };
  const body = summaryCodec.encode({ lastBoot: 1, lastN: 0, policies, facts, anchors: [], alarms: [], usage: [] });
  connection.request(subject, `_INBOX.${id}.report`, sealReport(key, subject, { boot: 1, n: 1 }, Date.now(), body));
}

function heard(subject: string): void {
  if (expected?.subject !== subject) return;
  expected.times.push(wallMs());
  if (expected.times.length < joined.length) return;
  const { times } = expected;
  expected = undefined;
  tell({ type: 'heard', times });
}

function tell(answer: CrowdAnswer): void {
  process.send?.(answer);
}
