/**
 * What `work` makes of each element, in order, while up to `ahead` further ones are at work already.
 *
 * What is ready is given out at once, also while no further element comes. Rejects as the source or `work` does, when it is that
 * element's turn. Whoever stops half-way has to end the source too: it may be waiting for its next element.
 */
export async function* mapAhead<T, R>(
  source: AsyncIterable<T>,
  ahead: number,
  work: (element: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const elements = source[Symbol.asyncIterator]();
  const begun: Promise<R>[] = [];
  let coming: Promise<IteratorResult<T>> | undefined = elements.next();
  try {
    for (;;) {
      const [first] = begun;
      const isRoom = begun.length <= ahead ? coming : undefined;
      if (first === undefined && isRoom === undefined) return;
      const news = await Promise.race([...(first ? [first.then(() => 'ready' as const)] : []), ...(isRoom ? [isRoom] : [])]);
      if (news === 'ready') {
        yield await (begun.shift() as Promise<R>);
      } else if (news.done === true) {
        coming = undefined;
      } else {
        const result = work(news.value);
        // Whoever stops half-way is not told of what he did not wait for.
        result.catch(() => undefined);
        begun.push(result);
        coming = elements.next();
      }
    }
  } finally {
    coming?.catch(() => undefined);
    void elements.return?.().catch(() => undefined);
  }
}
