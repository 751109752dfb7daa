import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { planFleet, recordPlan, type PublishedFleet, type WantedDocument } from '@accord/core/fleet/plan-fleet';
import { sealDocument, sealIndex, type Signer } from '@accord/proto/document';
import { clusterIdOf, type ClusterName, type PolicyName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { type Member } from '@accord/proto/member';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { anchorAll, clusterAnchor, labelAnchor, policyDoc, type Anchor, type Doc } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, vi } from 'vitest';
import { Inbox } from './inbox.ts';

export const id = clusterIdOf(new Uint8Array(16));
export const own = clusterAnchor(id);
export const prod = labelAnchor('env', 'prod');
const pair = createKeyPair('account');
const publicKey = parsePublicKey('account', pair.publicKey);
export const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);

export const memberOf = (revision: number, anchors: readonly Anchor[]): Member => ({
  cluster: { id, name: 'c' as ClusterName, labels: {}, spec: { mode: 'Enforce' } },
  revision,
  anchors,
  confirmedEpoch: 1,
  confirmedRemovals: {},
});
export const wanted = (doc: Doc, revision: number, anchors: readonly Anchor[], body: Uint8Array): WantedDocument => ({
  ...{ doc, anchors, fence: { revision, step: 0 }, body },
  ...{ createdAtMs: 1, acceptedAtMs: 1, change: { id: '', traceparent: '' }, requires: [], removalsMax: 0 },
});
export const policy = (name: string, revision: number, anchors: readonly Anchor[] = [anchorAll]): WantedDocument =>
  wanted(policyDoc(name as PolicyName), revision, anchors, new TextEncoder().encode(`${name}@${revision}`));

/** An inbox on a bus in memory, and a planner that writes to it. */
export function exampleInbox() {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const broker = new MemoryBroker();
  const [hub, bus] = [new MemoryBus(broker), new MemoryBus(broker)];
  const published: PublishedFleet = new Map();
  const heard: string[] = [];
  const token = { opens: (_anchor: Anchor): boolean => true };
  const inbox: Inbox = new Inbox({
    id,
    keys: () => keys,
    clock,
    log,
    random: () => 0,
    isPermitted: (anchor) => token.opens(anchor),
    onPolicies: (policies) => heard.push([...policies].toSorted().join(' ')),
    onMember: ({ revision }) => heard.push(`member@${revision}`),
    onCredential: (body) => heard.push(`credential ${new TextDecoder().decode(body)}`),
    onRecords: (ids) => void heard.push(...[...ids].map((found) => `record ${found}`)),
    onCaughtUp: () => heard.push('caught up'),
    onMoved: () => undefined,
    onAlarms: () => heard.push(`alarms ${inbox.alarms().join('; ')}`),
  });
  /** What a planner does, with the fence of a batch. */
  const publish = async (...documents: WantedDocument[]): Promise<void> => {
    const plan = planFleet(published, documents, { epoch: 1, nowMs: clock.now(), documentsMax: 100 });
    const items = plan.documents.map(({ subject, statement, body }) => ({ subject, body: sealDocument(signer, statement, body) }));
    const indexes = plan.indexes.map(({ subject, index, expectSeq }) => ({
      subject,
      body: sealIndex(signer, subject, index, { issuedAtMs: 1 }),
      expectSeq,
    }));
    const { seq } = await hub.append([...items, ...indexes], `tx${documents.map(({ doc, fence }) => `${doc}${fence.revision}`).join('')}`);
    recordPlan(published, plan, (subject) => seq - indexes.length + 1 + indexes.findIndex((index) => index.subject === subject));
  };
  /** Starts from the record that came with the join. */
  const start = async (...anchors: Anchor[]): Promise<void> => {
    inbox.restore(memberOf(1, [own, ...anchors]), [], new Map());
    inbox.start(bus, stop.signal);
    await caughtUp();
  };
  const caughtUp = (): Promise<void> => vi.waitFor(() => expect(inbox.isCaughtUp()).toBe(true));
  const standing = (name: string): string => {
    const word = inbox.desired.standing(name as PolicyName);
    return word.says === 'absent' ? 'absent' : `${word.says}@${word.document.statement.revision}`;
  };
  const holds = (name: string, word: string): Promise<void> => vi.waitFor(() => expect(standing(name)).toBe(word));
  return { clock, log, broker, hub, bus, inbox, published, publish, start, caughtUp, standing, holds, heard, token, stop };
}
