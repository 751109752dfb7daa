import type { Fleet } from '@accord/proto/api';
import type { changesSchema } from '@accord/proto/api-history';
import type * as z from 'zod';
import type { Paint } from '../terminal.ts';
import { ageOf } from './age.ts';
import { renderStates } from './counts.ts';
import { renderObject } from './object-key.ts';
import { renderSection, renderTable } from './table.ts';

export interface StatusInput {
  readonly fleet: Fleet;
  readonly changes: z.infer<typeof changesSchema>['items'];
  readonly nowMs: number;
}

const recentMs = 30 * 60_000;
const linesMax = 10;

/** The screen for the moment when something is wrong: how it stands, what changed lately, what is held up and by what. */
export function renderStatus({ fleet, changes, nowMs }: StatusInput, paint: Paint): readonly string[] {
  const recent = changes.filter(({ acceptedAt }) => nowMs - Date.parse(acceptedAt) <= recentMs);
  return [
    ...summary(fleet),
    '',
    ...section('Changed in the last 30 minutes', 'Nothing changed in the last 30 minutes.', renderChanges(recent, nowMs), paint),
    '',
    ...section('Held up', 'Nothing is held up.', renderHeldUp(fleet, paint), paint),
    '',
    ...section('Healed', 'Nobody has changed what policies own.', renderHeals(fleet.heals, nowMs), paint),
  ];
}

function summary({ clusters, policies, rows }: Fleet): readonly string[] {
  const { total, live, offline, unknown, behind } = clusters;
  const parts = [`${live} live`, ...counted(offline, 'offline'), ...counted(behind, 'behind'), ...counted(unknown, 'not heard of yet')];
  return renderTable([
    ['Clusters', `${total}: ${parts.join(' · ')}`],
    ['Policies', `${policies}: ${renderStates(rows)}`],
  ]);
}

function counted(count: number, word: string): readonly string[] {
  return count > 0 ? [`${count} ${word}`] : [];
}

function section(heading: string, nothing: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [nothing] : renderSection(paint('bold', heading), lines);
}

function renderChanges(changes: StatusInput['changes'], nowMs: number): readonly string[] {
  const newestFirst = changes.toSorted((a, b) => Date.parse(b.acceptedAt) - Date.parse(a.acceptedAt));
  const rows = newestFirst
    .slice(0, linesMax)
    .map(({ id, type, actor, reason, acceptedAt }) => [
      `${ageOf(acceptedAt, nowMs)} ago`,
      id,
      type,
      `by ${actor}${reason === '' ? '' : `: ${reason}`}`,
    ]);
  return [...renderTable(rows), ...andMore(changes.length, 'see all: accord audit')];
}

function renderHeldUp({ problems }: Fleet, paint: Paint): readonly string[] {
  const lines = problems.slice(0, linesMax).map(({ state, sentence }) => `${paint('red', state)}  ${sentence}`);
  return [...lines, ...andMore(problems.length, 'see all: accord get policies -o wide')];
}

function renderHeals(heals: Fleet['heals'], nowMs: number): readonly string[] {
  const newestFirst = heals.toSorted((a, b) => Date.parse(b.healedAt) - Date.parse(a.healedAt));
  const rows = newestFirst
    .slice(0, linesMax)
    .map(({ cluster, policy, object, manager, operation, seenAt, healedAt }) => [
      `${ageOf(healedAt, nowMs)} ago`,
      cluster,
      policy,
      renderObject(object),
      `${evidence(manager, operation)}, healed in ${Date.parse(healedAt) - Date.parse(seenAt)} ms`,
    ]);
  return [...renderTable(rows), ...andMore(heals.length, 'follow them: accord watch')];
}

/** Whoever writes chooses the name of its field manager, so it is shown as what it says and not as who it was. */
export function evidence(manager: string, operation: string): string {
  const did = operation === '' ? 'changed' : operation.toLowerCase() === 'delete' ? 'deleted' : `changed (${operation})`;
  return manager === '' ? did : `${did} by "${manager}"`;
}

function andMore(count: number, how: string): readonly string[] {
  return count > linesMax ? [`… and ${count - linesMax} more; ${how}`] : [];
}
