import { fleetSchema, type Fleet, type Row } from '@accord/proto/api';
import { changeSchema, changesSchema, driftsSchema } from '@accord/proto/api-history';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { isCoded } from '@accord/proto/coded-error';
import type { HubClient } from '../hub-client.ts';
import { collectionPath } from '../objects/kinds.ts';
import { parseDuration } from '../parse-duration.ts';
import { readAs } from '../read-as.ts';
import { readRawList } from '../read-raw.ts';
import { escapeControlsIn } from '../render/escape-controls.ts';
import { clusterSchema } from '../resources.ts';
import { findWorsening, type Change, type Observed, type Worsening } from './find-worsening.ts';
import { groupBlockers, type Blocker } from './group-blockers.ts';
import { missingTimeline } from './held-since.ts';
import { judgeHealth, type Health } from './judge-health.ts';

/** How the fleet stands, what was changed lately, and what got worse since. */
export interface Incident {
  /** How long ago, as it was asked for: `30m`. */
  readonly since: string;
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly health: Health;
  readonly fleet: Fleet;
  /** Newest first. */
  readonly changes: readonly Change[];
  readonly worse: readonly Worsening[];
  /** The commonest first. */
  readonly blockers: readonly Blocker[];
  /** Objects that were put right, or only seen not to be, since then; at most `driftMax`. */
  readonly drifted: number;
}

export const driftMax = 1_000;
const changesMax = 200;
/** Each is read with all of its clusters; beyond these nothing is said about when a row began to be held up. */
const timelinesMax = 20;

/** Reads what the incident screen shows. Rejects as `HubClient.read`. */
export async function gatherIncident(hub: HubClient, { since, nowMs }: Pick<Incident, 'since' | 'nowMs'>): Promise<Incident> {
  const sinceMs = nowMs - parseDuration(since);
  const [fleet, { items: changes }, { items: drift }] = await Promise.all([
    hub.read('/v1/fleet', fleetSchema),
    hub.read('/v1/changes', changesSchema, { query: { since, limit: String(changesMax) } }),
    hub.read('/v1/drift', driftsSchema, { query: { since, limit: String(driftMax) } }),
  ]);
  const [offline, timelines] = await Promise.all([
    fleet.clusters.offline === 0 ? [] : offlineClusters(hub, nowMs),
    readTimelines(hub, fleet.problems, sinceMs),
  ]);
  return {
    ...{ since, sinceMs, nowMs, fleet, changes },
    health: judgeHealth(fleet, offline.length),
    worse: findWorsening({ heldUp: fleet.problems, timelines, changes, drift, offline, sinceMs }),
    blockers: groupBlockers(fleet.problems),
    drifted: drift.length,
  };
}

/** One that was revoked is as it was wanted. */
async function offlineClusters(hub: HubClient, nowMs: number): Promise<Observed['offline']> {
  const { items } = await readRawList(hub, collectionPath('Cluster'), {});
  return items.flatMap((raw) => {
    const { metadata, status } = readAs('The hub', clusterSchema, escapeControlsIn(raw));
    const isRevoked = status.conditions.some(({ type, reason }) => type === 'Ready' && reason === 'Revoked');
    if (status.connection !== 'offline' || isRevoked) return [];
    return [{ cluster: metadata.name, sinceMs: status.offlineSince === undefined ? nowMs : Date.parse(status.offlineSince) }];
  });
}

/** As many as it takes to know when each row began to be held up. What is not kept any more stays unknown. */
async function readTimelines(hub: HubClient, rows: readonly Row[], sinceMs: number): Promise<ReadonlyMap<string, ChangeTimeline>> {
  const timelines = new Map<string, ChangeTimeline>();
  const unknown = new Set<string>();
  while (timelines.size + unknown.size < timelinesMax) {
    const wanted = rows.map((row) => missingTimeline(row, timelines, sinceMs)).filter((id) => id !== undefined && !unknown.has(id));
    const ids = [...new Set(wanted)].slice(0, timelinesMax - timelines.size - unknown.size);
    if (ids.length === 0) break;
    await Promise.all(
      ids.map(async (id = '') => {
        const change = await readTimeline(hub, id);
        if (change === undefined) unknown.add(id);
        else timelines.set(id, change);
      }),
    );
  }
  return timelines;
}

async function readTimeline(hub: HubClient, id: string): Promise<ChangeTimeline | undefined> {
  try {
    return await hub.read(`/v1/changes/${encodeURIComponent(id)}`, changeSchema);
  } catch (error) {
    if (isCoded(error, 'not-found', 'gone')) return undefined;
    throw error;
  }
}
