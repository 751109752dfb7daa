import type { PolicyFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { countedAs, isLagging } from '@accord/core/status/counted-state';
import { countRows, type PolicyRow } from '@accord/core/status/policy-rows';
import { states } from '@accord/core/status/states';
import { apiVersion, type Condition, type KubeObject, type PolicyStatus } from '@accord/proto/kube-api';
import { conditionsOf, secondOf, type Stated } from './conditions.ts';

/** Shown while clusters still remove, so that whoever deletes knows what it waits for. */
const removalFinalizer = 'accord.dev/removal';
const problemsMax = 10;

/** A policy as it is shown. `before` is what was shown last. */
export function policyObject(
  { body }: Pick<Recorded<PolicyFact>, 'body'>,
  rows: readonly PolicyRow[],
  before: KubeObject | undefined,
  nowMs: number,
): KubeObject {
  const { name, uid, revision, createdAtMs, deletedAtMs, meta, spec } = body;
  const isSame = before?.metadata.uid === uid;
  return {
    apiVersion,
    kind: 'ClusterPolicy',
    metadata: {
      name,
      uid,
      generation: revision,
      resourceVersion: '',
      creationTimestamp: secondOf(createdAtMs),
      ...(deletedAtMs !== undefined && { deletionTimestamp: secondOf(deletedAtMs), finalizers: [removalFinalizer] }),
      labels: meta.labels,
      annotations: meta.annotations,
    },
    spec,
    status: policyStatus(body, rows, isSame ? before.status.conditions : [], nowMs),
  };
}

/** `2 applied · 1 offline · 1 failed`, what is well first. */
export function renderCounts(counts: Readonly<Record<string, number | undefined>>): string {
  const shown = Object.entries(counts).toSorted(([a], [b]) => (a === 'Applied' ? -1 : b === 'Applied' ? 1 : a < b ? -1 : 1));
  return shown.length === 0 ? 'selects no cluster' : shown.map(([state, count]) => `${count} ${state.toLowerCase()}`).join(' · ');
}

function policyStatus(policy: PolicyFact, rows: readonly PolicyRow[], before: readonly Condition[], nowMs: number): PolicyStatus {
  const counts = countRows(rows) as Record<string, number>;
  const observedGeneration = policy.revision;
  return {
    observedGeneration,
    counts,
    summary: renderCounts(counts),
    clusters: { selected: rows.filter(({ selected }) => selected).length, applied: counts['Applied'] ?? 0 },
    problems: rows
      .filter((row) => readyOf(row) !== 'True')
      .slice(0, problemsMax)
      .map(({ cluster, state, reason, sentence }) => ({ cluster, state, reason, message: sentence })),
    conditions: conditionsOf(statedOf(rows, renderCounts(counts)), before, { observedGeneration, nowMs }),
  };
}

function statedOf(rows: readonly PolicyRow[], summary: string): readonly Stated[] {
  const failing = rows.find((row) => readyOf(row) === 'False');
  const open = failing ?? rows.find((row) => readyOf(row) === 'Unknown');
  const moving = rows.find(({ state }) => states[state].reconciling);
  const stuck = rows.find(({ state }) => states[state].stalled);
  const ready: Stated = {
    type: 'Ready',
    status: open === undefined ? 'True' : readyOf(open),
    reason: open === undefined ? (rows.length === 0 ? 'SelectsNothing' : 'Applied') : countedAs(open),
    message: open === undefined ? summary : `${summary}. ${open.sentence}`,
  };
  return [ready, presence('Reconciling', moving), presence('Stalled', stuck)];
}

function presence(type: string, row: PolicyRow | undefined): Stated {
  if (row === undefined) return { type, status: 'False', reason: type === 'Stalled' ? 'NotStalled' : 'Settled', message: '' };
  return { type, status: 'True', reason: row.state, message: row.sentence };
}

/** What a cluster last said is no longer known to hold once it is offline, behind or stuck. */
function readyOf({ connection, sync, state }: PolicyRow): Condition['status'] {
  const said = states[state].ready;
  return said === 'True' && (connection === 'offline' || isLagging(sync)) ? 'Unknown' : said;
}
