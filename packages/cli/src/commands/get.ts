import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { apiVersion } from '@accord/proto/kube-api';
import type { Context } from '../context.ts';
import { collectionPath, objectName, objectPath, type Kind } from '../objects/kinds.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { parseTargets, type Target, type Targets } from '../parse-targets.ts';
import { readRawList, type RawObject } from '../read-raw.ts';
import { renderMachine } from '../render/machine-text.ts';
import { renderResources } from '../render/resources.ts';
import { renderTable } from '../render/table.ts';
import { addOutputOption, type Output } from './output-option.ts';
import { getClusterAt, getRevisions } from './get-past.ts';
import { getUsage } from './get-usage.ts';
import { watchKind } from './get-watch.ts';

interface GetOptions {
  readonly output?: Output;
  readonly selector?: string;
  readonly watch?: true;
  readonly min?: number;
  readonly at?: string;
}

export function addGet(program: Command, context: Context): void {
  const command = program
    .command('get')
    .summary('list clusters and policies')
    .description(
      'Lists objects of the hub: clusters, policies, or both with a comma; or how full the quotas of policies are: usage; or how a policy came to be: revisions POLICY.',
    )
    .argument('<kinds-or-names...>', 'clusters, policies, "policy NAME", policy/NAME, usage, "usage CLUSTER", "revisions POLICY"')
    .option('-l, --selector <selector>', 'only those with these labels, as in kubectl')
    .option('--min <percent>', 'of usage only what is used up to so much', parseWholeNumber)
    .option('--at <time>', 'a cluster as it was then, or so long ago: 2026-11-24T15:00:00Z, 2h')
    .option('-w, --watch', 'then show what changes, until Ctrl-C')
    .addHelpText('after', '\nExample:\n  accord get policies -o wide');
  addOutputOption(command, ['wide', 'json', 'yaml', 'name']).action((words: readonly string[], options: GetOptions) =>
    get(context, words, options),
  );
}

async function get(context: Context, words: readonly string[], options: GetOptions): Promise<void> {
  const [first, ...clusters] = words;
  if (first === 'usage') return getUsage(context, clusters, options);
  if (first === 'revisions') return getRevisions(context, clusters, options.output);
  const targets = parseTargets(words);
  if (options.at !== undefined) return getThen(context, targets, { at: options.at, output: options.output });
  if (targets.outcome === 'named') {
    if (options.selector !== undefined) throw new InvalidArgumentError('Use either names or -l, not both.');
    if (!options.watch) return printNamed(context, targets.named, options.output);
    const [target] = targets.named;
    if (targets.named.length > 1 || target === undefined) throw new InvalidArgumentError('-w takes one kind or one name.');
    return watchKind(context, { kind: target.kind, query: { fieldSelector: `metadata.name=${target.name}` }, output: options.output });
  }
  const [kind] = targets.kinds;
  if (options.watch) {
    if (targets.kinds.length > 1 || kind === undefined) throw new InvalidArgumentError('-w takes one kind or one name.');
    return watchKind(context, { kind, query: { labelSelector: options.selector }, output: options.output });
  }
  return printKinds(context, targets.kinds, options);
}

/** Of policies the past is in their revisions. */
function getThen(context: Context, targets: Targets, then: { readonly at: string; readonly output: Output | undefined }): Promise<void> {
  const [target, ...more] = targets.outcome === 'named' ? targets.named : [];
  if (target?.kind !== 'Cluster' || more.length > 0)
    throw new InvalidArgumentError('--at takes one cluster: accord get cluster NAME --at 2h. Of a policy see: accord get revisions NAME');
  return getClusterAt(context, target.name, then);
}

async function printKinds({ hub, terminal, now }: Context, kinds: readonly Kind[], { selector, output }: GetOptions): Promise<void> {
  const lists = await Promise.all(
    kinds.map(async (kind) => ({ kind, items: (await readRawList(hub(), collectionPath(kind), { labelSelector: selector })).items })),
  );
  if (output === 'json' || output === 'yaml') {
    terminal.print(
      renderMachine(output, {
        apiVersion: 'v1',
        kind: 'List',
        metadata: {},
        items: lists.flatMap(({ kind, items }) => items.map((object) => ({ apiVersion, kind, ...object }))),
      }),
    );
    return;
  }
  if (lists.every(({ items }) => items.length === 0))
    terminal.note('No resources found. Write a policy with accord apply -f FILE; bring in a cluster with accord cluster add NAME.');
  const filled = lists.filter(({ items }) => items.length > 0);
  for (const [index, { kind, items }] of filled.entries()) {
    if (index > 0 && output !== 'name') terminal.print('');
    printObjects({ terminal, now }, { kind, items, output });
  }
}

async function printNamed({ hub, terminal, now }: Context, named: readonly Target[], output: Output | undefined): Promise<void> {
  const objects = await Promise.all(
    named.map(async ({ kind, name }) => ({ kind, object: (await hub().send(objectPath(kind, name))).body as RawObject })),
  );
  if (output === 'json' || output === 'yaml') {
    const [first] = objects;
    const items = objects.map(({ object }) => object);
    terminal.print(renderMachine(output, items.length === 1 ? first?.object : { apiVersion: 'v1', kind: 'List', metadata: {}, items }));
    return;
  }
  for (const [kind, group] of Map.groupBy(objects, (entry) => entry.kind))
    printObjects({ terminal, now }, { kind, items: group.map(({ object }) => object), output });
}

function printObjects(
  { terminal, now }: Pick<Context, 'terminal' | 'now'>,
  { kind, items, output }: { readonly kind: Kind; readonly items: readonly RawObject[]; readonly output: Output | undefined },
): void {
  const rows = renderResources(kind, items, { wide: output === 'wide', nowMs: now() });
  if (output === 'name') terminal.print(...rows.slice(1).map(([name = '']) => objectName(kind, name)));
  else terminal.print(...renderTable(rows));
}
