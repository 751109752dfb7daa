import { setTimeout as sleep } from 'node:timers/promises';
import { rowsSchema, type Row } from '@accord/proto/api';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Context } from './context.ts';
import { convergenceOf, countProgress, progressOf, removalOf, type Convergence, type RowCounts } from './convergence.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { HubClient, Told } from './hub-client.ts';
import { renderCounts, renderLastKnown, renderProgress } from './render/counts.ts';

export interface Waiting {
  /** When to give up; one moment for all that one command waits for. */
  readonly deadlineMs: number;
  /** So many offline clusters do not spoil the exit code. */
  readonly offlineMax: number;
  /** Only how far it is is told: the caller shows how it ended. */
  readonly isQuiet?: boolean;
}

interface Seen {
  readonly rows: readonly Row[];
  readonly kinds: readonly ReturnType<typeof progressOf>[];
  readonly counts: RowCounts;
}

/** Waits until `revision` of the policy is in wherever it belongs, showing how far it is. Gives the exit code; what holds it up is printed. */
export async function waitForApply(
  context: Context,
  written: { readonly name: string; readonly revision: number },
  waiting: Waiting,
): Promise<ExitCode> {
  const look = async (): Promise<Seen> => seen(await readRows(context.hub(), written.name), (row) => progressOf(row, written.revision));
  const result = await waitUntilSettled(context, { name: written.name, word: 'applied', look }, waiting.deadlineMs);
  if (result.counts.total === 0)
    context.terminal.note(`${written.name} selects no cluster. See why: accord describe policy ${written.name}`);
  return conclude(context, result, waiting);
}

/** Waits until every policy that the cluster should have is in, and those that it should not have are gone. */
export async function waitForCluster(context: Context, name: string, waiting: Waiting): Promise<ExitCode> {
  const path = `/v1/clusters/${encodeURIComponent(name)}/policies`;
  const look = async (): Promise<Seen> =>
    seen(await readPages(context.hub(), path), (row) => (row.selected ? progressOf(row, row.revision) : removalOf(row)));
  return conclude(context, await waitUntilSettled(context, { name, word: 'applied', look }, waiting.deadlineMs), waiting);
}

/** Waits until no cluster has the deleted policy any more. */
export async function waitForRemoval(context: Context, name: string, waiting: Waiting): Promise<ExitCode> {
  let most = 0;
  const look = async (): Promise<Seen> => {
    const state = seen(await readRowsIfThere(context.hub(), name), removalOf);
    most = Math.max(most, state.rows.length);
    // A cluster that has removed it has no row any more.
    return { ...state, counts: { ...state.counts, total: most, applied: state.counts.applied + most - state.rows.length } };
  };
  return conclude(context, await waitUntilSettled(context, { name, word: 'removed', look }, waiting.deadlineMs), waiting);
}

/** Waits until the cluster is no member any more. What holds it up there is told as for a policy that leaves. */
export async function waitForLeave(context: Context, name: string, waiting: Waiting): Promise<ExitCode> {
  const path = `/v1/clusters/${encodeURIComponent(name)}/policies`;
  let most = 0;
  const look = async (): Promise<Seen> => {
    const rows = await ifThere(readPages(context.hub(), path));
    const state = seen(rows ?? [], removalOf);
    most = Math.max(most, state.rows.length);
    // Once nothing is left the cluster still has to say so.
    const moving = rows?.length === 0 ? 1 : state.counts.moving;
    return { ...state, counts: { ...state.counts, moving, total: most, applied: state.counts.applied + most - state.rows.length } };
  };
  return conclude(context, await waitUntilSettled(context, { name, word: 'policies gone', look }, waiting.deadlineMs), waiting);
}

/** All rows of a policy, page by page; with `q` those of clusters that have it in their name. */
export async function readRows(hub: HubClient, policy: string, q?: string): Promise<readonly Row[]> {
  return readPages(hub, `/v1/policies/${encodeURIComponent(policy)}/clusters`, q);
}

/** All pages of a list of rows. */
export async function readPages(hub: HubClient, path: string, q?: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let next: string | undefined;
  do {
    const page = await hub.read(path, rowsSchema, { query: { q, continue: next } });
    rows.push(...page.items);
    next = page.continue;
  } while (next !== undefined && next !== '');
  return rows;
}

