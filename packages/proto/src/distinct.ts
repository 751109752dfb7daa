import * as z from 'zod/mini';

/** No two elements are the same, or have the same keys: the API server refuses repetitions in a list that a CRD calls a set or a map. */
export function distinct<Element>(...keys: readonly (keyof Element & string)[]) {
  const identityOf = (element: Element): unknown => (keys.length === 0 ? element : keys.map((key) => element[key]));
  return z.refine<readonly Element[]>(
    (elements) => new Set(elements.map((element) => JSON.stringify(identityOf(element)))).size === elements.length,
    { error: 'names one twice' },
  );
}
