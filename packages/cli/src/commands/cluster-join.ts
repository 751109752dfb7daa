import { acceptedSchema } from '@accord/proto/api';
import { joinTokenResponseSchema, joinTokensSchema } from '@accord/proto/join-api';
import { clusterModes, newClusterMode, type ClusterMode } from '@accord/proto/cluster';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { checkedDuration } from '../parse-duration.ts';
import { parseLabels } from '../parse-labels.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { ageOf } from '../render/age.ts';
import { renderLabels } from '../render/selector.ts';
import { renderTable } from '../render/table.ts';
import { addPrintOptions, printInvitation, requireSecure, type PrintOptions } from './cluster-add.ts';
import { collect } from './collect.ts';

/** `cluster approve`, `reject`, `tokens` and `rule add`: who is let in, by whom. */
export function addClusterJoin(cluster: Command, context: Context): void {
  const verdicts = [
    ['approve', 'approved', 'Lets a cluster in that waits for it. Compare its fingerprint with the log of its spoke first.'],
    ['reject', 'rejected', 'Turns away a cluster that waits to be let in, and makes its token useless.'],
  ] as const;
  for (const [verb, done, description] of verdicts)
    cluster
      .command(verb)
      .description(description)
      .argument('<name>', 'name of the cluster, see "cluster tokens"')
      .option('--fingerprint <hex>', 'of the key, as the spoke shows it; another key is refused')
      .addHelpText('after', `\nExample:\n  accord cluster ${verb} prod-eu-2 --fingerprint 3f9a…`)
      .action((name: string, options: { readonly fingerprint?: string }) => judge(context, { verb, done, name, ...options }));
  cluster
    .command('tokens')
    .description('Lists join tokens and rules by hash; the tokens themselves are shown once, when they are made.')
    .option('--delete <hash>', 'make a token or rule useless that can still join; its name will do')
    .addHelpText('after', '\nExample:\n  accord cluster tokens')
    .action((options: { readonly delete?: string }) => tokens(context, options.delete));
  addRule(cluster, context);
}

interface RuleOptions extends PrintOptions {
  readonly label?: readonly string[];
  readonly namePattern: string;
  readonly maxJoins: number;
  readonly expiresIn: string;
  readonly start: ClusterMode;
}

/** In the manifests of a rule. No name may look like this, so that nobody joins who forgot it. */
export const namePlaceholder = 'THIS_CLUSTER';

function addRule(cluster: Command, context: Context): void {
  const rule = cluster
    .command('rule')
    .summary('let several clusters in with one token')
    .description('Rules by which clusters join that nobody names beforehand.');
  rule.addHelpText('after', "\nExample:\n  accord cluster rule add edge --name-pattern 'edge-*' --max-joins 50 -l tier=edge > edge.yaml");
  const add = rule
    .command('add')
    .description(
      `Makes one token for several clusters, each under a name of its own that matches, all with the labels of the rule. The manifests hold ${namePlaceholder} where each cluster puts its name. See and end rules with "cluster tokens".`,
    )
    .argument('<name>', 'name of the rule')
    .requiredOption('--name-pattern <pattern>', "names that may join, such as 'edge-*'")
    .addOption(new Option('--max-joins <n>', 'so many clusters').argParser(parseWholeNumber).makeOptionMandatory())
    .option('-l, --label <key=value>', 'label of these clusters; may be repeated, or several with commas', collect)
    .addOption(new Option('--expires-in <duration>', 'how long they may join, at most 24h').argParser(checkedDuration).default('1h'))
    .addOption(
      new Option('--start <mode>', 'Inform only compares until "cluster enforce"').choices([...clusterModes]).default(newClusterMode),
    )
    .addHelpText(
      'after',
      `\nExample:\n  accord cluster rule add edge --name-pattern 'edge-*' --max-joins 50 -l tier=edge > edge.yaml\n  sed s/${namePlaceholder}/edge-17/ edge.yaml | kubectl apply -f -`,
    );
  addPrintOptions(add).action((name: string, options: RuleOptions) => makeRule(context, name, options));
}

async function makeRule(context: Context, name: string, options: RuleOptions): Promise<void> {
  const { namePattern, maxJoins, label = [], expiresIn, start } = options;
  const body = { name, namePattern, maxJoins, labels: parseLabels(label), mode: start, expiresIn };
  requireSecure(context, options);
  const made = await context.hub().read('/v1/join-rules', joinTokenResponseSchema, { method: 'POST', body });
  await printInvitation(context, { made, options, askedName: namePlaceholder });
}

interface Verdict {
  readonly verb: 'approve' | 'reject';
  readonly done: string;
  readonly name: string;
  readonly fingerprint?: string;
}

async function judge({ hub, terminal }: Context, { verb, done, name, fingerprint }: Verdict): Promise<void> {
  const body = fingerprint === undefined ? {} : { fingerprint };
  await hub().read(`/v1/clusters/${encodeURIComponent(name)}/${verb}`, acceptedSchema, { method: 'POST', body });
  terminal.print(`cluster ${name} ${done}`);
  if (verb === 'approve') terminal.note('Its spoke asks every 15 s. See it come: accord get clusters -w');
}

async function tokens({ hub, terminal, now }: Context, hash: string | undefined): Promise<void> {
  if (hash !== undefined) {
    await hub().send(`/v1/join-tokens/${encodeURIComponent(hash)}`, { method: 'DELETE' });
    terminal.print(`join token ${hash} deleted`);
    return;
  }
  const { items } = await hub().read('/v1/join-tokens', joinTokensSchema);
  const rows = items.map(({ cluster, state, createdAt, createdBy, labels, hash: own, rule }) => [
    rule === undefined ? cluster : `rule ${cluster} (${rule.namePattern})`,
    rule === undefined ? state : `${state} ${rule.joined.length}/${rule.maxJoins}`,
    ageOf(createdAt, now()),
    createdBy,
    renderLabels(labels),
    own,
  ]);
  terminal.print(...renderTable([['CLUSTER', 'STATE', 'AGE', 'BY', 'LABELS', 'HASH'], ...rows]));
  for (const { cluster, state, asked } of items)
    if (state === 'Pending' && asked !== undefined)
      terminal.print(
        '',
        `${cluster} asks to join since ${ageOf(asked.at, now())}: Kubernetes ${asked.kubernetesVersion}, ${asked.platform}. Compare the fingerprint with the log of its spoke, then:`,
        `  accord cluster approve ${cluster} --fingerprint ${asked.fingerprint}`,
      );
}
