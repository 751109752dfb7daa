import { streams } from '@accord/proto/subjects';
import { startRealm, type Member, type Realm } from './identity-realm.ts';
import { RawNatsClient } from './raw-nats-client.ts';

/** A fleet of two: one cluster has been taken over, the other must not notice. */
export interface Stage {
  readonly realm: Realm;
  readonly attacker: Member;
  readonly victim: Member;
  /** Logged in as the attacker. */
  readonly raw: RawNatsClient;
  /** Logged in as the victim, subscribed to everything that it may hear. */
  readonly victimRaw: RawNatsClient;
  /** An inbox that belongs to the attacker and is subscribed. */
  inbox(): string;
  /** Lets the hub answer the renewals with the body `hold`, which it keeps until then. */
  release(): void;
  /** Subjects on which the hub heard something from spokes, in order. */
  readonly heardByHub: string[];
  /** One line for each stored subject with its last sequence, and for each stream; without what the attacker may write itself. */
  stored(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export const victimInboxToken = 'KNOWNKNOWNKNOWNKNOWN22';

export async function startStage(): Promise<Stage> {
  const realm = await startRealm();
  const attacker = realm.member({ labels: { env: 'prod', 'app.kubernetes.io/name': 'shop' }, sets: ['retail'] });
  const victim = realm.member({ labels: { env: 'dev' }, sets: ['payments'] });
  await fillFleet(realm, attacker, victim);
  const stop = new AbortController();
  const held: (() => void)[] = [];
  const heardByHub = await listenAsHub(realm, held, stop.signal);
  const [raw, victimRaw] = await Promise.all([realm.login(attacker), realm.login(victim)]);
  raw.subscribe(`_INBOX.${attacker.id}.>`);
  for (const subject of audible(victim)) victimRaw.subscribe(subject);
  const refused = [...(await raw.settle()), ...(await victimRaw.settle())];
  if (refused.length > 0) throw new Error(`the stage is not set: ${refused.join(', ')}`);
  let inboxes = 0;
  return {
    realm,
    attacker,
    victim,
    raw,
    victimRaw,
    inbox: () => `_INBOX.${attacker.id}.own.${(inboxes += 1)}`,
    release: () => held.splice(0).forEach((answer) => answer()),
    heardByHub,
    stored: () => listStored(realm, attacker),
    stop: async () => {
      stop.abort();
      await realm.stop();
    },
  };
}

function audible(member: Member): string[] {
  const branches = ['all', 'l.env.dev', `c.${member.id}`, 'r.payments'];
  return [...branches.map((branch) => `live.desired.${branch}.>`), 'live.tick', `_INBOX.${member.id}.${victimInboxToken}.*`];
}

async function fillFleet({ hub }: Realm, attacker: Member, victim: Member): Promise<void> {
  const documents = [
    'all.base',
    'l.env.prod.p',
    'l.app=2ekubernetes=2eio=2fname.shop.p',
    'l.env.dev.p',
    `c.${attacker.id}._member`,
    `c.${victim.id}._member`,
    `r.retail.${attacker.id}`,
    `r.payments.${victim.id}`,
  ];
  const indexes = [
    'all',
    'l.env.prod',
    'l.env.dev',
    `c.${attacker.id}`,
    `c.${victim.id}`,
    'r.retail',
    'r.retail.0a',
    'r.payments',
    'r.payments.0a',
  ];
  const body = (subject: string): Uint8Array => new TextEncoder().encode(`body of ${subject}`);
  const subjects = [...documents.map((document) => `desired.${document}`), ...indexes.map((index) => `index.${index}`)];
  await hub.append(
    subjects.map((subject) => ({ subject, body: body(subject), expectSeq: 0 })),
    'stage',
  );
  await hub.append([{ subject: 'intent.policy.base', body: body('intent.policy.base'), expectSeq: 0 }], 'stage');
  await hub.append([{ subject: 'control.lease.planner', body: body('lease'), expectSeq: 0 }], 'stage');
}

/** As the hub does: it hears what spokes send, and answers every renewal. */
async function listenAsHub({ hub }: Realm, held: (() => void)[], signal: AbortSignal): Promise<string[]> {
  const heard: string[] = [];
  for (const filter of ['report.>', 'outcome.>', 'beat.*']) await hub.subscribe(filter, ({ subject }) => heard.push(subject), signal);
  const answer = async ({ subject, body }: { readonly subject: string; readonly body: Uint8Array }): Promise<Uint8Array> => {
    heard.push(subject);
    if (new TextDecoder().decode(body) === 'hold') await new Promise<void>((resolve) => held.push(resolve));
    return new TextEncoder().encode('renewed');
  };
  await hub.serve('rpc.>', answer, signal);
  return heard;
}

interface StreamInfo {
  readonly config: { readonly name: string };
  readonly state: { readonly consumer_count: number; readonly subjects?: Readonly<Record<string, number>> };
}

async function listStored({ hub }: Realm, attacker: Member): Promise<readonly string[]> {
  const { streams: names } = await hub.link.api<{ readonly streams: readonly string[] }>('STREAM.NAMES', {}, 'list streams');
  if (names.toSorted().join() !== streams.toSorted().join()) return [`streams ${names.join()}`];
  const lines: string[] = [];
  for (const name of names) {
    const { state } = await hub.link.api<StreamInfo>(`STREAM.INFO.${name}`, { subjects_filter: '>' }, 'look');
    lines.push(`${name} consumers=${state.consumer_count}`);
    for (const [subject, count] of Object.entries(state.subjects ?? {})) {
      if (subject.includes(attacker.id) && /^(report|outcome)\./.test(subject)) continue;
      lines.push(`${subject} count=${count} seq=${(await hub.last(subject))?.seq}`);
    }
  }
  return lines.toSorted();
}
