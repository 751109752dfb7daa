/** Like `Promise.all` over a map, with at most `inFlightMax` at a time. After a failure it starts nothing more, and waits for what runs. */
export async function mapLimited<T, R>(values: readonly T[], inFlightMax: number, work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const queue = [...values.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined && failures.length === 0; next = queue.shift()) {
      const [index, value] = next;
      await work(value).then(
        (result) => (results[index] = result),
        (error: unknown) => failures.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: inFlightMax }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
