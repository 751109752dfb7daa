import { CodedError } from '@accord/proto/coded-error';
import { isDnsLabel } from '@accord/proto/ids';
import { sealSecret } from '@accord/proto/seal-secret';
import { sealedSecretSchema } from '@accord/proto/sealed-secret';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { renderJson, renderYaml } from '../render/machine-text.ts';
import { howToCompare, judgeKey, recipientOf, type OfferedKey, type Taken } from '../sealing/judge-key.ts';
import { readOfferedKey } from '../sealing/offered-key.ts';
import { pinsFile, readPins, writePins, type Pin } from '../sealing/pins.ts';
import { parseSource, readValues, type Source } from '../sealing/read-values.ts';
import { readSealedBefore, type SealedBefore } from '../sealing/sealed-before.ts';
import { collect } from './collect.ts';
import { addOutputOption } from './output-option.ts';

interface SealOptions {
  readonly namespace: string;
  readonly cluster?: readonly string[];
  readonly fromFile: readonly Source[];
  readonly policy?: string;
  readonly type?: string;
  readonly secretVersion?: number;
  readonly pin: readonly (readonly [cluster: string, keyID: string])[];
  readonly output: 'yaml' | 'json';
}

export function addSeal(program: Command, context: Context): void {
  const command = program
    .command('seal')
    .summary('encrypt the values of a Secret for clusters')
    .description(
      'Encrypts values so that only the named clusters can read them, and prints the entry for namespaces[].sealedSecrets of a policy. ' +
        'The hub gives the public keys of the clusters and gets no value.',
    )
    .argument('<name>', 'name of the Secret')
    .requiredOption('-n, --namespace <name>', 'namespace of the Secret')
    .option('-c, --cluster <name>', 'who can read it; may be repeated', collect)
    .addOption(
      new Option('--from-file <key=file>', 'a value, byte for byte; - is standard input; may be repeated')
        .argParser((word: string, before: readonly Source[] | undefined) => [...(before ?? []), parseSource(word)])
        .makeOptionMandatory(),
    )
    .option('--policy <name>', 'seal again what is in this policy: for its clusters and those of -c, as its next version')
    .option('--type <type>', 'type of the Secret (default: Opaque, or that in the policy)')
    .addOption(new Option('--secret-version <number>', 'grows with each change (default: 1, or the next)').argParser(parseWholeNumber))
    .addOption(
      new Option('--pin <cluster=keyID>', 'the fingerprint that you have read on that cluster; may be repeated')
        .argParser((word: string, before: readonly (readonly [string, string])[]) => [...before, parsePin(word)])
        .default([], 'the one of before, or the first one seen'),
    );
  addOutputOption(command, ['yaml', 'json'])
    .addHelpText(
      'after',
      '\nExample:\n  printf %s "$PASSWORD" | accord seal db -n payments -c prod-eu-1 -c prod-us-1 --from-file password=-\n\nThe key of a cluster is pinned when it is first seen. Read it on the cluster to be sure:\n  kubectl get clusters.accord.dev -o jsonpath=\'{.items[*].status.sealing.activeKeyID}\'',
    )
    .action((name: string, options: SealOptions) => seal(context, name, options));
}

async function seal(context: Context, name: string, options: SealOptions): Promise<void> {
  const { namespace, policy, fromFile } = options;
  const before = policy === undefined ? undefined : await readSealedBefore(context.hub(), { policy, namespace, name });
  const clusters = [...new Set([...(before?.clusters ?? []), ...(options.cluster ?? [])])];
  if (clusters.length === 0)
    throw new CodedError('invalid', 'A secret is sealed for somebody', { help: 'Name the clusters with -c. See: accord seal --help' });
  requireAllKeys(before, fromFile);
  const version = options.secretVersion ?? (before?.version ?? 0) + 1;
  if (version <= (before?.version ?? 0))
    throw new CodedError('invalid', `Version ${version} is not above ${before?.version}, which policy ${policy} has`, {
      help: 'Leave out --secret-version.',
    });
  const keys = await takeKeys(context, clusters, new Map(options.pin));
  const place = { namespace, name, type: options.type ?? before?.type ?? 'Opaque', version };
  const entry = sealedSecretSchema.safeParse(await sealSecret(place, await readValues(fromFile, context.stdin), keys.map(recipientOf)));
  if (!entry.success)
    throw new CodedError('invalid', `Secret ${namespace}/${name} cannot stand in a policy: ${entry.error.issues[0]?.message}`, {
      help: 'A value has at most 500 KB, and names and types at most 253 characters.',
    });
  context.terminal.print(options.output === 'json' ? renderJson(entry.data) : renderYaml([entry.data]));
  context.terminal.note(
    `Put this under sealedSecrets of namespace ${namespace} ${policy === undefined ? 'in a policy' : `in place of the entry of before: accord edit policy ${policy}`}`,
  );
}

/** Nobody can read the values of before, so what is left out would be gone. */
function requireAllKeys(before: SealedBefore | undefined, sources: readonly Source[]): void {
  const missing = (before?.keys ?? []).filter((key) => sources.every((source) => source.key !== key));
  if (missing.length === 0) return;
  throw new CodedError('invalid', `The Secret also has ${missing.join(', ')}, which cannot be read back`, {
    help: `Give every value: ${missing.map((key) => `--from-file ${key}=FILE`).join(' ')}`,
  });
}

/** The keys of all clusters, each as it was pinned or with a reason; nothing is pinned unless all can be taken. */
async function takeKeys(
  context: Context,
  clusters: readonly string[],
  compared: ReadonlyMap<string, string>,
): Promise<readonly OfferedKey[]> {
  const hub = context.hub();
  const file = pinsFile(context.env);
  const pins = await readPins(file);
  const ofHub = pins[hub.url] ?? {};
  const offered = await Promise.all(clusters.map((cluster) => readOfferedKey(hub, cluster)));
  const taken = offered.map((key) => ({ key, as: judgeKey(key, ofHub[key.cluster], compared.get(key.cluster)) }));
  const fresh = taken.filter(({ as }) => as !== 'as-pinned');
  if (fresh.length > 0)
    await writePins(file, { ...pins, [hub.url]: { ...ofHub, ...Object.fromEntries(fresh.map(({ key }) => [key.cluster, pinOf(key)])) } });
  context.terminal.note(...fresh.flatMap(({ key, as }) => told(key, as)));
  return offered;
}

function pinOf({ clusterID, spoke, keyID, notBefore }: OfferedKey): Pin {
  return { clusterID, spoke, keyID, notBefore };
}

function told({ cluster, keyID }: OfferedKey, as: Taken): readonly string[] {
  switch (as) {
    case 'first-use':
      return [`Key ${keyID} of ${cluster} is seen for the first time and pinned. To be sure, compare it there: ${howToCompare(cluster)}`];
    case 'rotated':
      return [`${cluster} has a new key, ${keyID}, which the spoke that you pinned attests. It is pinned.`];
    case 'compared':
      return [`Key ${keyID} of ${cluster} is pinned.`];
    case 'as-pinned':
      return [];
  }
}

function parsePin(word: string): readonly [string, string] {
  const [, cluster = '', keyID = ''] = /^([^=]+)=([0-9a-f]{32})$/.exec(word) ?? [];
  if (!isDnsLabel(cluster)) throw new InvalidArgumentError('Write CLUSTER=FINGERPRINT; a fingerprint has 32 hex digits.');
  return [cluster, keyID];
}
