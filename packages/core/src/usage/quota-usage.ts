/** How full the quotas of policies are, told so coarsely that a cluster at work says little and an exhausted one is seen. */
import type { JsonObject } from '@accord/proto/canonical';
import type { QuotaUsage } from '@accord/proto/messages';
import { objectAt, textAt } from '../policy/manifest.ts';
import { percentOf } from '../policy/quantity.ts';

/** What one cluster tells at most. */
export const usageMax = 200;
/** From here on every change is told. */
export const nearlyFullPercent = 80;
/** Below that, changes of so many points. */
const pointsToTell = 5;
const percentMax = 999;

/** What the status of a ResourceQuota says of each resource that it limits. A limit of nothing is meant, and can fill up no further. */
export function usageOf(quota: JsonObject): readonly QuotaUsage[] {
  const [namespace, name] = [textAt(quota, 'metadata', 'namespace'), textAt(quota, 'metadata', 'name')];
  return Object.keys(objectAt(quota, 'status', 'hard')).flatMap((resource) => {
    const [used, hard] = [textAt(quota, 'status', 'used', resource), textAt(quota, 'status', 'hard', resource)];
    const percent = percentOf(used, hard);
    if (percent === undefined || percent < 0) return [];
    return [{ namespace, quota: name, resource, used, hard, percent: Math.min(percent, percentMax) }];
  });
}

/** What is told from now on, the fullest first: what was told before stays as it was until it has changed enough, or is nearly full. */
export function coarseUsage(told: readonly QuotaUsage[], seen: readonly QuotaUsage[]): readonly QuotaUsage[] {
  const before = new Map(told.map((usage) => [nameOf(usage), usage]));
  const now = seen.flatMap((usage) => {
    const was = before.get(nameOf(usage));
    const isNews = usage.percent >= nearlyFullPercent || Math.abs(usage.percent - (was?.percent ?? 0)) >= pointsToTell;
    // Percent of another limit say something else.
    if (isNews || (was !== undefined && was.hard !== usage.hard)) return [usage];
    return was === undefined ? [] : [was];
  });
  return now.toSorted(byPercent).slice(0, usageMax);
}

/** The fullest first, then by name. */
export function byPercent(a: QuotaUsage, b: QuotaUsage): number {
  return b.percent - a.percent || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ namespace, quota, resource }: QuotaUsage): string {
  return `${namespace}/${quota} ${resource}`;
}
