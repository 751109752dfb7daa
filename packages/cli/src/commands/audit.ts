import { setTimeout as sleep } from 'node:timers/promises';
import { auditEntrySchema, auditSchema } from '@accord/proto/api';
import { Option, type Command } from 'commander';
import type * as z from 'zod';
import type { Context } from '../context.ts';
import { isAway } from '../failure-of.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { renderJsonLine } from '../render/machine-text.ts';
import { escapeControlsIn } from '../render/escape-controls.ts';
import { renderTable } from '../render/table.ts';
import { readAs } from '../read-as.ts';
import { untilStopped } from '../until-stopped.ts';
import { addOutputOption, type Output } from './output-option.ts';

type Entry = z.infer<typeof auditEntrySchema>;

interface AuditOptions {
  readonly output?: Output;
  readonly watch?: true;
  readonly tail: number;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly result?: string;
  readonly since?: string;
}

const pollMs = 1_000;
/** What is counted for a minute is told with the time at which it began. */
const lateMsMax = 120_000;

export function addAudit(program: Command, context: Context): void {
  const command = program
    .command('audit')
    .summary('who did what, and what was refused')
    .description('Lists writes and refusals, the latest last. As JSON each is one line, as collectors of logs read them.')
    .addOption(new Option('--tail <n>', 'so many of the latest').argParser(parseWholeNumber).default(50))
    .option('--actor <name>', 'only of this one, for example token/ci')
    .option('--action <word>', 'only this, for example PolicyChanged or TokenMinted')
    .option('--object <name>', 'only about this, for example policy.team-payments')
    .option('--result <word>', 'only stored, refused, done or lost')
    .option('--since <time>', 'from this time on, or so long ago: 2h')
    .option('-w, --watch', 'then show what comes, until Ctrl-C')
    .addHelpText('after', '\nExample:\n  accord audit --tail 20 --result refused --since 24h\n  accord audit -w -o json >> audit.jsonl');
  addOutputOption(command, ['json']).action(async (options: AuditOptions) => context.finish(await audit(context, options)));
}

async function audit(context: Context, { output, watch, ...asked }: AuditOptions): Promise<ExitCode> {
  const print = printer(context, output);
  const query = { ...asked, tail: undefined, limit: String(asked.tail) };
  if (!watch) {
    print(await readEntries(context, query));
    return exitCodes.done;
  }
  // What was not asked for is no news either; read first, so that what comes meanwhile is among the latest.
  const before = (await readAgain(context, lately(query, context.now() - lateMsMax))) ?? [];
  const latest = await readEntries(context, query);
  print(latest);
  return untilStopped(context, () => follow(context, { query, before, latest, print }));
}

type Query = Readonly<Record<string, string | undefined>>;

/** As they came, the latest last. */
async function readEntries({ hub }: Context, query: Query): Promise<readonly unknown[]> {
  const { body } = await hub().send('/v1/audit', { query });
  readAs('/v1/audit', auditSchema, body);
  return (body as { readonly items: readonly unknown[] }).items.toReversed();
}

function lately(query: Query, sinceMs: number): Query {
  return { ...query, limit: '1000', since: new Date(sinceMs).toISOString() };
}

interface Following {
  readonly query: Query;
  /** Known already, and not shown. */
  readonly before: readonly unknown[];
  readonly latest: readonly unknown[];
  readonly print: (entries: readonly unknown[]) => void;
}

/** Asks again from a little before the last one; what was shown before is known by what it says. */
async function follow(context: Context, { query, before, latest, print }: Following): Promise<void> {
  let shown = new Set([...before, ...latest].map(renderJsonLine));
  let sinceMs = Math.max(context.now() - lateMsMax, ...latest.map((entry) => timeOf(entry) - lateMsMax));
  for (;;) {
    await sleep(pollMs, undefined, { signal: context.signal });
    const entries = await readAgain(context, lately(query, sinceMs));
    if (entries === undefined) continue;
    print(entries.filter((entry) => !shown.has(renderJsonLine(entry))));
    shown = new Set([...entries.map(renderJsonLine), ...shown].slice(0, 10_000));
    sinceMs = Math.max(sinceMs, ...entries.map((entry) => timeOf(entry) - lateMsMax));
  }
}

/** Undefined while the hub does not answer: it forgets nothing meanwhile. */
async function readAgain(context: Context, query: Query): Promise<readonly unknown[] | undefined> {
  try {
    return await readEntries(context, query);
  } catch (error) {
    if (!isAway(error)) throw error;
    return undefined;
  }
}

function timeOf(entry: unknown): number {
  return Date.parse((entry as Entry).at);
}

function printer({ terminal }: Context, output: Output | undefined): (entries: readonly unknown[]) => void {
  if (output === 'json') return (entries) => terminal.print(...entries.map(renderJsonLine));
  const widths: number[] = [];
  let isFirst = true;
  return (entries) => {
    const rows = entries.map((entry) => cellsOf(readAs('/v1/audit', auditEntrySchema, escapeControlsIn(entry))));
    // The heading is laid out each time, because a column is as wide as its heading, and printed once.
    const lines = renderTable([['AT', 'ACTOR', 'ACTION', 'OBJECT', 'CHANGE', 'RESULT', 'DETAIL'], ...rows], widths);
    terminal.print(...(isFirst ? lines : lines.slice(1)));
    isFirst = false;
  };
}

function cellsOf({ at, actor, action, object, change, result, reason, source, detail, count }: Entry): readonly string[] {
  const more = [reason, source, detail, count > 1 ? `${count} times` : ''].filter((text) => text !== '').join('; ');
  return [at, actor, action, object, change || '-', result, more];
}
