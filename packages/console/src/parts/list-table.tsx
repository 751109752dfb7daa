import { useCallback, type ReactNode } from 'react';
import type { Pages } from '../hub/queries.ts';
import { Answer } from './answer.tsx';
import { flatten, type PageOf } from './list.ts';
import { VirtualTable, type Column } from './virtual-table.tsx';

export interface ListTableProps<Item> {
  readonly label: string;
  readonly list: Pages<PageOf<Item>>;
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  /** Shown when the list has nothing. */
  readonly empty: ReactNode;
}

/** A list of the hub as a table that reads on while somebody scrolls. */
export function ListTable<Item>({ label, list, columns, keyOf, empty }: ListTableProps<Item>): ReactNode {
  const { fetchNextPage, isFetchingNextPage } = list;
  const readOn = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, isFetchingNextPage]);
  const { rows, total } = flatten(list);
  return (
    <Answer of={list}>
      {() =>
        rows.length === 0 ? empty : <VirtualTable label={label} columns={columns} rows={rows} total={total} keyOf={keyOf} onEnd={readOn} />
      }
    </Answer>
  );
}
