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
