import { auditSchema, type auditEntrySchema } from '@accord/proto/api';
import { joinTokensSchema } from '@accord/proto/join-api';
import { isCoded } from '@accord/proto/coded-error';
import type * as z from 'zod';
import type { HubClient } from './hub-client.ts';
import { ageOf } from './render/age.ts';
import type { Finding } from './render/findings.ts';

/** What happened longer ago is no longer what somebody is at. */
const recentMs = 3_600_000;
const recently = { result: 'refused', since: '1h', limit: '1000' };

/** Who waits to be let in, whom the hub has turned away of late, and which members get no other credential. Nothing for those who may not read that. */
export async function joinFindings(hub: HubClient, nowMs: number): Promise<readonly Finding[]> {
  try {
    const [{ items: tokens }, { items: audit }] = await Promise.all([
      hub.read('/v1/join-tokens', joinTokensSchema),
      hub.read('/v1/audit', auditSchema, { query: recently }),
    ]);
    const isRecent = (at: string): boolean => nowMs - Date.parse(at) < recentMs;
    const waiting = tokens.flatMap(({ cluster, state, asked }): Finding[] =>
      state !== 'Pending' || asked === undefined
        ? []
        : [
            {
              level: 'warn',
              what: cluster,
              text: `waits to be let in for ${ageOf(asked.at, nowMs)}; compare its fingerprint, then: accord cluster approve ${cluster} --fingerprint ${asked.fingerprint}`,
            },
          ],
    );
    const expired = tokens.flatMap(({ cluster, state, expiresAt, rule }): Finding[] =>
      state !== 'Expired' ||
      rule !== undefined ||
      !isRecent(expiresAt) ||
      tokens.some((other) => other.cluster === cluster && other.state !== 'Expired')
        ? []
        : [
            {
              level: 'warn',
              what: cluster,
              text: `was invited and did not join in time; invite it again: accord cluster add ${cluster} -l KEY=VALUE`,
            },
          ],
    );
    const refused = audit.filter(({ at }) => isRecent(at));
    const joins = refused.filter(({ object }) => object === '/v1/join');
    return [...waiting, ...expired, ...refusedJoins(joins), ...refusedRenewals(refused)];
  } catch (error) {
    if (isCoded(error, 'forbidden', 'not-found')) return [];
    throw error;
  }
}

type Entry = z.infer<typeof auditEntrySchema>;

/** One line for each reason: a spoke repeats what it asks. */
function refusedJoins(refused: readonly Entry[]): readonly Finding[] {
  return [...Map.groupBy(refused, ({ detail }) => detail)].map(([detail, entries]) => {
    const from = [...new Set(entries.map(({ actor }) => actor.replace(/^nobody at /, '')))];
    const sum = countOf(entries);
    const times = sum === 1 ? 'a join was refused' : `${sum} joins were refused`;
    const text = `${times} in the last hour, from ${from.slice(0, 3).join(', ')}: ${detail}; see docs/runbooks/spoke-cannot-join.md`;
    return { level: 'warn', what: 'joining', text };
  });
}

/** One line for each member, with what it was told last: when its token ends it is cut off. */
function refusedRenewals(refused: readonly Entry[]): readonly Finding[] {
  return [...Map.groupBy(refused, memberOf)].flatMap(([member, entries]): Finding[] => {
    if (member === undefined) return [];
    const sum = countOf(entries);
    const [last] = entries;
    const times = sum === 1 ? 'a renewal of its credential was refused' : `${sum} renewals of its credential were refused`;
    const text = `${times} in the last hour: ${last?.detail}; see docs/runbooks/spoke-cannot-join.md`;
    return [{ level: 'warn', what: member, text }];
  });
}

/** Over the bus it is the actor; over HTTPS it names itself. */
function memberOf({ actor, action, object, detail }: Entry): string | undefined {
  if (action === 'RenewCredential') return actor.replace(/^cluster:/, '');
  return object === '/v1/renew' ? /\(as cluster ([^)]+)\)$/.exec(detail)?.[1] : undefined;
}

function countOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}
