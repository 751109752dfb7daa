import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { clusterIdOf } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey } from '@accord/proto/keys';
import { outcomeCodec, summaryCodec, type PolicyOutcome, type PolicyReport, type Problem } from '@accord/proto/messages';
import { openReport } from '@accord/proto/signed-report';
import { outcomeSubject, reportSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { Outbox } from './outbox.ts';

const id = clusterIdOf(new Uint8Array(16));
const pair = createKeyPair('user');
const key = parsePublicKey('user', pair.publicKey);
const boot = 4;

export const report = (policy: string, state = 'Applied', problems: readonly Problem[] = []): PolicyReport => ({
  ...{ policy, epoch: 1, revision: 1, step: 0, state, reason: '', message: '', desired: 1, applied: 1 },
  ...{ problems, retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
});
export const outcome = (policy: string, state?: string, problems?: readonly Problem[], revision = 1): PolicyOutcome => ({
  report: { ...report(policy, state, problems), revision },
  ...{ change: null, stamps: null, created: 0, changed: 0, removed: 0, stages: [] },
});

/** The bus, which answers no request until it is opened. */
export function slowed(bus: MemoryBus): { readonly slow: MemoryBus; readonly open: () => void } {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const request = async (...args: Parameters<MemoryBus['request']>): Promise<Uint8Array> => {
    await gate;
    return bus.request(...args);
  };
  return { slow: Object.assign(Object.create(bus) as MemoryBus, { request }), open };
}

/** An outbox, and what the hub has got of it. Everything ends with `signal`. */
export function outboxWorld(signal: AbortSignal, { isFirstPassDone = true } = {}) {
  const clock = new ManualClock(1_000);
  const log = new ListLog();
  const broker = new MemoryBroker();
  const [bus, hub] = [new MemoryBus(broker), new MemoryBus(broker)];
  const outbox = new Outbox({
    id,
    key: () => pair,
    boot,
    clock,
    log,
    random: () => 0.5,
    facts: () => ({
      kubernetesVersion: '',
      spokeVersion: '',
      kubeSystemUid: '',
      permissions: '',
      platform: '',
      sealingKeys: [],
      capacity: null,
      guardrail: null,
    }),
    anchors: () => [],
    alarms: () => [],
    usage: () => [],
  });
  if (isFirstPassDone) outbox.toldAll();
  /** What the stream holds, as `number: policies`. */
  const stored = async (): Promise<readonly string[]> => {
    const lines: string[] = [];
    for await (const message of hub.follow({ stream: 'OUTCOMES', filters: [], afterSeq: 0 }, signal)) {
      if (message === 'caught-up') return lines;
      const { boot: of, n, body } = openReport(message.body, outcomeSubject(id), key);
      const { policies, heals } = outcomeCodec.decode(body);
      lines.push(
        `${of}.${n}: ${[...policies.map(({ report: one }) => one?.policy ?? ''), ...heals.map(({ object }) => `heal ${object}`)].join(' ')}`,
      );
    }
    return lines;
  };
  const summary = async (): Promise<string | undefined> => {
    const subject = reportSubject(id, 'summary');
    const message = await hub.last(subject);
    if (message === undefined) return undefined;
    const { lastBoot, lastN, policies } = summaryCodec.decode(openReport(message.body, subject, key).body);
    return `${lastBoot}.${lastN}: ${policies.map(({ policy, state }) => `${policy}=${state}`).join(' ')}`;
  };
  const run = (): Promise<void> => outbox.run(bus, signal);
  return { clock, log, broker, bus, outbox, stored, summary, run };
}
