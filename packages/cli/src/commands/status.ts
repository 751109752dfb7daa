import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { renewOnEvents } from '../renew-on-events.ts';
import { checkedDuration } from '../parse-duration.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderStatus } from '../render/status.ts';
import { gatherIncident, type Incident } from '../status/gather-incident.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface StatusOptions {
  readonly output?: Output;
  readonly since: string;
  readonly watch?: true;
  readonly exitCode?: true;
}

export function addStatus(program: Command, context: Context): void {
  const command = program
    .command('status')
    .summary('how the fleet stands, what changed, what got worse since')
    .description(
      'The screen for an incident: how the fleet stands, what was changed lately, what got worse since and what takes it back, and the three commonest things that hold policies up. The exit code is 0 whatever it shows, unless --exit-code is given.',
    )
    .option('--since <duration>', 'how far back to look', checkedDuration, '30m')
    .option('-w, --watch', 'show it anew whenever something happens, until Ctrl-C')
    .option('--exit-code', 'exit code 1 when something needs a person, for scripts and monitors')
    .addHelpText('after', '\nExample:\n  accord status --since 2h\n  accord status --exit-code > /dev/null || page-somebody');
  addOutputOption(command, ['json']).action(async (options: StatusOptions) => context.finish(await status(context, options)));
}

async function status(context: Context, { output, since, watch, exitCode }: StatusOptions): Promise<ExitCode> {
  const { hub, terminal, now } = context;
  const look = (): Promise<Incident> => gatherIncident(hub(), { since, nowMs: now() });
  const render = (incident: Incident): readonly string[] =>
    output === 'json' ? [renderJson(bodyOf(incident))] : renderStatus(incident, terminal.paint, terminal.sentenceWidth);
  if (watch) return renewOnEvents(context, async () => render(await look()));
  const incident = await look();
  terminal.print(...render(incident));
  return exitCode && incident.health.level === 'needs-a-person' ? exitCodes.failed : exitCodes.done;
}

/** The same facts for a program; times as the hub writes them. */
function bodyOf({ sinceMs, nowMs, worse, since: _since, ...facts }: Incident): object {
  const time = (ms: number): string => new Date(ms).toISOString();
  return { at: time(nowMs), since: time(sinceMs), ...facts, worse: worse.map(({ atMs, ...what }) => ({ ...what, at: time(atMs) })) };
}
