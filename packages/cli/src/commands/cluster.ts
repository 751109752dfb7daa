import { joinTokenResponseSchema, joinTokensSchema } from '@accord/proto/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { checkedDuration } from '../parse-duration.ts';
import { parseLabelChanges, parseLabels } from '../parse-labels.ts';
import { patchObject } from '../put-object.ts';
import { ageOf } from '../render/age.ts';
import { renderJoinManifest } from '../render/join-manifest.ts';
import { renderLabels } from '../render/selector.ts';
import { renderTable } from '../render/table.ts';
import { waitForCluster } from '../wait.ts';
import { collect } from './collect.ts';
import { addLeave } from './leave.ts';
import { addClusterStops } from './stops.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

interface AddOptions {
  readonly label?: readonly string[];
  readonly expiresIn: string;
  readonly hubUrl?: string;
  readonly print?: true;
}

export function addCluster(program: Command, context: Context): void {
  const cluster = program
    .command('cluster')
    .summary('bring clusters in, label and pause them, let them go')
    .description('Brings clusters into the fleet, labels and pauses them, and lets them go.');
  cluster.addHelpText('after', '\nExample:\n  accord cluster add prod-eu-2 -l env=prod,region=eu --print | kubectl apply -f -');
  cluster
    .command('add')
    .description('Makes a one-time token with which a spoke joins under this name and with these labels.')
    .argument('<name>', 'name of the cluster, a DNS label')
    .option('-l, --label <key=value>', 'label of the cluster; may be repeated, or several with commas', collect)
    .addOption(new Option('--expires-in <duration>', 'how long the token holds').argParser(checkedDuration).default('1h'))
    .option('--hub-url <url>', 'address of the hub as the cluster reaches it (default: the one used now)')
    .option('--print', 'print everything that the cluster needs instead, spoke included, to be piped into kubectl apply')
    .addHelpText('after', '\nExample:\n  accord cluster add prod-eu-2 -l env=prod -l region=eu --print | kubectl apply -f -')
    .action((name: string, options: AddOptions) => add(context, name, options));
  const label = cluster
    .command('label')
    .description('Sets (KEY=VALUE) and removes (KEY-) labels. Policies then arrive and leave as their selectors say.')
    .argument('<name>', 'name of the cluster')
    .argument('<labels...>', 'KEY=VALUE or KEY-')
    .addHelpText('after', '\nExample:\n  accord cluster label dev-eu-1 env=prod tier- --wait');
  addWaitOptions(label).action(async (name: string, words: readonly string[], options: WaitOptions) =>
    context.finish(await relabel(context, { name, words, options })),
  );
  addClusterStops(cluster, context);
  addLeave(cluster, context);
  cluster
    .command('tokens')
    .description('Lists join tokens by hash; the tokens themselves are shown once, when they are made.')
    .option('--delete <hash>', 'make a token useless that was not used yet')
    .addHelpText('after', '\nExample:\n  accord cluster tokens')
    .action((options: { readonly delete?: string }) => tokens(context, options.delete));
}

async function add({ hub, terminal }: Context, name: string, { label = [], expiresIn, hubUrl, print }: AddOptions): Promise<void> {
  const body = { cluster: name, labels: parseLabels(label), expiresIn };
  const made = await hub().read('/v1/join-tokens', joinTokenResponseSchema, { method: 'POST', body });
  const input = { cluster: made.cluster, hubUrl: hubUrl ?? hub().url, hubKey: made.hubKey, token: made.token };
  if (isLoopback(input.hubUrl))
    terminal.note(`warning: ${input.hubUrl} reaches the hub from this machine only. For another one use --hub-url.`);
  if (print) {
    terminal.print(await renderJoinManifest(input));
    return;
  }
  terminal.print(
    ...renderTable([
      ['Cluster', made.cluster],
      ['Token', made.token],
      ['Expires', made.expiresAt],
      ['Hub', input.hubUrl],
      ['Hub key', made.hubKey],
    ]),
  );
  terminal.note(`The token is shown once and joins one cluster. For the manifests to apply in the cluster use --print.`);
}

async function relabel(
  context: Context,
  { name, words, options }: { readonly name: string; readonly words: readonly string[]; readonly options: WaitOptions },
): Promise<ExitCode> {
  const labels = parseLabelChanges(words);
  const { change } = await patchObject(context.hub(), { kind: 'Cluster', name }, { metadata: { labels } });
  context.terminal.print(`${objectName('Cluster', name)} labeled${change === '' ? '' : ` (${change})`}`);
  return options.wait ? waitForCluster(context, name, waitingOf(options, context.now())) : exitCodes.done;
}

async function tokens({ hub, terminal, now }: Context, hash: string | undefined): Promise<void> {
  if (hash !== undefined) {
    await hub().send(`/v1/join-tokens/${encodeURIComponent(hash)}`, { method: 'DELETE' });
    terminal.print(`join token ${hash} deleted`);
    return;
  }
  const { items } = await hub().read('/v1/join-tokens', joinTokensSchema);
  const rows = items.map((token) => [
    token.cluster,
    token.state,
    ageOf(token.createdAt, now()),
    token.createdBy,
    renderLabels(token.labels),
    token.hash,
  ]);
  terminal.print(...renderTable([['CLUSTER', 'STATE', 'AGE', 'BY', 'LABELS', 'HASH'], ...rows]));
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(url)?.hostname ?? '');
}
