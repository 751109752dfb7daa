import type { PolicyName } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';

export interface WatchEndsDeps {
  /** Policies for which something has ended: a grant of theirs, or a hold of somebody in the cluster or at the hub. */
  readonly ended: (nowMs: number) => ReadonlySet<PolicyName>;
  readonly mark: (policies: Iterable<PolicyName>) => void;
  /** Called at each look: what else only time tells. */
  readonly onLook?: () => void;
  readonly clock: Clock;
}

/** It is looked at so late at most while the spoke runs. */
const everyMs = 1_000;
/** A removal that did not succeed is repeated by the loop itself; this is only for the case that nobody does. */
export const againMs = 60_000;

/** Has each policy looked at when something ends for it, with hub and bus or without. Runs until `signal` aborts. */
export async function watchEnds({ ended, mark, onLook, clock }: WatchEndsDeps, signal: AbortSignal): Promise<void> {
  const markedAt = new Map<PolicyName, number>();
  while (!signal.aborted) {
    const nowMs = clock.now();
    const policies = ended(nowMs);
    for (const policy of markedAt.keys()) if (!policies.has(policy)) markedAt.delete(policy);
    const due = [...policies].filter((policy) => nowMs - (markedAt.get(policy) ?? Number.NEGATIVE_INFINITY) >= againMs);
    for (const policy of due) markedAt.set(policy, nowMs);
    if (due.length > 0) mark(due);
    onLook?.();
    await clock.sleep(everyMs, signal);
  }
}
