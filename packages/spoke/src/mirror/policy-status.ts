import { isPolicyState, states } from '@accord/core/status/states';
import type { JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { statusFieldManager } from '@accord/proto/labels';
import type { PolicyReport } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import { policyRef } from './mirror-store.ts';

export interface PolicyStatusDeps {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly log: Log;
  readonly reportOf: (policy: PolicyName) => PolicyReport | undefined;
}

/** At most one status write per policy in this time; what comes meanwhile is written then. */
const everyMs = 1_000;
const inFlightMax = 8;

/** Writes what was reported into the status of the mirrors, off the path of a change and only when it says something new. */
export class PolicyStatusWriter {
  readonly #deps: PolicyStatusDeps;
  readonly #said = new Map<PolicyName, { readonly essence: string; readonly atMs: number }>();
  readonly loop: Loop<PolicyName>;

  constructor(deps: PolicyStatusDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<PolicyName>({
      name: 'policy status',
      pass: (policies, signal) => this.#pass(policies, signal),
      allKeys: () => [],
      everythingMs: 3_600_000,
      retryMsFirst: everyMs,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** The mirror was made anew, so that whatever was said is gone. */
  sayAgain(policy: PolicyName): void {
    this.#said.delete(policy);
    this.loop.mark(policy);
  }

  #pass(policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> {
    return unsettledOf(policies, inFlightMax, (policy) => this.#write(policy, signal));
  }

  async #write(policy: PolicyName, signal: AbortSignal): Promise<boolean> {
    const { kube, clock, reportOf } = this.#deps;
    const report = reportOf(policy);
    const said = this.#said.get(policy);
    if (report === undefined) {
      this.#said.delete(policy);
      return true;
    }
    const { sinceMs: _since, ...essential } = report;
    const essence = JSON.stringify(essential);
    if (said?.essence === essence) return true;
    if (said !== undefined && clock.now() - said.atMs < everyMs) return false;
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: policy }, status: statusOf(report) };
    const answer = await kube.apply(policyRef(policy), body, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
    // A mirror that is gone has no status; it is written again, and reported again, by its own loop.
    if (answer.outcome === 'refused') return true;
    if (!('meta' in answer)) return false;
    this.#said.set(policy, { essence, atMs: clock.now() });
    return true;
  }
}

function statusOf(report: PolicyReport): JsonObject {
  const { revision, state, reason, message, desired, applied, problems, sinceMs, heals, held, retained } = report;
  const { ready, reconciling, stalled } = states[isPolicyState(state) ? state : 'Pending'];
  const time = new Date(sinceMs).toISOString();
  const condition = (type: string, status: string): JsonObject => ({
    type,
    status,
    reason: reason === '' ? state : reason,
    message,
    lastTransitionTime: time,
  });
  return {
    observedRevision: revision,
    ...(state === 'Applied' ? { appliedRevision: revision, lastAppliedTime: time } : {}),
    state,
    healCount: heals,
    summary: {
      desired,
      applied,
      failed: problems.filter((problem) => problem.state === 'Failed').length,
      pendingDeletion: held,
      retained: retained.length,
    },
    display: { applied: `${applied}/${desired}` },
    problems: problems.map(({ object, state: of, reason: why, message: text }) => ({
      id: object === '' ? report.policy : object,
      state: of,
      reason: why,
      message: text,
    })),
    conditions: [
      condition('Ready', ready),
      condition('Reconciling', reconciling ? 'True' : 'False'),
      condition('Stalled', stalled ? 'True' : 'False'),
    ],
  };
}
