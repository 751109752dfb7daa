import { auditSchema } from '@accord/proto/api';
import { joinTokensSchema } from '@accord/proto/join-api';
import { isCoded } from '@accord/proto/coded-error';
import type { HubClient } from './hub-client.ts';
import { ageOf } from './render/age.ts';
import type { Finding } from './render/findings.ts';

/** What happened longer ago is no longer what somebody is at. */
const recentMs = 3_600_000;

/** Who waits to be let in, and whom the hub has turned away of late. Nothing for those who may not read that. */
export async function joinFindings(hub: HubClient, nowMs: number): Promise<readonly Finding[]> {
  try {
    const [{ items: tokens }, { items: audit }] = await Promise.all([
      hub.read('/v1/join-tokens', joinTokensSchema),
      hub.read('/v1/audit', auditSchema),
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
    const refused = audit.filter(({ object, result, at }) => object === '/v1/join' && result === 'refused' && isRecent(at));
    return [...waiting, ...expired, ...refusals(refused)];
  } catch (error) {
    if (isCoded(error, 'forbidden', 'not-found')) return [];
    throw error;
  }
}

/** One line for each reason: a spoke repeats what it asks. */
function refusals(refused: readonly { readonly actor: string; readonly detail: string; readonly count: number }[]): readonly Finding[] {
  return [...Map.groupBy(refused, ({ detail }) => detail)].map(([detail, entries]) => {
    const from = [...new Set(entries.map(({ actor }) => actor.replace(/^nobody at /, '')))];
    const sum = entries.reduce((joins, { count }) => joins + count, 0);
    const times = sum === 1 ? 'a join was refused' : `${sum} joins were refused`;
    const text = `${times} in the last hour, from ${from.slice(0, 3).join(', ')}: ${detail}; see docs/runbooks/spoke-cannot-join.md`;
    return { level: 'warn', what: 'joining', text };
  });
}
