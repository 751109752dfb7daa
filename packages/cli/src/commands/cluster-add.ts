import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { joinTokenResponseSchema, type Installation } from '@accord/proto/join-api';
import { isLoopback } from '@accord/proto/is-loopback';
import { clusterModes, newClusterMode, type ClusterMode } from '@accord/proto/cluster';
import { CodedError } from '@accord/proto/coded-error';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInvitations, type Invitation } from '../invitations.ts';
import { checkedDuration, parseDuration } from '../parse-duration.ts';
import { parseLabels } from '../parse-labels.ts';
import { renderGuardrail, renderJoinManifest, shippedImage, tiers, type JoinInput, type Tier } from '../render/join-manifest.ts';
import { renderJson } from '../render/machine-text.ts';
import { isWithoutRegistry } from '../render/spoke-image.ts';
import { renderTable } from '../render/table.ts';
import { waitForJoin } from '../wait-join.ts';
import { collect } from './collect.ts';

export interface PrintOptions {
  readonly hubUrl?: string;
  readonly tier: Tier;
  readonly insecureHubUrl?: true;
  readonly image?: string;
  readonly imagePullSecret?: readonly string[];
  readonly print?: true;
  readonly output?: 'json';
}

interface AddOptions extends PrintOptions {
  readonly label?: readonly string[];
  readonly expiresIn: string;
  readonly start?: ClusterMode;
  readonly requireApproval?: true;
  readonly replace?: true;
  readonly filename?: string;
  readonly out?: string;
  readonly wait?: true;
  readonly timeout: number;
}

/** What a hub answers to whoever invites. */
export interface Made extends Installation {
  readonly cluster: string;
  readonly token: string;
  readonly expiresAt: string;
  readonly hubKey: string;
}

/** `cluster add` and `cluster guardrail`: what somebody with rights in the cluster applies there. */
export function addClusterAdd(cluster: Command, context: Context): void {
  const add = cluster
    .command('add')
    .description(
      'Makes a one-time token with which a spoke joins under this name and with these labels, and prints all that the cluster needs, for kubectl apply. On a terminal it shows the token instead, see --print.',
    )
    .argument('[name]', 'name of the cluster, a DNS label')
    .option('-l, --label <key=value>', 'label of the cluster; may be repeated, or several with commas', collect)
    .addOption(new Option('--expires-in <duration>', 'how long the token holds, at most 24h').argParser(checkedDuration).default('1h'))
    .addOption(
      new Option('--start <mode>', `Inform only compares until "cluster enforce" (default: ${newClusterMode})`).choices([...clusterModes]),
    )
    .option('--require-approval', 'the cluster waits until somebody compares its fingerprint: "cluster approve"')
    .option('--replace', 'for a member that lost its key or was revoked: it keeps its id, labels and history, and the old key is revoked')
    .option('-f, --filename <file>', 'invite all clusters of a YAML list; their manifests go to --out')
    .option('--out <directory>', 'one file for each cluster of -f, readable by you alone')
    .option('--wait', 'wait until it has joined, then say what policies would do there')
    .addOption(new Option('--timeout <duration>', 'how long to wait').argParser(parseDuration).default(600_000, '10m'))
    .addHelpText(
      'after',
      '\nExample:\n  accord cluster add prod-eu-2 -l env=prod -l region=eu --wait | kubectl --context prod-eu-2 apply -f -\n  accord cluster add -f clusters.yaml --out manifests',
    );
  addPrintOptions(add).action(async (name: string | undefined, options: AddOptions) =>
    context.finish(options.filename === undefined ? await addOne(context, name, options) : await addAll(context, name, options)),
  );
  cluster
    .command('guardrail')
    .description('Prints the limits that hold in a cluster without a Guardrail of its own, for its owner to change and apply there.')
    .addHelpText('after', '\nExample:\n  accord cluster guardrail > guardrail.yaml && kubectl apply -f guardrail.yaml')
    .action(async () => context.terminal.print(await renderGuardrail()));
}

