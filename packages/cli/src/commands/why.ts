import { nearestName } from '@accord/core/policy/nearest-name';
import type { Row } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import * as z from 'zod';
import type { Context } from '../context.ts';
import type { HubClient } from '../hub-client.ts';
import { collectionPath, objectPath, type Kind } from '../objects/kinds.ts';
import { previewStored } from '../preview-stored.ts';
import { readRawList } from '../read-raw.ts';
import { escapeControlsIn } from '../render/escape-controls.ts';
import { renderJson } from '../render/machine-text.ts';
import { rowLines } from '../render/describe.ts';
import { wrapText } from '../render/wrap-text.ts';
import { renderNotSelected, renderSelected } from '../render/placement.ts';
import { clusterSchema, policySchema, type ClusterResource, type PolicyResource } from '../resources.ts';
import { readRows } from '../wait.ts';
import { addOutputOption, type Output } from './output-option.ts';

export function addWhy(program: Command, context: Context): void {
  const command = program
    .command('why')
    .summary('why a policy is, or is not, on a cluster')
    .description(
      'Says whether the policy selects the cluster and because of what, what state it has there, and what to do. A name that is nearly right is named.',
    )
    .argument('<policy>', 'name of the policy')
    .argument('<cluster>', 'name of the cluster; the two may stand in either order')
    .addHelpText('after', '\nExample:\n  accord why team-payments prod-eu-1');
  addOutputOption(command, ['json']).action((first: string, second: string, options: { readonly output?: Output }) =>
    why(context, { first, second }, options.output),
  );
}

interface Answer {
  readonly selected: boolean;
  /** Why it is selected, or not, in a sentence that ends in what to run. */
  readonly placement: string;
  readonly row: Row | undefined;
}

async function why(
  { hub, terminal }: Context,
  words: { readonly first: string; readonly second: string },
  output: Output | undefined,
): Promise<void> {
  const pair = await findPair(hub(), words.first, words.second);
  const { selected, placement, row } = await explain(hub(), pair);
  if (output === 'json') {
    const names = { policy: pair.policy.metadata.name, cluster: pair.cluster.metadata.name };
    terminal.print(renderJson({ ...names, selected, placement, ...(row !== undefined && { row }) }));
    return;
  }
  // All of what is held up, one below the other; the sentence names the first.
  const [sentence, ...more] = row === undefined ? [] : rowLines(row);
  const state = sentence === undefined ? [] : [sentence.replace(/^- /, ''), ...more];
  const lines = selected ? [placement, ...state] : [...state, placement];
  terminal.print(...lines.flatMap((line) => wrapText(line, terminal.sentenceWidth)));
}

async function explain(hub: HubClient, { policy, cluster }: Pair): Promise<Answer> {
  const { name } = policy.metadata;
  const row = (await readRows(hub, name, cluster.metadata.name)).find((candidate) => candidate.cluster === cluster.metadata.name);
  if (row?.selected) return { selected: true, placement: renderSelected(policy, cluster), row };
  if (policy.metadata.deletionTimestamp !== undefined)
    return { selected: false, placement: `${name} is being deleted, so it selects no cluster any more.`, row };
  const { notSelected } = await previewStored(hub, name, [cluster.metadata.name]);
  const because = notSelected.find((entry) => entry.cluster === cluster.metadata.name)?.because ?? 'the hub gives no reason';
  return { selected: false, placement: renderNotSelected(policy, cluster.metadata, because), row };
}

/** Either order is understood. Rejects with `not-found`, names the one that there is not when the other one is known, and what may have been meant. */
async function findPair(hub: HubClient, first: string, second: string): Promise<Pair> {
  const straight = await findNamed(hub, first, second);
  if (isPair(straight)) return straight;
  const crossed = await findNamed(hub, second, first);
  if (isPair(crossed)) return crossed;
  throw await unknownPair(hub, { first, second, straight, crossed });
}

interface Searched {
  readonly first: string;
  readonly second: string;
  readonly straight: Found;
  readonly crossed: Found;
}

async function unknownPair(hub: HubClient, searched: Searched): Promise<CodedError> {
  const { first, second, straight, crossed } = searched;
  const meant = pairMeant(searched, await namesOf(hub, 'ClusterPolicy'), await namesOf(hub, 'Cluster'));
  const help = meant === undefined ? 'See what there is: accord get clusters,policies' : `Did you mean: accord why ${meant}`;
  return new CodedError('not-found', `There ${missing(first, second, straight, crossed)}`, { help });
}

/** Both names, as near as there are; undefined where one of them is near to none. */
function pairMeant({ first, second }: Searched, policies: readonly string[], clusters: readonly string[]): string | undefined {
  const near = (word: string, names: readonly string[]): string | undefined => (names.includes(word) ? word : nearestName(word, names));
  const pairs = [
    [near(first, policies), near(second, clusters)],
    [near(second, policies), near(first, clusters)],
  ];
  const found = pairs.find((pair) => !pair.includes(undefined));
  return found?.join(' ');
}

async function namesOf(hub: HubClient, kind: Kind): Promise<readonly string[]> {
  const { items } = await readRawList(hub, collectionPath(kind), {});
  return items.flatMap((raw) => {
    const parsed = namedSchema.safeParse(escapeControlsIn(raw));
    return parsed.success ? [parsed.data.metadata.name] : [];
  });
}

const namedSchema = z.object({ metadata: z.object({ name: z.string() }) });

interface Pair {
  readonly policy: PolicyResource;
  readonly cluster: ClusterResource;
}

type Found = { readonly [K in keyof Pair]: Pair[K] | undefined };

async function findNamed(hub: HubClient, policyName: string, clusterName: string): Promise<Found> {
  const [policy, cluster] = await Promise.all([
    hub.find(objectPath('ClusterPolicy', policyName), policySchema),
    hub.find(objectPath('Cluster', clusterName), clusterSchema),
  ]);
  return { policy, cluster };
}

function isPair(found: Found): found is Pair {
  return found.policy !== undefined && found.cluster !== undefined;
}

function missing(first: string, second: string, straight: Found, crossed: Found): string {
  if (straight.cluster !== undefined) return `is no policy called ${first}`;
  if (crossed.cluster !== undefined) return `is no policy called ${second}`;
  if (straight.policy !== undefined) return `is no cluster called ${second}`;
  if (crossed.policy !== undefined) return `is no cluster called ${first}`;
  return `are no policy and cluster called ${first} and ${second}`;
}
