import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import { editorCommand } from '../config.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { objectName, objectPath } from '../objects/kinds.ts';
import { readObjects } from '../objects/read-objects.ts';
import { parseNamed, type Target } from '../parse-targets.ts';
import { putObject } from '../put-object.ts';
import { renderYaml } from '../render/machine-text.ts';
import type { RawObject } from '../read-raw.ts';
import { waitForApply, waitForCluster } from '../wait.ts';
import { addWaitOptions, waitingOf, worstOf, type WaitOptions } from './wait-options.ts';

export function addEdit(program: Command, context: Context): void {
  const command = program
    .command('edit')
    .summary('change an object in your editor')
    .description(
      'Opens the object in $KUBE_EDITOR, $VISUAL or $EDITOR and writes what you save. Somebody else who was faster is never overwritten.',
    )
    .argument('<names...>', '"policy NAME", cluster/NAME')
    .addHelpText('after', '\nExample:\n  accord edit policy team-payments');
  addWaitOptions(command).action(async (words: readonly string[], options: WaitOptions) =>
    context.finish(await edit(context, words, options)),
  );
}

async function edit(context: Context, words: readonly string[], options: WaitOptions): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const target of parseNamed(words)) codes.push(await editOne(context, target, options));
  return worstOf(codes);
}

async function editOne(context: Context, { kind, name }: Target, options: WaitOptions): Promise<ExitCode> {
  const { body } = await context.hub().send(objectPath(kind, name));
  const before = `${renderYaml(editable(body as RawObject))}\n`;
  const file = join(await mkdtemp(join(tmpdir(), 'accord-edit-')), `${name}.yaml`);
  await writeFile(file, before, { mode: 0o600 });
  await runEditor(context, file);
  if ((await readFile(file, 'utf8')) === before) {
    await rm(dirname(file), { recursive: true });
    context.terminal.print('Edit cancelled, no changes made.');
    return 0;
  }
  const written = await write(context, file);
  await rm(dirname(file), { recursive: true });
  context.terminal.print(`${objectName(kind, name)} ${written.outcome}${written.change === '' ? '' : ` (${written.change})`}`);
  if (!options.wait) return 0;
  const waiting = waitingOf(options, context.now());
  return kind === 'Cluster' ? waitForCluster(context, name, waiting) : waitForApply(context, { name, revision: written.revision }, waiting);
}

/** What is refused is not lost: the file stays and is named. */
async function write(context: Context, file: string): ReturnType<typeof putObject> {
  try {
    const [object, ...more] = await readObjects([file], context.stdin);
    if (object === undefined || more.length > 0) throw new CodedError('invalid', 'The text has to hold exactly one object');
    return await putObject(context.hub(), object, false);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new CodedError(error.code, error.message, {
      help: `Your text is kept. Correct it, then run: accord apply -f ${file}`,
      cause: error,
    });
  }
}

/** Without what only the hub writes. The resource version stays: it refuses the write when somebody else was faster. */
function editable({ status: _views, ...object }: RawObject): RawObject {
  const {
    uid: _uid,
    generation: _revision,
    creationTimestamp: _created,
    managedFields: _fields,
    ...metadata
  } = object['metadata'] as RawObject;
  return { ...object, metadata };
}

/** Through a shell, because the variable may hold arguments, as in `code --wait`. */
async function runEditor({ env }: Context, file: string): Promise<void> {
  const command = editorCommand(env);
  const child = spawn('sh', ['-c', `${command} "$1"`, 'accord-edit', file], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return;
  throw new CodedError('invalid', `The editor ${JSON.stringify(command)} ended with ${code ?? 'a signal'}`, {
    help: `Choose another one: export EDITOR=… Your text is in ${file}`,
  });
}
