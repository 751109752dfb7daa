import { auditEntrySchema, auditSchema } from '@accord/proto/api';
import { pastAudit, type PastAudit } from '../../history/past-entries.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { pageToken, readPageToken, timeFrom } from '../read-time.ts';
import { Refusal } from '../refusal.ts';
import { countOf, queryOf } from '../request-context.ts';
import { pageOfSeen } from '../seen-past.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 200, max: 6_000 };

export function auditOperations({ past, views, clock }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/audit',
      summary: 'Who did what, newest first: every write that was stored, every refusal, and every token that was made for a cluster.',
      role: 'admin',
      scope: 'limited',
      query: {
        limit: `How many, ${pageSize.fallback} by default.`,
        actor: 'Only of this actor.',
        action: 'Only this action, for example PolicyChanged or TokenMinted.',
        object: 'Only about this object, for example policy.team-payments.',
        result: 'Only stored, refused, done or lost.',
        since: 'Only from this time on, or so long ago: 2h.',
        until: 'Only up to this time.',
        continue: 'From the page before.',
      },
      status: 200,
      answer: auditSchema,
      run: (request) => {
        const limit = countOf(request, 'limit', pageSize);
        const [actor, action, object, result] = ['actor', 'action', 'object', 'result'].map((name) => queryOf(request, name));
        requireResult(result);
        const nowMs = clock.now();
        const [sinceMs, untilMs] = ['since', 'until'].map((name) => timeFrom(request, name, nowMs));
        const [atMs, seq, item] = (readPageToken(request, ['number', 'number', 'number']) ?? []) as readonly number[];
        const first = atMs === undefined || seq === undefined || item === undefined ? undefined : { atMs, seq, item };
        const filter = { actor, action, object, result, sinceMs, untilMs };
        const database = past.read();
        const { items, next } = pageOfSeen<PastAudit>(
          (after, count) => pastAudit(database, { ...filter, before: after ?? first, limit: count }),
          views.of(request).past.audit,
          limit,
        );
        return { items: items.map(entryBody), ...(next !== undefined && { continue: pageToken(next.atMs, next.seq, next.item) }) };
      },
    }),
  ];
}

const results: ReadonlySet<string> = new Set(auditEntrySchema.shape.result.options);

function requireResult(result: string | undefined): void {
  if (result === undefined || results.has(result)) return;
  throw new Refusal('invalid', 'query parameter result is none that there is', {
    status: 400,
    help: `Use one of ${[...results].join(', ')}.`,
  });
}

function entryBody({ atMs, seq: _seq, item: _item, result, ...entry }: PastAudit): (typeof auditSchema)['_output']['items'][number] {
  return { at: timeOf(atMs), ...entry, result: result as 'stored' };
}
