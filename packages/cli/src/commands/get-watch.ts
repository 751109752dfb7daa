import { setTimeout as sleep } from 'node:timers/promises';
import { isCoded } from '@accord/proto/coded-error';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import { collectionPath, objectName, type Kind } from '../objects/kinds.ts';
import { readAs } from '../read-as.ts';
import { readRawList } from '../read-raw.ts';
import { renderJson, renderYaml } from '../render/machine-text.ts';
import { renderResources } from '../render/resources.ts';
import { renderTable } from '../render/table.ts';
import type { Output } from './output-option.ts';

export interface Watched {
  readonly kind: Kind;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly output: Output | undefined;
}

const eventSchema = z.object({
  type: z.string(),
  object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string().default('') }).prefault({}) }),
});

/** Lists, then prints every object that changes, until the program is stopped. It goes on where a stream ended, or lists again when that is too long ago. */
export async function watchKind(context: Context, { kind, query, output }: Watched): Promise<void> {
  const printer = watchPrinter(context, kind, output);
  for (;;) {
    const list = await readRawList(context.hub(), collectionPath(kind), query);
    printer(list.items);
    let { resourceVersion } = list;
    try {
      for (;;) {
        for await (const line of context.hub().watch(collectionPath(kind), { ...query, resourceVersion, allowWatchBookmarks: 'true' })) {
          const { type, object } = readAs('The watch', eventSchema, line);
          if (type === 'ERROR') throw failureOf(`watch ${collectionPath(kind)}`, Number(object['code'] ?? 410), object);
          resourceVersion = object.metadata.resourceVersion || resourceVersion;
          if (type !== 'BOOKMARK') printer([object]);
        }
        // A hub that ends every stream at once must not be asked in a loop.
        await sleep(1000, undefined, { signal: context.signal });
      }
    } catch (error) {
      if (!isCoded(error, 'gone')) throw error;
    }
  }
}

function watchPrinter({ terminal, now }: Context, kind: Kind, output: Output | undefined): (objects: readonly unknown[]) => void {
  let printed = 0;
  const widths: number[] = [];
  return (objects) => {
    if (output === 'json') return terminal.print(...objects.map(renderJson));
    if (output === 'yaml') return terminal.print(...objects.flatMap((object) => ['---', renderYaml(object)]));
    const rows = renderResources(kind, objects, { wide: output === 'wide', nowMs: now() });
    if (output === 'name') return terminal.print(...rows.slice(1).map(([name = '']) => objectName(kind, name)));
    if (objects.length === 0) return undefined;
    // The heading is laid out with each line, because a column is as wide as its heading, and printed once.
    terminal.print(...renderTable(rows, widths).slice(printed === 0 ? 0 : 1));
    printed += objects.length;
    return undefined;
  };
}
