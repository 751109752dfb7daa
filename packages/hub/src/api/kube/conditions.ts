import type { Condition } from '@accord/proto/kube-api';
import { timeOf } from '../fact-history.ts';

export interface Stated {
  readonly type: string;
  readonly status: Condition['status'];
  readonly reason: string;
  readonly message: string;
}

/** Standard conditions. The transition time is kept from before while the status is the same. */
export function conditionsOf(
  stated: readonly Stated[],
  before: readonly Condition[],
  { observedGeneration, nowMs }: { readonly observedGeneration: number; readonly nowMs: number },
): Condition[] {
  return stated.map((condition) => {
    const last = before.find(({ type }) => type === condition.type);
    const lastTransitionTime = last?.status === condition.status ? last.lastTransitionTime : secondOf(nowMs);
    return { ...condition, observedGeneration, lastTransitionTime };
  });
}

/** metav1.Time has no fraction. */
export function secondOf(ms: number): string {
  return `${timeOf(ms).slice(0, 19)}Z`;
}
