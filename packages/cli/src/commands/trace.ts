import { nearestName } from '@accord/core/policy/nearest-name';
import { changeSchema, changesSchema, type ChangeTimeline } from '@accord/proto/api-history';
import { CodedError } from '@accord/proto/coded-error';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { HubClient } from '../hub-client.ts';
import { parseDuration, parseOfflineMax } from '../parse-duration.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderSteps } from '../render/steps.ts';
import { renderWaterfall } from '../render/waterfall.ts';
import { waitForApply, waitForCluster, waitForRemoval } from '../wait.ts';
import { addOutputOption, type Output } from './output-option.ts';
import { waitingOf } from './wait-options.ts';

interface TraceOptions {
  readonly output?: Output;
  readonly raw?: true;
  readonly all?: true;
  readonly steps?: string;
  readonly watch?: true;
  readonly timeout: number;
  readonly allowOffline: number;
}

export function addTrace(program: Command, context: Context): void {
  const command = program
    .command('trace')
    .summary('where a change is, and where its time went')
    .description(
      'Shows each hop of a change: accepted, published, received, verified, compiled, applied, reported, folded. Of many clusters it shows the percentiles of each hop, the five slowest, and what those wait for that have not applied it.',
    )
    .argument('<change>', 'for example team-payments@42, or team-payments for its last change')
    .option('--all', 'every cluster, however many there are')
    .option('--steps <cluster>', 'every state in which it stood on this cluster (waits, retries, refusals), and the stages of its apply')
    .option('--raw', 'times as hub and spoke each read their own clock')
    .option('-w, --watch', 'follow it first until every cluster has applied it; exit codes as of apply --wait')
    .addOption(new Option('--timeout <duration>', 'how long to follow; then exit code 3').argParser(parseDuration).default(60_000, '1m'))
    .option('--allow-offline <n>', 'so many offline clusters (or all) are no failure', parseOfflineMax, 0)
    .addHelpText('after', '\nExample:\n  accord trace team-payments@42\n  accord trace team-payments -w --timeout 5m --allow-offline 1');
  addOutputOption(command, ['json']).action(async (change: string, options: TraceOptions) =>
    context.finish(await trace(context, change, options)),
  );
}

async function trace(context: Context, words: string, options: TraceOptions): Promise<ExitCode> {
  const { hub, terminal } = context;
  const id = words.includes('@') ? words : await lastChange(hub(), words);
  const path = `/v1/changes/${encodeURIComponent(id)}`;
  const code = options.watch ? await follow(context, await hub().read(path, changeSchema), options) : exitCodes.done;
  if (options.output === 'json') {
    terminal.print(renderJson((await hub().send(path)).body));
    return code;
  }
  const change = await hub().read(path, changeSchema);
  const { drawingWidth: width, sentenceWidth, paint } = terminal;
  if (options.steps === undefined) {
    const clock = options.raw ? 'raw' : 'corrected';
    terminal.print(...renderWaterfall(change, paint, { clock, isAll: options.all === true, width, sentenceWidth }));
  } else terminal.print(...renderSteps(onCluster(change, options.steps), paint));
  return code;
}

/** What a newer revision has taken the place of is not waited for: it may never arrive. */
async function follow(context: Context, change: ChangeTimeline, options: TraceOptions): Promise<ExitCode> {
  const { object, revision, type, supersededBy } = change;
  if (supersededBy !== undefined) {
    context.terminal.note(`${change.id} is not waited for, because ${supersededBy} came after it: accord trace ${supersededBy} -w`);
    return change.clusters.every(({ state }) => state === 'Applied') ? exitCodes.done : exitCodes.notConverged;
  }
  const waiting = { ...waitingOf(options, context.now()), isQuiet: true };
  const slash = object.indexOf('/');
  const [kind, name] = [object.slice(0, slash), object.slice(slash + 1)];
  if (kind === 'cluster') return waitForCluster(context, name, waiting);
  if (kind !== 'policy') return exitCodes.done;
  return type === 'PolicyDeleted' ? waitForRemoval(context, name, waiting) : waitForApply(context, { name, revision }, waiting);
}

function onCluster({ id, clusters }: ChangeTimeline, name: string): ChangeTimeline['clusters'][number] {
  const found = clusters.find(({ cluster }) => cluster === name);
  if (found !== undefined) return found;
  const near = nearestName(
    name,
    clusters.map(({ cluster }) => cluster),
  );
  throw new CodedError('not-found', `${id} is not for a cluster called ${JSON.stringify(name)}`, {
    help: near === undefined ? `See for which it is: accord trace ${id} --all` : `Did you mean: accord trace ${id} --steps ${near}`,
  });
}

async function lastChange(hub: HubClient, name: string): Promise<string> {
  const query = name.includes('/') ? {} : { policy: name, limit: '1' };
  const { items } = await hub.read('/v1/changes', changesSchema, { query });
  const last = items.find(({ id }) => id.startsWith(`${name}@`));
  if (last === undefined)
    throw new CodedError('not-found', `No change of ${name} is known`, { help: 'See the last changes: accord status' });
  return last.id;
}
