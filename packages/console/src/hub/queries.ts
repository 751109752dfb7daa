/** What the pages read. The first words of a key say when it is old, see `staleKeys`. */
import type { Fleet, Row, Rows } from '@accord/proto/api';
import type { accessSchema } from '@accord/proto/api-access';
import type { clusterSummariesSchema, FleetSeries, policySummariesSchema } from '@accord/proto/api-fleet';
import type { changesSchema, ChangeTimeline } from '@accord/proto/api-history';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { address, request } from './request.ts';

type Query = Readonly<Record<string, string | number | undefined>>;
export type ClusterSummaries = z.infer<typeof clusterSummariesSchema>;
export type PolicySummaries = z.infer<typeof policySummariesSchema>;
export type Changes = z.infer<typeof changesSchema>;

/** Enough to fill a tall screen several times. */
const pageSize = 200;

/** One answer of the hub. The last one stays on screen while another is on its way. */
export function useAnswer<Answer>(key: readonly unknown[], path: string, query: Query = {}): UseQueryResult<Answer> {
  return useQuery({
    queryKey: [...key, query],
    queryFn: ({ signal }) => request<Answer>(address(path, query), { signal }),
    placeholderData: keepPreviousData,
  });
}

export type Pages<Page> = UseInfiniteQueryResult<InfiniteData<Page>>;

/** A list that is read as far as somebody scrolls. */
export function usePages<Page extends { readonly continue?: string | undefined }>(
  key: readonly unknown[],
  path: string,
  query: Query,
): Pages<Page> {
  return useInfiniteQuery({
    queryKey: [...key, query],
    queryFn: ({ signal, pageParam }) => request<Page>(address(path, { ...query, limit: pageSize, continue: pageParam }), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.continue,
    placeholderData: keepPreviousData,
  });
}

/** All rows of a policy that wait for a person, page by page: what is confirmed has to cover each of them. */
export function useStalledRows(policy: string): UseQueryResult<readonly Row[]> {
  const path = `/v1/policies/${encodeURIComponent(policy)}/clusters`;
  return useQuery({
    queryKey: ['policy', policy, 'stalled'],
    queryFn: async ({ signal }) => {
      const rows: Row[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const page: Rows = await request<Rows>(address(path, { state: 'Stalled', limit: pageSize, continue: next }), { signal });
        rows.push(...page.items);
        next = page.continue;
      }
      return rows;
    },
  });
}

export const useFleet = (): UseQueryResult<Fleet> => useAnswer(['fleet'], '/v1/fleet');
export const useSeries = (since: string): UseQueryResult<FleetSeries> =>
  useAnswer(['fleet', 'series'], '/v1/fleet/series', { since, points: 90 });
export const useClusters = (query: Query): Pages<ClusterSummaries> => usePages(['clusters'], '/v1/clusters', query);
export const usePolicies = (query: Query): Pages<PolicySummaries> => usePages(['policies'], '/v1/policies', query);
export const useAccess = (query: Query): Pages<z.infer<typeof accessSchema>> => usePages(['access'], '/v1/access', query);
export const useChanges = (query: Query): Pages<Changes> => usePages(['changes'], '/v1/changes', query);
export const useChange = (id: string): UseQueryResult<ChangeTimeline> =>
  useAnswer(['changes', id], `/v1/changes/${encodeURIComponent(id)}`);
export const usePolicyRows = (name: string, query: Query): Pages<Rows> =>
  usePages(['policy', name, 'rows'], `/v1/policies/${encodeURIComponent(name)}/clusters`, query);
export const useClusterRows = (name: string, query: Query): Pages<Rows> =>
  usePages(['cluster', name, 'rows'], `/v1/clusters/${encodeURIComponent(name)}/policies`, query);
