import { auditSchema } from '@accord/proto/api';
import type { ResourceDeps } from '../kube/resources.ts';
import { countOf, queryOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 200, max: 6_000 };

export function auditOperations({ views }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/audit',
      summary: 'Who did what, newest first: every write that was stored, and every refusal since the hub started.',
      role: 'admin',
      scope: 'limited',
      query: { limit: `How many, ${pageSize.fallback} by default.`, actor: 'Only of this actor.', result: 'Only stored or refused.' },
      status: 200,
      answer: auditSchema,
      run: (request) => {
        const [actor, result] = ['actor', 'result'].map((name) => queryOf(request, name));
        const entries = views
          .of(request)
          .history.audit()
          .filter((entry) => (actor ?? entry.actor) === entry.actor && (result ?? entry.result) === entry.result);
        return { items: entries.slice(0, countOf(request, 'limit', pageSize)) };
      },
    }),
  ];
}
