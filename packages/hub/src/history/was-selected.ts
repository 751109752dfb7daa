import { selectorTest } from '@accord/core/labels/match-selector';
import type { ClusterName } from '@accord/proto/ids';
import { withHubLabels } from '@accord/proto/labels';
import type { LabelSelector } from '@accord/proto/selector';
import type { Database } from './database.ts';

/** Of a policy, the newest. What it selected long before that nobody has still to leave. */
const revisionsMax = 50;

type WasSelected = (cluster: string) => boolean;

/**
 * Whether a cluster was ever among those that a policy selected, up to a sequence of INTENT: then an outcome of it belongs to the policy,
 * also where it takes away what was there. Whoever reports may name any policy.
 */
export function wasSelectedBy(database: Database, policy: string, untilSeq: number): WasSelected {
  const selectors = database.all<{ readonly selector: string | null }>(
    `SELECT DISTINCT json_extract(body, '$.spec.clusterSelector') AS selector FROM
       (SELECT body FROM facts WHERE kind = 'policy' AND object = ? AND seq <= ? ORDER BY seq DESC LIMIT ?)`,
    ...[policy, untilSeq, revisionsMax],
  );
  const tests = selectors.map(({ selector }) => selectorTest(selector === null ? undefined : (JSON.parse(selector) as LabelSelector)));
  return (cluster) => {
    const records = database.all<{ readonly name: string; readonly labels: string }>(
      `SELECT DISTINCT name, json_extract(body, '$.labels') AS labels FROM facts WHERE kind = 'cluster' AND object = ? AND seq <= ?`,
      ...[cluster, untilSeq],
    );
    const known = records.map(({ name, labels }) => withHubLabels(name as ClusterName, JSON.parse(labels) as Record<string, string>));
    return known.some((labels) => tests.some((isSelected) => isSelected(labels)));
  };
}
