import { valuesPerAnchorMax } from '@accord/proto/policy';
import type { LabelSelector } from '@accord/proto/selector';
import { anchorAll, labelAnchor, type Anchor } from '@accord/proto/subjects';

/** How many clusters hold a label value now. */
export type CountHolders = (key: string, value: string) => number;

/**
 * Where a policy is published, so that every cluster that may match hears of it and few others do.
 *
 * One key of which a matching cluster must have one of the values: from `matchLabels`, or from an `In` of at most 16 values;
 * the one with the fewest holders. Without such a key: everybody. An absent selector selects nobody and is published nowhere.
 * Store the choice and keep it until the selector changes: moving an anchor costs every holder two documents.
 */
export function chooseAnchors(selector: LabelSelector | undefined, countHolders: CountHolders): readonly Anchor[] {
  if (selector === undefined) return [];
  const candidates = candidatesOf(selector).map(({ key, values }) => ({
    key,
    values,
    holders: values.reduce((sum, value) => sum + countHolders(key, value), 0),
  }));
  const [best] = candidates.toSorted((a, b) => a.holders - b.holders || a.values.length - b.values.length || (a.key < b.key ? -1 : 1));
  return best === undefined ? [anchorAll] : best.values.map((value) => labelAnchor(best.key, value)).toSorted();
}

function candidatesOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly { readonly key: string; readonly values: readonly string[] }[] {
  const equal = Object.entries(matchLabels).map(([key, value]) => ({ key, values: [value] }));
  const among = matchExpressions
    .filter(({ operator }) => operator === 'In')
    .map(({ key, values = [] }) => ({ key, values: [...new Set(values)] }))
    .filter(({ values }) => values.length > 0 && values.length <= valuesPerAnchorMax);
  return [...equal, ...among];
}
