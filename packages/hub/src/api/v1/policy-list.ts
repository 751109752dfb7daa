import { countedStates, worstOf, worstRank, type StateCounts } from '@accord/core/status/counted-state';
import type { PolicyFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { policySummariesSchema, type PolicySummary } from '@accord/proto/api-fleet';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database } from '../../history/database.ts';
import { pastChange } from '../../history/past-changes.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { choiceOf, pageOfEntries, searchOf } from '../list-page.ts';
import type { View } from '../views.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 100, max: 1_000 };

const query = {
  q: 'Only those that have this text in their name.',
  state: `Only those with a row that is counted as this: ${countedStates.join(', ')}.`,
  sort: 'name, which is the default, or worst: what needs a person most comes first.',
  limit: `Size of a page, ${pageSize.fallback} by default, ${pageSize.max} at most.`,
  continue: 'From the page before.',
};

export function policyListOperations({ views, past }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/policies',
      summary: 'Every policy in short, with its rows by state; a deleted one until the last cluster has removed it.',
      role: 'viewer',
      scope: 'limited',
      query,
      status: 200,
      answer: policySummariesSchema,
      run: async (request) => {
        const view = views.of(request);
        const choice = {
          q: searchOf(request),
          state: choiceOf(request, 'state', countedStates),
          sort: choiceOf(request, 'sort', ['name', 'worst']),
        };
        await view.rows.settled();
        return listPolicies(request, view, choice, past.read());
      },
    }),
  ];
}

interface Counted {
  readonly policy: Recorded<PolicyFact>;
  readonly counts: StateCounts;
}

interface Choice {
  readonly q: string;
  readonly state: (typeof countedStates)[number] | undefined;
  readonly sort: 'name' | 'worst' | undefined;
}

function listPolicies(
  request: FastifyRequest,
  { rows, projection }: View,
  { q, state, sort }: Choice,
  database: Database,
): z.input<typeof policySummariesSchema> {
  const found = [...projection.registry.policies.values()]
    .filter(({ body }) => body.name.includes(q))
    .map((policy): Counted => ({ policy, counts: rows.countsOfPolicy(policy.body.name) }))
    .filter(({ policy, counts }) => policy.body.deletedAtMs === undefined || worstOf(counts) !== '')
    .filter(({ counts }) => state === undefined || counts[state] !== undefined)
    .toSorted((a, b) => (a.policy.body.name < b.policy.body.name ? -1 : 1));
  const rankOf = sort === 'worst' ? ({ counts }: Counted): number => worstRank(counts) : undefined;
  const { page, ...rest } = pageOfEntries(request, found, { nameOf: ({ policy }) => policy.body.name, rankOf, pageSize });
  return { items: page.map((counted) => summaryOf(counted, database)), ...rest };
}

function summaryOf({ policy: { body, change, ...last }, counts }: Counted, database: Database): PolicySummary {
  const { name, revision, spec, deletedAtMs } = body;
  // What came after the change confirmed something, or was about labels alone.
  const { atMs, actor } = pastChange(database, change.id) ?? last;
  return {
    ...{ name, revision, priority: spec.priority, mode: spec.mode, suspended: spec.suspended ?? false },
    deleting: deletedAtMs !== undefined,
    clusters: Object.values(counts).reduce((sum, count) => sum + count, 0),
    rows: { ...counts },
    worst: worstOf(counts),
    ...{ change: change.id, changedAt: timeOf(atMs), actor },
  };
}
