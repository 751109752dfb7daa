import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { childPath } from './json-path.ts';
import { isList } from './manifest.ts';

/** A path with wildcards: `[]` is every element of a list, `{}` every value of a map. */
export type Steps = readonly string[];

/** The object with what stands at a path changed, wherever it is there; the same object where nothing is. `undefined` removes a member. */
export function changeAt(object: JsonObject, steps: Steps, change: (value: Json) => Json | undefined): JsonObject {
  const changed = changeIn(object, steps, change);
  return isObject(changed) ? changed : object;
}

function changeIn(value: Json, [step, ...rest]: Steps, change: (value: Json) => Json | undefined): Json | undefined {
  if (step === undefined) return change(value);
  if (step === '[]') {
    if (!isList(value)) return value;
    const changed = value.map((element) => changeIn(element, rest, change));
    return changed.every((element, at) => element === value[at]) ? value : changed.filter((element) => element !== undefined);
  }
  if (!isObject(value)) return value;
  const names = step === '{}' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return names.reduce((object: JsonObject, name) => {
    const member = object[name];
    const changed = member === undefined ? undefined : changeIn(member, rest, change);
    if (changed === member) return object;
    if (changed !== undefined) return { ...object, [name]: changed };
    const { [name]: _removed, ...others } = object;
    return others;
  }, value);
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
