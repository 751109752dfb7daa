import { InvalidArgumentError, type Command } from 'commander';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { entriesFor, type Reachable } from '../kubeconfig/entries.ts';
import { readKubeconfig, writeKubeconfig } from '../kubeconfig/kubeconfig-file.ts';
import { mergeKubeconfig } from '../kubeconfig/merge-kubeconfig.ts';
import { splitWords } from '../kubeconfig/split-words.ts';
import { collectionPath } from '../objects/kinds.ts';
import { readAs } from '../read-as.ts';
import { readRawList } from '../read-raw.ts';
import { renderYaml } from '../render/machine-text.ts';

interface KubeconfigOptions {
  readonly selector?: string;
  readonly exec: readonly string[];
  readonly output?: string;
}

const clusterSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ clusterID: z.string().default(''), apiEndpoint: z.string().default(''), caBundle: z.string().default('') }),
});
type ClusterAddress = z.infer<typeof clusterSchema>;

export function addKubeconfig(program: Command, context: Context): void {
  program
    .command('kubeconfig')
    .summary('contexts for kubectl, one per cluster, without credentials')
    .description(
      'Writes a kubeconfig with one context per cluster, named like it, from its apiEndpoint and caBundle. It holds no credential: a plugin ' +
        'of your own (client.authentication.k8s.io/v1) logs in, and is told which cluster it is for. In a file that exists, what the same ' +
        'command wrote before is replaced, and nothing else is touched.',
    )
    .option('-l, --selector <selector>', 'only clusters with these labels, as in kubectl')
    .requiredOption('--exec <command>', 'the plugin with its arguments, in quotes', parseExec)
    .option('-o, --output <file>', 'merge into this file instead of printing')
    .addHelpText(
      'after',
      "\nExample:\n  accord kubeconfig -l env=prod --exec 'my-login --sso' -o ~/.kube/fleet && kubectl --kubeconfig ~/.kube/fleet --context prod-eu-1 get pods",
    )
    .action(async (options: KubeconfigOptions) => context.finish(await writeContexts(context, options)));
}

function parseExec(text: string): readonly string[] {
  const words = splitWords(text);
  if (words === undefined) throw new InvalidArgumentError('A quote is not closed.');
  if ((words[0] ?? '') === '') throw new InvalidArgumentError('Name the plugin that logs in.');
  return words;
}

async function writeContexts(context: Context, { selector = '', exec, output }: KubeconfigOptions): Promise<ExitCode> {
  const { terminal } = context;
  const hub = context.hub();
  const path = collectionPath('Cluster');
  const { items } = await readRawList(hub, path, { labelSelector: selector === '' ? undefined : selector });
  const clusters = items.map((item) => readAs(`${hub.url}${path}`, clusterSchema, item));
  const reachable = clusters.filter(hasAddress).map(reachableOf);
  terminal.note(...clusters.filter((cluster) => !hasAddress(cluster)).flatMap(howToSet));
  if (clusters.length === 0)
    terminal.note(`No cluster has these labels: ${selector === '' ? 'there is none' : selector}. See: accord get clusters`);
  const origin = { hub: hub.url, selector };
  const before = output === undefined ? undefined : await readKubeconfig(output);
  const { config, taken } = mergeKubeconfig(before, entriesFor(reachable, exec, origin), origin);
  for (const name of taken)
    terminal.note(
      `${name}: left out, since ${output} has another context of that name; see: kubectl --kubeconfig ${output} config get-contexts`,
    );
  const written = reachable.length - taken.length;
  if (output === undefined) terminal.print(renderYaml(config));
  else {
    await writeKubeconfig(output, `${renderYaml(config)}\n`);
    terminal.print(`${output}: ${written} of ${clusters.length} clusters`);
  }
  return written > 0 ? exitCodes.done : exitCodes.failed;
}

function hasAddress({ spec }: ClusterAddress): boolean {
  return URL.canParse(spec.apiEndpoint) && new URL(spec.apiEndpoint).host !== '';
}

function reachableOf({ metadata, spec }: ClusterAddress): Reachable {
  const caBundle = spec.caBundle === '' ? undefined : spec.caBundle;
  return { name: metadata.name, id: spec.clusterID, apiEndpoint: spec.apiEndpoint, caBundle };
}

/** The hub takes kubectl for what people set on a cluster. */
function howToSet({ metadata: { name }, spec }: ClusterAddress): readonly string[] {
  const what = spec.apiEndpoint === '' ? 'has no apiEndpoint' : 'has an apiEndpoint that is no address';
  const patch = JSON.stringify({ spec: { apiEndpoint: 'https://HOST:6443', caBundle: 'BASE64-OF-PEM' } });
  return [`${name}: left out, since it ${what}; set it with: kubectl --kubeconfig HUB patch cluster ${name} --type=merge -p '${patch}'`];
}
