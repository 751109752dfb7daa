import { kubectlObject } from '@accord/proto/kubectl-object';
import type { ClusterResource } from '../resources.ts';
import type { Outlook } from '../outlook.ts';
import { renderObject } from './object-key.ts';

const namedMax = 5;

/** What policies would do on a cluster that only compares them, and how to let them. */
export function renderOutlook({ metadata, spec }: ClusterResource, outlooks: readonly Outlook[]): readonly string[] {
  if (outlooks.length === 0) return ['No policy selects it.'];
  const isInform = spec.mode === 'Inform';
  const count = `${outlooks.length} ${outlooks.length === 1 ? 'policy selects' : 'policies select'} it`;
  return [
    isInform ? `${count}, and nothing is written before: accord cluster enforce ${metadata.name}` : `${count}.`,
    ...outlooks.flatMap(linesOf),
  ];
}

function linesOf({ policy, objects, bindings, differ, notOurs, trouble }: Outlook): readonly string[] {
  const size = objects === undefined ? '' : `${plural(objects, 'object')}, ${plural(bindings, 'binding')}; `;
  const named = notOurs.slice(0, namedMax).map(renderObject).join(', ');
  const more = notOurs.length > namedMax ? ` and ${notOurs.length - namedMax} more` : '';
  return [
    `- ${policy}: ${size}${differ === 0 ? 'everything is as wanted' : `${plural(differ, 'object')} not as wanted`}`,
    ...(notOurs.length === 0
      ? []
      : [
          `  would need adoption: ${named}${more}. Their owner agrees with:`,
          ...notOurs.slice(0, namedMax).map((key) => `    kubectl annotate ${kubectlObject(key)} accord.dev/adoptable=true`),
        ]),
    ...(trouble === undefined ? [] : [`  ${trouble}`]),
  ];
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
