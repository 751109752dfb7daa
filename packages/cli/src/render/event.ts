import type { ShownEvent } from '../event-filter.ts';
import { renderObject } from './object-key.ts';

/** One line for what happened. */
export function renderEvent(event: ShownEvent): string {
  switch (event.type) {
    case 'row':
      return `${event.row.state.padEnd(9)} ${event.row.sentence}${event.change === '' ? '' : ` (${event.change})`}`;
    case 'policy':
      return `policy    ${event.name} is at revision ${event.revision}`;
    case 'cluster':
      return `cluster   ${event.name} is ${event.connection === 'unknown' ? 'not heard of' : event.connection}`;
    case 'change':
      return `change    ${event.id} of ${event.actor} was accepted`;
    case 'heal':
      return `healed    ${renderObject(event.object)} of ${event.policy} on ${event.cluster} in ${(event.healedMs - event.seenMs).toFixed(1)} ms`;
  }
}
