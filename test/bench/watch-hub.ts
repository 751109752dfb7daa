import type { HubEvent, Row } from '@accord/proto/api';
import type { RestClient } from './rest-client.ts';
import { Sightings } from './sightings.ts';

/** The bench's own event stream at the hub. */
export async function watchHub(client: RestClient, signal: AbortSignal): Promise<Sightings<HubEvent>> {
  const seen = new Sightings<HubEvent>();
  await followHub(client, (event) => seen.see(event), signal);
  return seen;
}

/** The same for whoever wants every event. */
export async function followHub(client: RestClient, onEvent: (event: HubEvent) => void, signal: AbortSignal): Promise<void> {
  const prefix = 'data: ';
  const onLine = (line: string): void => {
    if (line.startsWith(prefix)) onEvent(JSON.parse(line.slice(prefix.length)) as HubEvent);
  };
  await client.lines({ path: '/v1/events', accept: 'text/event-stream' }, onLine, signal);
}

/** Whether the event says that a policy is applied at a revision or a later one. */
export function isApplied({ policy, revision }: { readonly policy: string; readonly revision: number }): (event: HubEvent) => boolean {
  return (event) => event.type === 'row' && event.row.policy === policy && rowIsApplied(event.row, revision);
}

export function rowIsApplied(row: Row, revision: number): boolean {
  return row.state === 'Applied' && row.reportedRevision >= revision;
}
