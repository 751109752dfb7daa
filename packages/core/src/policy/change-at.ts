import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { childPath } from './json-path.ts';
import { isList } from './manifest.ts';

/** A path with wildcards: `[]` is every element of a list, `{}` every value of a map. */
export type Steps = readonly string[];

/** The object with what stands at a path changed, wherever it is there. `undefined` removes a member. */
export function changeAt(object: JsonObject, steps: Steps, change: (value: Json) => Json | undefined): JsonObject {
  const changed = changeIn(object, steps, change);
  return isObject(changed) ? changed : object;
}

function changeIn(value: Json, [step, ...rest]: Steps, change: (value: Json) => Json | undefined): Json | undefined {
  if (step === undefined) return change(value);
  if (step === '[]') return isList(value) ? value.flatMap((element) => changeIn(element, rest, change) ?? []) : value;
  if (!isObject(value)) return value;
  const names = step === '{}' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  if (names.length === 0) return value;
  const entries = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    const changed = names.includes(name) ? changeIn(member, rest, change) : member;
    return changed === undefined ? [] : [[name, changed]];
  });
  return Object.fromEntries(entries);
}

/** Every value that stands at a path, with its place. */
export function valuesAt(value: Json, [step, ...rest]: Steps, at = ''): readonly { readonly value: Json; readonly at: string }[] {
  if (step === undefined) return [{ value, at }];
  if (step === '[]') return isList(value) ? value.flatMap((element, index) => valuesAt(element, rest, `${at}[${index}]`)) : [];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    step === '{}' || step === name ? valuesAt(member, rest, childPath(at, name)) : [],
  );
}
