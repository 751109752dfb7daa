import type { Row } from '@accord/proto/api';
import type { PolicyRow, RowSources } from '@accord/core/status/policy-rows';
import type { Connection } from '@accord/core/view/presence';
import type { ClusterId } from '@accord/proto/ids';
import type { SyncState } from '@accord/proto/sync-state';
import { timeIn, timeOf } from './fact-history.ts';
import type { SeenRows } from './seen-rows.ts';

/** A row as it goes out. */
export function rowBody({ offlineSinceMs, observedAtMs, problems, retained, ...row }: PolicyRow): Row {
  return {
    ...row,
    problems: problems.map(problemBody),
    retained: [...retained],
    ...(offlineSinceMs !== undefined && { offlineSince: timeOf(offlineSinceMs) }),
    ...(observedAtMs > 0 && { observedAt: timeOf(observedAtMs) }),
  };
}

function problemBody({ object, state, reason, message, drift }: PolicyRow['problems'][number]): Row['problems'][number] {
  if (drift === null) return { object, state, reason, message };
  const { manager, operation, writtenMs, fields } = drift;
  const writtenAt = timeIn(writtenMs);
  return {
    ...{ object, state, reason, message },
    drift: { manager, operation, ...(writtenAt !== undefined && { writtenAt }), fields: [...fields] },
  };
}

/** Sources that ask once per cluster: the sync of a cluster takes a digest over all that it follows, and each of its rows wants it. */
export function rememberedSources({ registry, reported, connectionOf, syncOf, shows }: RowSources): RowSources {
  const connections = new Map<ClusterId, Connection>();
  const syncs = new Map<ClusterId, SyncState>();
  return {
    registry,
    reported,
    ...(shows !== undefined && { shows }),
    connectionOf: (id) => remembered(connections, id, connectionOf),
    syncOf: (id) => remembered(syncs, id, syncOf),
  };
}

/** As `rememberedSources`, with the sync that the table of rows knows; `rows` has to be settled. */
export function settledSources(projection: RowSources, rows: SeenRows): RowSources {
  return { ...rememberedSources(projection), syncOf: (id) => rows.syncOf(id) };
}

function remembered<Value>(known: Map<ClusterId, Value>, id: ClusterId, ask: (id: ClusterId) => Value): Value {
  const found = known.get(id);
  if (found !== undefined) return found;
  const value = ask(id);
  known.set(id, value);
  return value;
}
