import type { Bus } from '@accord/bus/bus';
import { base32, type ClusterId, type PolicyName } from '@accord/proto/ids';
import type { KeyPair } from '@accord/proto/keys';
import {
  outcomeCodec,
  summaryCodec,
  type AnchorPosition,
  type Facts,
  type Heal,
  type PolicyOutcome,
  type PolicyReport,
  type QuotaUsage,
} from '@accord/proto/messages';
import type { ToldPolicy } from '@accord/core/events/events-of';
import { problemsMax as problemsPerReportMax } from '@accord/core/apply/report-policy';
import { endsProgress, type ToldBefore } from '@accord/core/apply/report-progress';
import { isCoded } from '@accord/proto/coded-error';
import { reportBytesMax, sealReport } from '@accord/proto/signed-report';
import { outcomeSubject, reportSubject } from '@accord/proto/subjects';
import { woken, type Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { halveOutcome, shortenReport, type OutcomeParts } from './fit-report.ts';

export interface OutboxDeps {
  readonly id: ClusterId;
  /** The present one: it may be replaced while the spoke runs. */
  readonly key: () => KeyPair;
  readonly boot: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly facts: () => Facts;
  readonly anchors: () => readonly AnchorPosition[];
  readonly alarms: () => readonly string[];
  readonly usage: () => readonly QuotaUsage[];
  /** What is told from now on, beside what was told before. */
  readonly onTold?: ((policies: readonly ToldPolicy[], heals: readonly Heal[]) => void) | undefined;
}

/** Outcomes that wait while the bus is away; the stream keeps no more of one cluster either. */
const waitingMax = 256;
/** The streams take 16 and 128 KiB with all headers; a pass with more results is split, a summary shortened. */
const outcomeBytesMax = 15 * 1024;
const summaryBytesMax = 120 * 1024;
/** Of the fullest quotas, where a summary has no room for problems either. */
const usageWhenTightMax = 10;
const policiesPerOutcomeMax = 24;
const healsPerOutcomeMax = 50;
const summaryEveryMs = 2_000;
const answerMsMax = 5_000;

const nothing: OutcomeParts = { policies: [], heals: [] };

interface Waiting {
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly msgId: string;
}

/**
 * Tells the hub what this cluster did, in order, signed and numbered, and what holds now.
 *
 * An acknowledgement means stored, so an outcome stays here until then. When too many wait the oldest are dropped: the gap in the
 * numbers tells how many, and the summary tells what holds.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #reports = new Map<PolicyName, PolicyReport>();
  /** How far policies are of which there is no outcome yet, as it was told last. */
  readonly #progress = new Map<PolicyName, PolicyReport>();
  /** What of that is still to be told. It waits for everything else, and only the newest is kept: an outcome takes its place. */
  readonly #untold = new Map<PolicyName, PolicyOutcome>();
  readonly #waiting: Waiting[] = [];
  /** What has not been numbered yet: while one outcome is on its way, what comes meanwhile goes together with the next. */
  #open: OutcomeParts = nothing;
  #n = 0;
  #dropped = 0;
  #isSummaryDue = false;
  /** Somebody waits until it is stored that this cluster has let go. */
  #onToldLeft: (() => void) | undefined;
  /** A summary speaks of everything: what it does not name is not there. So there is none before the first pass has ended. */
  #hasToldAll = false;
  #wake: () => void = () => undefined;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** What last came of a policy. */
  reportOf(policy: PolicyName): PolicyReport | undefined {
    return this.#reports.get(policy);
  }

  /** That, and how far it was said to be since. */
  before(policy: PolicyName): ToldBefore {
    return { reported: this.#reports.get(policy), progress: this.#progress.get(policy) };
  }

  /** What was last told of a policy. */
  toldOf(policy: PolicyName): PolicyReport | undefined {
    return this.#progress.get(policy) ?? this.#reports.get(policy);
  }

  get waiting(): number {
    return this.#waiting.length + (isEmpty(this.#open) && this.#untold.size === 0 ? 0 : 1);
  }

  /** Since the start, as too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** What was last told of each policy. */
  reports(): Iterable<PolicyReport> {
    return this.#progress.size === 0 ? this.#reports.values() : new Map([...this.#reports, ...this.#progress]).values();
  }

  /** Takes what became of some policies, in the order in which it is to be told. */
  record(policies: readonly PolicyOutcome[], heals: readonly Heal[]): void {
    const told = policies.map((outcome) => ({ outcome, before: this.#reports.get((outcome.report?.policy ?? '') as PolicyName) }));
    for (const { report } of policies) if (report !== null) this.#keep(report);
    for (const policy of policies) {
      if (this.#open.policies.length >= policiesPerOutcomeMax) this.#close();
      this.#open = { ...this.#open, policies: [...this.#open.policies, policy] };
    }
    for (const heal of heals) {
      if (this.#open.heals.length >= healsPerOutcomeMax) this.#close();
      this.#open = { ...this.#open, heals: [...this.#open.heals, heal] };
    }
    this.#isSummaryDue = true;
    this.#wake();
    this.#deps.onTold?.(told, heals);
  }

  /** Takes how far some policies are. An outcome that is recorded later takes the place of what has not been told by then. */
  tellProgress(policies: readonly PolicyOutcome[]): void {
    for (const outcome of policies) {
      if (outcome.report === null) continue;
      const policy = outcome.report.policy as PolicyName;
      this.#progress.set(policy, outcome.report);
      this.#untold.set(policy, outcome);
    }
    this.#wake();
  }

  /** A pass has ended, so that everything which was there when it began has been told. */
  toldAll(): void {
    this.#hasToldAll = true;
    this.#wake();
  }

  /** To be called when something outside of a pass belongs into the next summary. */
  markSummary(): void {
    this.#isSummaryDue = true;
    this.#wake();
  }

  /** Says in each summary from now on that this cluster has let go of everything. Resolves when one is stored. */
  tellLeft(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onToldLeft = resolve;
    this.markSummary();
    return promise;
  }

  /** Takes it back. */
  tellStays(): void {
    this.#onToldLeft = undefined;
    this.markSummary();
  }

  /** Sends until `signal` aborts. One at a time: the order is part of what is told. */
  async run(bus: Bus, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#deps;
    let summaryAtMs = 0;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    while (!signal.aborted) {
      if (this.#waiting.length === 0) this.#close();
      if (this.#waiting.length === 0) this.#closeProgress();
      const [next] = this.#waiting;
      if (next !== undefined && !(await this.#send(bus, outcomeSubject(this.#deps.id), next.bytes, next.msgId)))
        await clock.sleep(200 + random() * 800, signal);
      // By now it may have been dropped by those that came after it.
      else if (next !== undefined && this.#waiting[0] === next) this.#waiting.shift();
      const isQuiet = this.waiting === 0;
      if (this.#hasToldAll && this.#isSummaryDue && clock.now() >= summaryAtMs && (isQuiet || summaryAtMs === 0)) {
        this.#isSummaryDue = false;
        const onTold = this.#onToldLeft;
        if (await this.#send(bus, reportSubject(this.#deps.id, 'summary'), this.#summary(), undefined)) onTold?.();
        else this.#isSummaryDue = true;
        summaryAtMs = clock.now() + summaryEveryMs;
      }
      if (this.waiting === 0)
        await this.#pause(this.#hasToldAll && this.#isSummaryDue ? summaryAtMs - clock.now() : summaryEveryMs * 15, signal);
    }
  }

  /** A policy that has left is told once, and then forgotten. */
  #keep(report: PolicyReport): void {
    const policy = report.policy as PolicyName;
    const progress = this.#progress.get(policy);
    if (progress !== undefined && endsProgress(report, progress)) {
      this.#progress.delete(policy);
      this.#untold.delete(policy);
    }
    if (report.state === 'Removed') this.#reports.delete(policy);
    else this.#reports.set(policy, report);
  }

  #close(): void {
    const outcome = this.#open;
    this.#open = nothing;
    if (!isEmpty(outcome)) this.#queue(outcome);
  }

  /** Progress of which the outcome is not on its way yet, as much as one message takes. */
  #closeProgress(): void {
    if (this.#untold.size === 0) return;
    const some = [...this.#untold].slice(0, policiesPerOutcomeMax);
    for (const [policy] of some) this.#untold.delete(policy);
    this.#queue({ policies: some.map(([, outcome]) => outcome), heals: [] });
  }

  /** Numbers and signs. */
  #queue(outcome: OutcomeParts): void {
    const { id, key, boot, clock } = this.#deps;
    const plain = outcomeCodec.encode(outcome);
    const bytes = sealReport(key(), outcomeSubject(id), { boot, n: this.#n + 1 }, Math.round(clock.now()), plain);
    const isTooLarge = bytes.length > outcomeBytesMax || plain.length > reportBytesMax;
    const smaller = isTooLarge ? halveOutcome(outcome) : undefined;
    if (smaller !== undefined) {
      for (const part of smaller) this.#queue(part);
      return;
    }
    this.#n += 1;
    // Nobody can guess a signature, so nobody can claim the id of a message before it is sent.
    this.#waiting.push({ n: this.#n, bytes, msgId: base32(bytes.subarray(-16)) });
    if (this.#waiting.length > waitingMax) this.#dropped += this.#waiting.splice(0, this.#waiting.length - waitingMax).length;
  }

  #summary(): Uint8Array {
    const { id, key, boot, clock, facts, anchors, alarms, usage } = this.#deps;
    const sent = (this.#waiting[0]?.n ?? this.#n + 1) - 1;
    const left = this.#onToldLeft !== undefined;
    const rest = { lastBoot: boot, lastN: sent, facts: facts(), anchors: anchors(), alarms: alarms(), left };
    let bytes: Uint8Array = new Uint8Array();
    // What must come through is the state of each policy; the problems that a summary has no room for were told in outcomes.
    for (const problemsMax of [problemsPerReportMax, 10, 3, 1, 0]) {
      const policies = [...this.reports()].map((report) => shortenReport(report, problemsMax));
      const plain = summaryCodec.encode({ ...rest, policies, usage: problemsMax === 0 ? usage().slice(0, usageWhenTightMax) : usage() });
      bytes = sealReport(key(), reportSubject(id, 'summary'), { boot, n: sent }, Math.round(clock.now()), plain);
      if (bytes.length <= summaryBytesMax && plain.length <= reportBytesMax) break;
    }
    return bytes;
  }

  async #send(bus: Bus, subject: string, bytes: Uint8Array, msgId: string | undefined): Promise<boolean> {
    try {
      await bus.request(subject, bytes, { timeoutMs: answerMsMax, ...(msgId === undefined ? {} : { msgId }) });
      return true;
    } catch (error) {
      if (!isCoded(error)) throw error;
      if (error.code === 'unavailable' || error.code === 'timeout') return false;
      this.#deps.log.error('the bus refuses what this cluster reports', { subject, code: error.code, because: error.message });
      // Only what is too large stays so: a disk gets room again, and a credential that is being replaced has a successor.
      return error.code === 'too-large';
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const wake = new AbortController();
    this.#wake = () => wake.abort(woken);
    await this.#deps.clock.sleep(Math.max(0, ms), wake.signal);
    this.#wake = () => undefined;
  }
}

function isEmpty({ policies, heals }: OutcomeParts): boolean {
  return policies.length === 0 && heals.length === 0;
}