export function addPrintOptions(command: Command): Command {
  return command
    .option('--hub-url <url>', 'address of the hub as the cluster reaches it (default: the one used now)')
    .option('--insecure-hub-url', 'allow http:// to a hub on another machine: the token goes there in clear text')
    .option('--image <ref>', 'image of the spoke as the cluster pulls it (default: the one of the hub)')
    .option('--image-pull-secret <name>', 'Secret in accord-system with which it is pulled; may be repeated', collect)
    .addOption(new Option('--tier <tier>', 'what the spoke may do in the cluster').choices([...tiers]).default('Standard'))
    .option('--print', 'print manifests also on a terminal')
    .addOption(new Option('-o, --output <format>', 'the token instead of manifests').choices(['json']));
}

async function addOne(context: Context, name: string | undefined, options: AddOptions): Promise<ExitCode> {
  if (name === undefined) throw new InvalidArgumentError('Name the cluster, or a file of several: -f clusters.yaml.');
  const { label = [], start, replace } = options;
  if (replace && (label.length > 0 || start !== undefined))
    throw new InvalidArgumentError(
      `With --replace the cluster keeps its labels and its mode. Change them with: accord cluster label ${name}`,
    );
  requireSecure(context, options);
  const labels = parseLabels(label);
  const kept = replace ? { replace: true } : { labels, mode: start ?? newClusterMode };
  const made = await invite(context, {
    ...{ cluster: name, ...kept, expiresIn: options.expiresIn },
    ...(options.requireApproval && { approval: true }),
  });
  await printInvitation(context, { made, options });
  if (!options.wait) return exitCodes.done;
  // kubectl begins when it has read everything.
  await context.closeOutput?.();
  return waitForJoin(context, made, context.now() + options.timeout);
}

/** Rejects with what the hub says. */
async function invite({ hub }: Context, body: object): Promise<Made> {
  return hub().read('/v1/join-tokens', joinTokenResponseSchema, { method: 'POST', body });
}

/** Manifests for a pipe, a table for people; warnings go to standard error. */
export async function printInvitation(
  { hub, terminal }: Context,
  { made, options, askedName }: { readonly made: Made; readonly options: PrintOptions; readonly askedName?: string },
): Promise<void> {
  const hubUrl = options.hubUrl ?? hub().url;
  if (isLoopback(hubUrl)) terminal.note(`warning: ${hubUrl} reaches the hub from this machine only. For another one use --hub-url.`);
  warnOfTier(terminal, options.tier);
  await warnOfImage(terminal, made, options);
  if (options.output === 'json') return terminal.print(renderJson({ ...made, hubUrl }));
  if (options.print || !terminal.isOutTerminal) {
    terminal.print(
      await renderJoinManifest({
        ...{ ...installed(made, options), hubUrl },
        ...(askedName !== undefined && { askedName }),
      }),
    );
    terminal.note(`${made.cluster}: the token joins until ${made.expiresAt}. Limits of the cluster's owner: accord cluster guardrail`);
    return;
  }
  terminal.print(
    ...renderTable([
      ['Cluster', made.cluster],
      ['Token', made.token],
      ['Expires', made.expiresAt],
      ['Hub', hubUrl],
      ['Hub key', made.hubKey],
    ]),
  );
  terminal.note(`The token is shown once. For the manifests to apply in the cluster pipe this to kubectl apply -f -, or use --print.`);
}

export function warnOfTier(terminal: Context['terminal'], tier: Tier): void {
  if (tier === 'RBACAdmin')
    terminal.note(
      terminal.paint('red', 'WARNING: tier RBACAdmin equals cluster-admin.') +
        ' The spoke may grant anything there, and whoever holds its token is an administrator of the cluster.',
    );
  if (tier === 'Observe')
    terminal.note(
      'Tier Observe: the spoke compares and writes nothing. Where it had tier Standard before, take its bindings away: kubectl delete clusterrolebinding accord-spoke-apply accord-spoke-ceiling accord-spoke-manifests',
    );
}

