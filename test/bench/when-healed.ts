import { isDeepStrictEqual } from 'node:util';
import { benchNamespace } from './bench-fleet.ts';
import { fieldOf, type DriftKind } from './drift-objects.ts';
import type { EditWay } from './foreign-edit.ts';
import type { Sightings } from './sightings.ts';
import type { SeenObject } from './watch-objects.ts';

/** One edit of one object. */
export interface Edit {
  readonly kind: DriftKind;
  readonly name: string;
  readonly way: EditWay;
}

export type Watches = ReadonlyMap<string, Sightings<SeenObject>>;

/** Resolves when the watch has shown the edit, and then the wanted value again. */
export async function whenHealed(watches: Watches, edit: Edit): Promise<number> {
  const { kind, name, way } = edit;
  const watch = watches.get(kind.kind);
  if (watch === undefined) throw new Error(`${kind.kind} is not watched`);
  const isWanted = ({ object }: SeenObject): boolean => isDeepStrictEqual(fieldOf(object, kind.field), kind.wanted);
  const isEdited = (event: SeenObject): boolean => event.object.metadata.name === name && (event.type === 'DELETED' || !isWanted(event));
  await watch.next(`${way} of ${name} in ${benchNamespace}`, isEdited);
  return watch.next(`${name} healed`, (event) => event.object.metadata.name === name && event.type !== 'DELETED' && isWanted(event));
}
