import type { Pages } from '../hub/queries.ts';

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly total?: number;
  readonly continue?: string | undefined;
}

/** What is read of a list so far, as one. Without a total there is at least one more while a page says so. */
export function flatten<Item>({ data, hasNextPage }: Pages<PageOf<Item>>): { readonly rows: readonly Item[]; readonly total: number } {
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const told = data?.pages.at(-1)?.total;
  return { rows, total: told ?? rows.length + (hasNextPage ? 1 : 0) };
}
