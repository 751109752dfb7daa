import type { PolicyName } from '@accord/proto/ids';
import { statusFieldManager } from '@accord/proto/labels';
import type { PolicyReport } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Kube } from '../kube/kube.ts';
import { policyRef } from './mirror-store.ts';
import { statusOf } from './status-of.ts';

export interface PolicyStatusDeps {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly log: Log;
  readonly reportOf: (policy: PolicyName) => PolicyReport | undefined;
  readonly owned: Pick<OwnedObjects, 'tally' | 'ofPolicy'>;
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
    const { kube, clock, reportOf, owned } = this.#deps;
    const report = reportOf(policy);
    const said = this.#said.get(policy);
    if (report === undefined) {
      this.#said.delete(policy);
      return true;
    }
    const { sinceMs: _since, ...essential } = report;
    const tally = owned.tally.of(policy);
    const essence = JSON.stringify([essential, tally]);
    if (said?.essence === essence) return true;
    if (said !== undefined && clock.now() - said.atMs < everyMs) return false;
    const status = statusOf(report, tally, owned.ofPolicy(policy));
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: policy }, status };
    const answer = await kube.apply(policyRef(policy), body, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
    // A mirror that is gone has no status; it is written again, and reported again, by its own loop.
    if (answer.outcome === 'refused') return true;
    if (!('meta' in answer)) return false;
    this.#said.set(policy, { essence, atMs: clock.now() });
    return true;
  }
}