/** Before anything is sent. Rejects with `invalid` where the token would go over a network in clear text, and nobody has allowed that. */
export function requireSecure({ hub }: Context, { hubUrl, insecureHubUrl }: PrintOptions): void {
  const url = hubUrl ?? hub().url;
  if (!url.startsWith('http://') || isLoopback(url) || insecureHubUrl) return;
  throw new CodedError('invalid', `${url} would have the cluster send its token in clear text`, {
    help: `The same port speaks TLS: --hub-url ${url.replace(/^http:/, 'https:')}, with a hub that was started with --allow-host ${URL.parse(url)?.hostname}. Or say --insecure-hub-url.`,
  });
}

function installed(made: Made, { tier, image, imagePullSecret, insecureHubUrl }: PrintOptions): Omit<JoinInput, 'hubUrl'> {
  const { cluster, hubKey, caBundle, token, spokeImage, spokeImagePullSecrets } = made;
  const hubCA = caBundle === undefined ? undefined : Buffer.from(caBundle, 'base64').toString();
  const spoke = { image: image ?? spokeImage, pullSecrets: imagePullSecret ?? spokeImagePullSecrets };
  return { cluster, hubKey, hubCA, token, tier, spoke, ...(insecureHubUrl && { isInsecure: true }) };
}

async function warnOfImage(terminal: Context['terminal'], { spokeImage }: Made, { image }: PrintOptions): Promise<void> {
  const printed = image ?? spokeImage ?? (await shippedImage());
  if (!isWithoutRegistry(printed)) return;
  terminal.note(
    `warning: image ${printed} names no registry, so a cluster has it only where it was put on each node. Build it from deploy/spoke/Dockerfile, push it, and give --image REGISTRY/accord-spoke:TAG, or start the hub with --spoke-image.`,
  );
}

/** All are read before the first is invited; of those that the hub refuses each is told, and the others are invited. */
async function addAll(context: Context, name: string | undefined, options: AddOptions): Promise<ExitCode> {
  const { filename = '', out } = options;
  const misplaced = ['start', 'label', 'requireApproval', 'replace', 'wait'].find((flag) => flag in options);
  if (name !== undefined || misplaced !== undefined)
    throw new InvalidArgumentError(`With -f everything about a cluster stands in the file: ${misplaced ?? name} goes there.`);
  if (out === undefined)
    throw new InvalidArgumentError('Say where the manifests go, one file for each cluster: --out DIRECTORY. Each joins another cluster.');
  requireSecure(context, options);
  const invitations = await readInvitations(filename, context.stdin);
  await mkdir(out, { recursive: true, mode: 0o700 });
  let failed = 0;
  for (const invitation of invitations) if (!(await addToDirectory(context, invitation, { ...options, out }))) failed += 1;
  return failed === 0 ? exitCodes.done : exitCodes.failed;
}

async function addToDirectory(
  context: Context,
  { at, tier, ...body }: Invitation,
  { out, ...options }: AddOptions & { readonly out: string },
): Promise<boolean> {
  const { hub, terminal } = context;
  try {
    const made = await invite(context, { expiresIn: options.expiresIn, ...body });
    const chosen = tier ?? options.tier;
    const file = join(out, `${made.cluster}.yaml`);
    const manifest = await renderJoinManifest({ ...installed(made, { ...options, tier: chosen }), hubUrl: options.hubUrl ?? hub().url });
    // It holds the token.
    await writeFile(file, `${manifest}\n`, { mode: 0o600 });
    warnOfTier(terminal, chosen);
    await warnOfImage(terminal, made, options);
    terminal.print(`${file} invites ${made.cluster} until ${made.expiresAt}`);
    return true;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    terminal.note(`${at}: ${error.message}. ${error.help ?? ''}`.trimEnd());
    return false;
  }
}
