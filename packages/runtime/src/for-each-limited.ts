/** Runs `work` on all elements with at most `limit` at once, in order of start. The first rejection is passed on after all have ended. */
export async function forEachLimited<T>(elements: Iterable<T>, limit: number, work: (element: T) => Promise<void>): Promise<void> {
  const queue = elements[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next())
      await work(next.value).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
}

/** Settles all keys with at most `limit` at once, and returns those for which `settle` said false: what the pass of a loop returns. */
export async function unsettledOf<Key>(
  keys: ReadonlySet<Key>,
  limit: number,
  settle: (key: Key) => Promise<boolean>,
): Promise<ReadonlySet<Key>> {
  const unsettled = new Set<Key>();
  await forEachLimited(keys, Math.min(limit, keys.size), async (key) => {
    if (!(await settle(key))) unsettled.add(key);
  });
  return unsettled;
}
