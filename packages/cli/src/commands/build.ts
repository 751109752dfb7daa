import { renderKey } from '@accord/proto/ids';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import { buildObjects, clustersIn, type Built } from '../build-objects.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { policiesIn } from '../lint-objects.ts';
import { readObjects } from '../objects/read-objects.ts';
import { escapeControls } from '../render/escape-controls.ts';
import { renderJson, renderYaml } from '../render/machine-text.ts';
import { collect } from './collect.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface BuildOptions {
  readonly filename: readonly string[];
  readonly clusters: readonly string[];
  readonly cluster?: readonly string[];
  readonly output?: Output;
}

export function addBuild(program: Command, context: Context): void {
  const command = program
    .command('build')
    .summary('what files mean on each cluster, without a hub')
    .description(
      'Compiles policies for clusters, offline and with the code of the spoke: selection, overrides, templates, generated names, canonical form. Prints the objects that each policy brings to each cluster; where several policies share one, each says its part. Exit code 1 when a policy cannot be compiled somewhere.',
    )
    .requiredOption('-f, --filename <path>', 'policies: file, directory, or - for standard input; may be repeated', collect)
    .requiredOption('--clusters <path>', 'clusters: a file as accord get clusters -o yaml gives it; may be repeated', collect)
    .option('--cluster <name>', 'only for this cluster; may be repeated', collect)
    .addHelpText(
      'after',
      '\nExample:\n  accord get clusters -o yaml > clusters.yaml\n  accord build -f policies/ --clusters clusters.yaml --cluster prod-eu-1',
    );
  addOutputOption(command, ['yaml', 'json']).action(async (options: BuildOptions) => context.finish(await build(context, options)));
}

async function build({ terminal, stdin, now }: Context, { filename, clusters, cluster, output }: BuildOptions): Promise<ExitCode> {
  const known = clustersIn(await readObjects(clusters, stdin));
  const missing = cluster?.find((name) => known.every((record) => record.name !== name));
  if (missing !== undefined)
    throw new CodedError('not-found', `There is no cluster ${JSON.stringify(missing)} in ${clusters.join(', ')}`, {
      help: 'Get them anew: accord get clusters -o yaml',
    });
  const chosen = cluster === undefined ? known : known.filter(({ name }) => cluster.includes(name));
  const built = buildObjects(policiesIn(await readObjects(filename, stdin)), chosen, now());
  if (output === 'json') terminal.print(renderJson(built.map(bodyOf)));
  else terminal.print(...built.flatMap(documentsOf));
  const failed = built.filter(({ faults }) => faults.length > 0);
  terminal.note(
    ...failed.flatMap(({ cluster: on, policy, faults }) => faults.map((text) => escapeControls(`On ${on}, ${policy}: ${text}`))),
  );
  if (built.length === 0) terminal.note('No policy of these files selects one of these clusters.');
  return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

function bodyOf({ cluster, policy, objects, faults }: Built): object {
  const entries = objects.map(({ manifest, isAbsent, isEach }) => ({ manifest, ...(isAbsent && { isAbsent }), ...(isEach && { isEach }) }));
  return { cluster, policy, objects: entries, faults };
}

/** Each object as a document that says above where it comes from; one that must not be there is said and not printed. */
function documentsOf({ cluster, policy, objects }: Built): readonly string[] {
  return objects.flatMap(({ key, manifest, isAbsent, isEach }) => {
    const note = isAbsent ? ': must not be there' : isEach ? ': in each namespace that the policy selects' : '';
    const head = escapeControls(`# ${cluster}, ${policy}: ${renderKey(key)}${note}`);
    return ['---', head, ...(isAbsent ? [] : [renderYaml(manifest)])];
  });
}
