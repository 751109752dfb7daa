import { selectorTest } from '@accord/core/labels/match-selector';
import { parseSelector } from '@accord/core/labels/parse-selector';
import type { LabelSelector } from '@accord/proto/selector';
import { InvalidArgumentError, type Command } from 'commander';
import type { Context } from '../context.ts';
import { matchesEvent, type EventFilter } from '../event-filter.ts';
import { isAway } from '../failure-of.ts';
import { followEvents } from '../follow-events.ts';
import type { HubClient, Told } from '../hub-client.ts';
import { collectionPath, objectPath } from '../objects/kinds.ts';
import { readRawList } from '../read-raw.ts';
import { renderEvent } from '../render/event.ts';
import { renderJsonLine } from '../render/machine-text.ts';
import { clusterSchema } from '../resources.ts';
import { untilStopped } from '../until-stopped.ts';
import { collect } from './collect.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface WatchOptions {
  readonly output?: Output;
  readonly policy?: readonly string[];
  readonly cluster?: readonly string[];
  readonly selector?: string;
}

export function addWatch(program: Command, context: Context): void {
  const command = program
    .command('watch')
    .summary('what happens, line by line')
    .description(
      'Prints what happens in the fleet as it happens: policies, states, connections, heals. It goes on after a cut connection; where something was missed meanwhile it says so. Ends with Ctrl-C and exit code 0.',
    )
    .option('--policy <name>', 'only about this policy; may be repeated', collect)
    .option('--cluster <name>', 'only about this cluster; may be repeated', collect)
    .option('-l, --selector <selector>', 'only about clusters with these labels, as in kubectl')
    .addHelpText('after', '\nExample:\n  accord watch --policy team-payments -l env=prod');
  addOutputOption(command, ['json']).action(async (options: WatchOptions) =>
    context.finish(await untilStopped(context, () => watch(context, options))),
  );
}

async function watch(context: Context, { output, policy, cluster, selector }: WatchOptions): Promise<void> {
  const { terminal, now } = context;
  const members = selector === undefined ? undefined : new Members(context.hub(), selectorOf(selector));
  const filter: EventFilter = { policies: policy, clusters: cluster, selected: members?.names };
  const note = outageNotes(context);
  for await (const told of followEvents(context)) {
    note(told);
    if (told === 'lost') continue;
    await members?.keepUp(told);
    if (typeof told === 'string') continue;
    const { event } = told;
    // What this version does not know goes on as it came, where no choice has to be made.
    if (event === undefined ? output !== 'json' || isFiltered(filter) : !matchesEvent(event, filter)) continue;
    if (output === 'json') terminal.print(renderJsonLine(bodyOf(told)));
    else if (event !== undefined) terminal.print(`${new Date(now()).toISOString().slice(11, 23)} ${renderEvent(event)}`);
  }
}

function isFiltered(filter: EventFilter): boolean {
  return Object.values(filter).some((wanted) => wanted !== undefined);
}

/** With the id after which the hub can go on, where it gives one. */
function bodyOf({ id, raw }: Told): unknown {
  return id === '' || typeof raw !== 'object' ? raw : { id, ...raw };
}

/** What is said of the connection: once when it is lost, and once when it is there again. */
function outageNotes({ terminal }: Context): (told: Told | string) => void {
  let isLost = false;
  return (told) => {
    if (told === 'missed') terminal.note('Events were missed; how it stands now: accord status');
    if (told === 'lost' && !isLost) terminal.note('The connection to the hub was cut; connecting again.');
    if (told === 'listening' && isLost) terminal.note('Connected again.');
    if (told === 'lost' || told === 'listening') isLost = told === 'lost';
  };
}

function selectorOf(text: string): LabelSelector {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid') throw new InvalidArgumentError(`-l: ${parsed.message}`);
  return parsed.selector;
}

/** The clusters that a selector selects, as their labels change. */
class Members {
  readonly names = new Set<string>();
  readonly #hub: HubClient;
  readonly #selects: ReturnType<typeof selectorTest>;
  /** Labels may have changed, and it was not read how. */
  #isStale = false;

  constructor(hub: HubClient, selector: LabelSelector) {
    this.#hub = hub;
    this.#selects = selectorTest(selector);
  }

  /** Before what was told is judged. While the hub does not answer, what was known stays, and is read anew with the next event. */
  async keepUp(told: Told | 'listening' | 'missed'): Promise<void> {
    // While nobody listened labels may have changed.
    if (typeof told === 'string') this.#isStale = true;
    try {
      if (this.#isStale) await this.#readAll();
      else if (typeof told !== 'string' && told.event?.type === 'cluster') await this.#readOne(told.event.name);
      this.#isStale = false;
    } catch (error) {
      if (!isAway(error)) throw error;
      this.#isStale = true;
    }
  }

  async #readAll(): Promise<void> {
    const { items } = await readRawList(this.#hub, collectionPath('Cluster'), {});
    this.names.clear();
    for (const raw of items) {
      const parsed = clusterSchema.safeParse(raw);
      if (parsed.success) this.#judge(parsed.data.metadata);
    }
  }

  /** One that has gone keeps its place until all are read: that it went is told about it as well. */
  async #readOne(name: string): Promise<void> {
    const cluster = await this.#hub.find(objectPath('Cluster', name), clusterSchema);
    if (cluster !== undefined) this.#judge(cluster.metadata);
  }

  #judge({ name, labels }: { readonly name: string; readonly labels: Readonly<Record<string, string>> }): void {
    if (this.#selects(labels)) this.names.add(name);
    else this.names.delete(name);
  }
}
