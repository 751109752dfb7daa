import type { JsonObject } from '@accord/proto/canonical';
import { isThere, stepsOf } from '../apply/leave-fields.ts';
import { exactMapsOf } from '../drift/exact-maps.ts';
import { neverYields } from '../drift/never-yields.ts';
import type { Fault } from './fault.ts';
import type { Policy } from './lay-out.ts';
import { groupKindOf } from './manifest.ts';

/** What single objects leave to others, or do not: fields that are there, of kinds that may be left. */
export function yieldingFaults({ spec, origins }: Policy): readonly Fault[] {
  return (spec.objects ?? []).flatMap(({ manifest, conflicts, ignoreFields = [], match }, index): readonly Fault[] => {
    const path = `${origins?.objects ?? 'spec.objects'}[${index}]`;
    const groupKind = groupKindOf(manifest as JsonObject);
    const mayYield = !neverYields(groupKind);
    const yields = conflicts !== undefined && (conflicts.policy === 'Fail' || (conflicts.yieldTo ?? []).length > 0);
    return [
      ...(yields && !mayYield ? [notLeft(`${path}.conflicts`, groupKind)] : []),
      ...(ignoreFields.length > 0 && !mayYield ? [notLeft(`${path}.ignoreFields`, groupKind)] : []),
      ...(match === 'MustOnlyHave' && exactMapsOf(groupKind).length === 0 ? [notExact(`${path}.match`, groupKind)] : []),
      ...ignoreFields.flatMap((pointer, at) => pointerFaults(`${path}.ignoreFields[${at}]`, pointer, manifest as JsonObject)),
    ];
  });
}

function notLeft(path: string, groupKind: string): Fault {
  const kind = groupKind.slice(groupKind.indexOf('/') + 1);
  return { code: 'InvalidValue', path, message: `A ${kind} is what the policy says, and is left to nobody.`, help: 'Remove it.' };
}

function notExact(path: string, groupKind: string): Fault {
  const kind = groupKind.slice(groupKind.indexOf('/') + 1);
  const message = `MustOnlyHave says nothing about a ${kind}: it is for the maps of ConfigMaps, Secrets and ResourceQuotas, and the aggregationRule of ClusterRoles.`;
  return { code: 'InvalidValue', path, message, help: 'Remove it; lists such as rules and subjects are exact by themselves.' };
}

function pointerFaults(path: string, pointer: string, manifest: JsonObject): readonly Fault[] {
  const steps = stepsOf(pointer);
  const [first = ''] = steps;
  const isIdentity = ['apiVersion', 'kind'].includes(first) || ['/metadata', '/metadata/name', '/metadata/namespace'].includes(pointer);
  if (isIdentity) return [{ code: 'InvalidValue', path, message: `${pointer} says which object it is.`, help: 'Remove it.' }];
  if (!isThere(manifest, steps))
    return [
      {
        code: 'InvalidValue',
        path,
        message: `${pointer} names nothing in the manifest.`,
        help: 'Only what the manifest states can be ignored.',
      },
    ];
  if (!/^\d+$/.test(steps.at(-1) ?? '')) return [];
  return [
    { code: 'InvalidValue', path, message: `${pointer} is an element of a list.`, help: 'Name a field of it, or the list as a whole.' },
  ];
}
