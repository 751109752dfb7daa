/** Rules about entries that stand for one object in each namespace of a selector. */
import { selectsNoNamespace } from '../labels/match-namespace.ts';
import type { CompiledObject } from './compile-object.ts';
import type { Fault } from './fault.ts';
import { scopeOf } from './kinds.ts';
import { layOut, sourcePath, type Policy } from './lay-out.ts';
import { textAt, valueAt } from './manifest.ts';
import { eachOverride } from './overrides.ts';

/** An entry must leave its namespace open, and be of a kind that has one. */
export function eachNamespaceFaults(entries: readonly CompiledObject[]): readonly Fault[] {
  return entries.flatMap((entry): readonly Fault[] => {
    const { manifest, group, kind } = entry;
    // A cluster-wide kind with a namespace is told by the rule for all objects.
    if (scopeOf(group, kind) === 'cluster') {
      return textAt(manifest, 'metadata', 'namespace') === '' ? [clusterWide(entry)] : [];
    }
    return valueAt(manifest, 'metadata', 'namespace') === undefined ? [] : [namesOne(entry)];
  });
}

function clusterWide(entry: CompiledObject): Fault {
  return {
    code: 'NamespaceUnexpected',
    path: sourcePath(entry, 'kind'),
    message: `A ${entry.kind} belongs to the whole cluster, so there is none in each namespace.`,
    help: 'Remove eachNamespace.',
  };
}

function namesOne(entry: CompiledObject): Fault {
  return {
    code: 'NamespaceUnexpected',
    path: sourcePath(entry, 'metadata.namespace'),
    message: 'With eachNamespace the namespaces are those of spec.namespaceSelector.',
    help: 'Remove metadata.namespace, or remove eachNamespace.',
  };
}

/** Without a selector such an entry would be made nowhere, and nobody would notice. */
export function namespaceSelectorFaults({ spec }: Policy, entries: readonly CompiledObject[]): readonly Fault[] {
  if (entries.length === 0 || !selectsNoNamespace(spec.namespaceSelector)) return [];
  return [
    {
      code: 'MissingField',
      path: 'spec.namespaceSelector',
      message: 'An entry with eachNamespace is there, and no namespace is selected: it would be made nowhere.',
      help: 'Select by labels with selector, or by names with include; selector: {} selects every namespace that is open to policies.',
    },
  ];
}

/** A selector that nothing asks for selects for nobody. */
export function namespaceSelectorWarnings(policy: Policy): readonly Fault[] {
  if (policy.spec.namespaceSelector === undefined) return [];
  if ([policy, ...eachOverride(policy)].flatMap(layOut).some(({ isEach }) => isEach === true)) return [];
  return [
    {
      code: 'SelectsNothing',
      path: 'spec.namespaceSelector',
      message: 'The selector has no effect, as no entry of objects asks for it.',
      help: 'Set eachNamespace: true on an entry, or remove the selector.',
    },
  ];
}