/** Once every cluster has removed it the hub may no longer know the name. */
async function readRowsIfThere(hub: HubClient, policy: string): Promise<readonly Row[]> {
  return (await ifThere(readRows(hub, policy))) ?? [];
}

async function ifThere(rows: Promise<readonly Row[]>): Promise<readonly Row[] | undefined> {
  try {
    return await rows;
  } catch (error) {
    if (isCoded(error, 'not-found')) return undefined;
    throw error;
  }
}

function seen(rows: readonly Row[], kindOf: (row: Row) => ReturnType<typeof progressOf>): Seen {
  const kinds = rows.map(kindOf);
  return { rows, kinds, counts: countProgress(kinds) };
}

interface Wanted {
  readonly name: string;
  readonly word: string;
  readonly look: () => Promise<Seen>;
}

type Result = Seen & Pick<Wanted, 'name' | 'word'> & { readonly convergence: Convergence; readonly elapsedMs: number };

/** Looks at once, then after every event about it. An event may be lost, or come before the stream is open, so it also looks by itself: soon at first, then each second. */
async function waitUntilSettled(context: Context, { name, word, look }: Wanted, deadlineMs: number): Promise<Result> {
  const { terminal, now } = context;
  const started = now();
  const done = new AbortController();
  const wake = wakeOn(context.hub(), name, AbortSignal.any([context.signal, done.signal]));
  try {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
      const state = await look();
      const convergence = convergenceOf(state.counts);
      terminal.progress(`${renderCounts(state.counts, word)}${renderProgress(state.rows)}`);
      if (convergence !== 'moving' || now() >= deadlineMs) return { ...state, name, word, convergence, elapsedMs: now() - started };
      await wake(Math.min(pauseMs, deadlineMs - now()));
    }
  } finally {
    done.abort();
    terminal.endProgress();
  }
}

/** A pause that ends early when something happens to the policy or cluster. Without the event stream it is a pause and nothing is lost. */
function wakeOn(hub: HubClient, name: string, signal: AbortSignal): (ms: number) => Promise<void> {
  let happened = false;
  let wake: (() => void) | undefined;
  const follow = async (): Promise<void> => {
    for await (const told of hub.events({ signal })) {
      if (told !== 'listening' && !mayConcern(told, name)) continue;
      happened = true;
      wake?.();
    }
  };
  follow().catch((error: unknown) => {
    if (!signal.aborted && !(error instanceof CodedError)) throw error;
  });
  return async (ms) => {
    const awake = new AbortController();
    wake = () => awake.abort();
    if (!happened) await sleep(ms, undefined, { signal: AbortSignal.any([signal, awake.signal]) }).catch(() => undefined);
    happened = false;
    signal.throwIfAborted();
  };
}

function mayConcern({ event, isReset }: Told, name: string): boolean {
  if (event === undefined) return isReset;
  return event.type !== 'heal' && (event.type !== 'row' || event.row.policy === name || event.row.cluster === name);
}

function conclude({ terminal, now }: Context, result: Result, waiting: Waiting): ExitCode {
  if (waiting.isQuiet) return exitCodeOf(result, waiting);
  const { rows, kinds, counts, convergence, name, word, elapsedMs } = result;
  for (const [index, row] of rows.entries()) if (kinds[index] !== 'applied') terminal.note(row.sentence);
  // Not in what is shown on the way: there it would be news with each second.
  const known = renderLastKnown(rows, now());
  terminal.print(
    `${name}: ${renderCounts(counts, word, known)} ${convergence === 'moving' ? 'after' : 'in'} ${elapsedMs < 1000 ? `${Math.round(elapsedMs)} ms` : `${(elapsedMs / 1000).toFixed(1)} s`}`,
  );
  return exitCodeOf(result, waiting);
}

function exitCodeOf({ convergence, counts }: Result, { offlineMax }: Waiting): ExitCode {
  switch (convergence) {
    case 'converged':
      return exitCodes.done;
    case 'held-up':
      return exitCodes.failed;
    case 'moving':
      return exitCodes.notConverged;
    case 'offline':
      return counts.offline <= offlineMax ? exitCodes.done : exitCodes.offline;
  }
}
