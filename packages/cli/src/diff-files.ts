import { diffJson } from '@accord/core/history/diff-json';
import { previewSchema, type Preview } from '@accord/proto/api';
import { attempt } from './attempt.ts';
import type { Context } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { objectName } from './objects/kinds.ts';
import type { WrittenObject } from './objects/parse-objects.ts';
import { readObjects } from './objects/read-objects.ts';
import { wouldWrite } from './put-object.ts';
import { renderDiffBlock, renderDifference, type Difference } from './render/difference.ts';
import { renderJson } from './render/machine-text.ts';

export type DiffFormat = 'text' | 'markdown' | 'json';

interface Compared {
  readonly object: WrittenObject;
  readonly isNew: boolean;
  readonly differences: readonly Difference[];
  readonly warnings: readonly string[];
  /** What it would do on clusters, of a policy that differs. */
  readonly preview: Preview | undefined;
}

/**
 * Compares files with what the hub has, as the hub would store them. An object that cannot be compared keeps the others from
 * nothing. Gives 0 when all are the same, 1 when some differ, and 2 when one could not be compared.
 */
export async function diffFiles(context: Context, files: readonly string[], format: DiffFormat): Promise<ExitCode> {
  const objects = await readObjects(files, context.stdin);
  const compared: Compared[] = [];
  for (const object of objects) {
    const one = await attempt(context, object.at, () => compare(context, object));
    if (one !== undefined) compared.push(one);
  }
  for (const { object, warnings } of compared) context.terminal.note(...warnings.map((text) => `warning: ${object.at}: ${text}`));
  const differing = compared.filter(({ differences }) => differences.length > 0);
  context.terminal.print(...render(compared, differing, format));
  if (compared.length < objects.length) return exitCodes.usage;
  return differing.length > 0 ? exitCodes.failed : exitCodes.done;
}

async function compare({ hub }: Context, object: WrittenObject): Promise<Compared> {
  const { before, after, warnings } = await wouldWrite(hub(), object);
  const differences = diffJson(before, after);
  const isPreviewed = object.kind === 'ClusterPolicy' && differences.length > 0;
  const preview = isPreviewed
    ? await hub().read('/v1/preview', previewSchema, { method: 'POST', body: { object: object.body } })
    : undefined;
  return { object, isNew: before === undefined, differences, warnings, preview };
}

function render(compared: readonly Compared[], differing: readonly Compared[], format: DiffFormat): readonly string[] {
  switch (format) {
    case 'json':
      return [
        renderJson(
          compared.map(({ object: { kind, name, at }, isNew, differences, preview }) => ({
            ...{ kind, name, at, isNew, differences },
            ...(preview !== undefined && { clusters: preview.selected.length, change: preview.change, access: preview.access }),
          })),
        ),
      ];
    case 'markdown':
      return differing.length === 0
        ? [`Nothing would change: ${compared.length} ${compared.length === 1 ? 'object is' : 'objects are'} as the hub has them.`]
        : differing.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...inMarkdown(one)]);
    case 'text':
      return differing.flatMap(inText);
  }
}

function inText({ object: { kind, name, at }, isNew, differences }: Compared): readonly string[] {
  const what = objectName(kind, name);
  return [`--- ${isNew ? '/dev/null' : `${what} at the hub`}`, `+++ ${what} in ${at}`, ...differences.flatMap(renderDifference)];
}

function inMarkdown({ object: { kind, name }, isNew, differences, preview }: Compared): readonly string[] {
  return [
    `### ${objectName(kind, name)}${isNew ? ' (new)' : ''}`,
    '',
    ...(preview === undefined ? [] : [effectOf(preview), '']),
    ...renderDiffBlock(differences.flatMap(renderDifference)),
  ];
}

/** What a reviewer asks first: how far it reaches, and who may do more or less afterwards. */
function effectOf({ selected, change, access, lint }: Preview): string {
  if (lint.length > 0)
    return `**It would be refused**, ${lint.length === 1 ? 'one fault' : `${lint.length} faults`}: \`accord preview -f FILE\``;
  const objects = `${change.add} objects to add, ${change.change} to change, ${change.remove} to remove`;
  const grants =
    access.gained.length + access.lost.length === 0 ? '' : `; access: ${access.gained.length} gained, ${access.lost.length} lost`;
  return `**${selected.length} ${selected.length === 1 ? 'cluster' : 'clusters'}**: ${objects}${grants}`;
}
