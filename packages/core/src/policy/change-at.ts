import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { childPath } from './json-path.ts';
import { isList } from './manifest.ts';

/** A path with wildcards: `[]` is every element of a list, `{}` every value of a map. */
export type Steps = readonly string[];

/** The object with what stands at a path changed, wherever it is there; the same object where nothing is. `undefined` removes a member. */
export function changeAt(object: JsonObject, steps: Steps, change: (value: Json) => Json | undefined): JsonObject {
  const changed = changeIn(object, { steps, change }, 0);
  return isObject(changed) ? changed : object;
}

interface Change {
  readonly steps: Steps;
  readonly change: (value: Json) => Json | undefined;
}

function changeIn(value: Json, what: Change, depth: number): Json | undefined {
  const step = what.steps[depth];
  if (step === undefined) return what.change(value);
  if (step === '[]') {
    if (!isList(value)) return value;
    const changed = value.map((element) => changeIn(element, what, depth + 1));
    return changed.every((element, at) => element === value[at]) ? value : changed.filter((element) => element !== undefined);
  }
  if (!isObject(value)) return value;
  if (step !== '{}') return Object.hasOwn(value, step) ? changeMember(value, step, what, depth) : value;
  return Object.keys(value).reduce((object: JsonObject, name) => changeMember(object, name, what, depth), value);
}

function changeMember(object: JsonObject, name: string, what: Change, depth: number): JsonObject {
  const member = object[name];
  const changed = member === undefined ? undefined : changeIn(member, what, depth + 1);
  if (changed === member) return object;
  if (changed !== undefined) return { ...object, [name]: changed };
  const { [name]: _removed, ...others } = object;
  return others;
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
