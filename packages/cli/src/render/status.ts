import { humanDuration } from '@accord/proto/human-duration';
import type { Fleet } from '@accord/proto/api';
import type { Worsening } from '../status/find-worsening.ts';
import { driftMax, type Incident } from '../status/gather-incident.ts';
import { withoutFreshness, type Blocker } from '../status/group-blockers.ts';
import { countHeldUp } from '../status/held-up.ts';
import type { Health } from '../status/judge-health.ts';
import type { Paint, Style } from '../terminal.ts';
import { ageOf } from './age.ts';
import { renderStates } from './counts.ts';
import { evidence } from './evidence.ts';
import { renderSection, renderTable } from './table.ts';
import { wrapText } from './wrap-text.ts';

const linesMax = 10;
const blockersMax = 3;
const namedMax = 3;
const colours = { well: 'green', moving: 'yellow', 'needs-a-person': 'red' } as const satisfies Record<Health['level'], Style>;

/**
 * The screen for the moment when something is wrong: how it stands, what changed lately, what got worse since, what most of it
 * waits for, and what to run. Sentences are broken at `width`, where somebody looks.
 */
export function renderStatus(incident: Incident, paint: Paint, width = Infinity): readonly string[] {
  const { health, fleet, changes, worse, blockers, since, nowMs } = incident;
  // Sections are set in by two.
  const broken = (text: string): readonly string[] => wrapText(text, width - 2);
  return [
    ...wrapText(health.sentence, width).map((line) => paint(colours[health.level], line)),
    '',
    ...summary(fleet),
    ...section(`Changed in the last ${since}`, renderChanges(changes, nowMs), paint, `Nothing was changed in the last ${since}.`),
    ...section(
      `Worse in the last ${since}`,
      worse.slice(0, linesMax).flatMap((one) => renderWorsening(one, { since, nowMs }).flatMap(broken)),
      paint,
      `Nothing got worse in the last ${since}.`,
    ),
    ...section('Alarms', fleet.alarms.flatMap(broken), paint),
    ...section('Held up', renderBlockers(blockers, fleet).flatMap(broken), paint),
    ...renderDrifted(incident),
  ];
}

function section(heading: string, lines: readonly string[], paint: Paint, nothing?: string): readonly string[] {
  if (lines.length === 0) return nothing === undefined ? [] : ['', nothing];
  return ['', ...renderSection(paint('bold', heading), lines)];
}

function summary({ clusters, policies, rows }: Fleet): readonly string[] {
  const { total, live, offline, unknown, behind, stuck } = clusters;
  const parts = [
    `${live} live`,
    ...counted(offline, 'offline'),
    ...counted(behind, 'behind'),
    ...counted(stuck, 'stuck'),
    ...counted(unknown, 'not heard of yet'),
  ];
  return renderTable([
    ['Clusters', `${total}: ${parts.join(' · ')}`],
    ['Policies', `${policies}: ${renderStates(rows)}`],
  ]);
}

function counted(count: number, word: string): readonly string[] {
  return count > 0 ? [`${count} ${word}`] : [];
}

function renderChanges(changes: Incident['changes'], nowMs: number): readonly string[] {
  const newestFirst = changes.toSorted((a, b) => Date.parse(b.acceptedAt) - Date.parse(a.acceptedAt));
  const rows = newestFirst
    .slice(0, linesMax)
    .map(({ id, type, actor, reason, acceptedAt }) => [
      `${ageOf(acceptedAt, nowMs)} ago`,
      id,
      type,
      `by ${actor}${reason === '' ? '' : `: ${reason}`}`,
    ]);
  return [...renderTable(rows), ...andMore(changes.length, linesMax, 'see all: accord audit')];
}

/** What it is, and below it what to look at, and what takes it back. */
function renderWorsening(worse: Worsening, { since, nowMs }: { readonly since: string; readonly nowMs: number }): readonly string[] {
  const on = named(worse.clusters);
  const ago = humanDuration(nowMs - worse.atMs);
  switch (worse.kind) {
    case 'held-up': {
      const after = worse.change === undefined ? '' : `, since ${worse.change}`;
      const undo = worse.undo === undefined ? [] : [`  take it back: ${worse.undo}`];
      const see = worse.change === undefined ? `accord why ${worse.policy} ${worse.clusters[0]}` : `accord trace ${worse.change}`;
      return [`${worse.policy} is ${worse.state} on ${on} for ${ago}${after}`, ...undo, `  look closer: ${see}`];
    }
    case 'offline':
      return [`${on} went offline, the first ${ago} ago`, '  look closer: accord doctor'];
    case 'drift':
      return [
        `${worse.times} times ${worse.objects === 1 ? 'an object' : `one of ${worse.objects} objects`} of ${worse.policy} was ${evidence(worse.manager, worse.operation)} on ${on}`,
        `  look closer: accord drift --policy ${worse.policy} --since ${since}`,
      ];
  }
}

function renderBlockers(blockers: readonly Blocker[], { problems, rows }: Fleet): readonly string[] {
  const lines = blockers
    .slice(0, blockersMax)
    .flatMap(({ rows: count, policies, clusters, example }) => [
      `${count}× ${withoutFreshness(example.sentence)}`,
      ...(count === 1 ? [] : [`  ${named(policies)} on ${named(clusters)}`]),
      `  look closer: accord why ${example.policy} ${example.cluster}`,
    ]);
  const left = blockers.slice(blockersMax).reduce((sum, { rows: count }) => sum + count, 0);
  // The hub names a hundred of them.
  const more = left + Math.max(0, countHeldUp(rows) - problems.length);
  return [...lines, ...(more === 0 ? [] : [`… and ${more} more ${more === 1 ? 'row' : 'rows'}; see all: accord doctor`])];
}

function renderDrifted({ drifted, worse, since }: Incident): readonly string[] {
  if (drifted === 0 || worse.some(({ kind }) => kind === 'drift')) return [];
  const count = drifted >= driftMax ? `${driftMax} times or more` : drifted === 1 ? 'Once' : `${drifted} times`;
  return ['', `${count} an object was not as wanted in the last ${since}; see: accord drift --since ${since}`];
}

/** The names of a few, the number of many. */
function named(names: readonly string[]): string {
  return names.length <= namedMax ? names.join(', ') : `${names.slice(0, namedMax - 1).join(', ')} and ${names.length - namedMax + 1} more`;
}

function andMore(count: number, max: number, how: string): readonly string[] {
  return count > max ? [`… and ${count - max} more; ${how}`] : [];
}
