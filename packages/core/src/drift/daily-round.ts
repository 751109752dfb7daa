export const dayMs = 86_400_000;

/** How long it is from one object to the next, so that each of so many has its turn about once a day. */
export function turnMs(objects: number): number {
  return dayMs / Math.max(1, objects);
}

/** Whose turn it is after this one, in the order of their names and round and round; undefined where there are none. Whatever comes and goes meanwhile, nothing has to be kept for each. */
export function nextInRound<Key extends string>(keys: Iterable<Key>, after: Key | undefined): Key | undefined {
  let first: Key | undefined;
  let next: Key | undefined;
  for (const key of keys) {
    if (first === undefined || key < first) first = key;
    if (after !== undefined && key > after && (next === undefined || key < next)) next = key;
  }
  return next ?? first;
}
