import type { z } from 'zod';
import type { sessionSchema } from '@accord/proto/api-fleet';
import type { whoamiSchema } from '@accord/proto/api';
import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { HubProblem, request } from './request.ts';

export type Person = z.infer<typeof whoamiSchema>;
type Session = z.infer<typeof sessionSchema>;

/** The code of the link that opened the page; the address forgets it at once. */
const enteredBy = takeCode();

function takeCode(): string | undefined {
  const code = /^#enter=([\w-]+)$/.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(undefined, '', location.pathname + location.search);
  return code;
}

/** A code opens one session, however often the page asks. */
let entering: Promise<Session> | undefined;

/** Who looks; null while nobody has signed in. */
export function usePerson(): UseQueryResult<Person | null> {
  return useQuery({
    queryKey: ['person'],
    queryFn: async ({ signal }) => {
      if (enteredBy !== undefined)
        await (entering ??= request<Session>('/v1/session', { method: 'POST', body: { code: enteredBy } })).catch(() => undefined);
      return await request<Person>('/v1/whoami', { signal }).catch((error: unknown) => {
        if (error instanceof HubProblem && error.status === 401) return null;
        throw error;
      });
    },
  });
}

/** By a token that a person pastes: it is sent once, and kept nowhere in the page. */
export function useSignIn(): UseMutationResult<Session, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) =>
      request<Session>('/v1/session', { method: 'POST', body: {}, headers: { authorization: `Bearer ${token.trim()}` } }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useSignOut(): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request('/v1/session', { method: 'DELETE' }),
    onSuccess: () => {
      queries.clear();
      location.assign('/');
    },
  });
}

const ranks = ['viewer', 'operator', 'admin'] as const;

/** Whether a person has a role anywhere; the hub decides what he may where. */
export function mayAct({ role, bindings }: Person, least: (typeof ranks)[number]): boolean {
  const held = [role, ...bindings.map((binding) => binding.role)];
  return held.some((has) => has !== undefined && ranks.indexOf(has) >= ranks.indexOf(least));
}
