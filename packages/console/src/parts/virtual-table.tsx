import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';

export interface Column<Row> {
  readonly name: string;
  /** As in `grid-template-columns`: `12rem`, `2fr`. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How many there are, of which `rows` are read so far. */
  readonly total: number;
  readonly keyOf: (row: Row) => string;
  /** Asked when the end of what is read comes near. */
  readonly onEnd: () => void;
}

const rowHeight = 34;
const ahead = 12;

/** A table of any length, of which only what is seen is in the page. Arrow keys, Home and End go from row to row. */
export function VirtualTable<Row>({ label, columns, rows, total, keyOf, onEnd }: VirtualTableProps<Row>): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: ahead,
    getItemKey: (index) => keyOf(rows[index] as Row),
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const isNearEnd = rows.length < total && lastShown >= rows.length - ahead;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd, rows.length]);
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const focusRow = (index: number): boolean => {
    const target = frame.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"] :is(a, button)`);
    target?.focus();
    return target !== null && target !== undefined;
  };
  // At once where the row is drawn: whoever presses keys quickly is not held up by a frame for each.
  const goTo = (index: number): void => {
    const isDrawn = focusRow(index);
    virtual.scrollToIndex(index);
    if (!isDrawn) requestAnimationFrame(() => focusRow(index));
  };
  return (
    <div className="vtable" role="table" aria-label={label} aria-rowcount={total + 1} onKeyDown={(event) => step(event, rows.length, goTo)}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="vtable-head" style={template}>
          {columns.map(({ name, isNumber }) => (
            <div key={name} role="columnheader" className={isNumber === true ? 'number' : undefined}>
              {name}
            </div>
          ))}
        </div>
      </div>
      <div ref={frame} className="vtable-body" role="rowgroup" tabIndex={0} aria-label={`${label}, rows`}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {shown.map(({ index, key, start }) => (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className="vtable-row"
              style={{ ...template, height: rowHeight, transform: `translateY(${start}px)` }}
            >
              {columns.map(({ name, isNumber, cell }) => (
                <div key={name} role="cell" className={isNumber === true ? 'number' : undefined}>
                  {cell(rows[index] as Row)}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 15,
  PageUp: (at) => at - 15,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function step(event: KeyboardEvent, count: number, goTo: (index: number) => void): void {
  const next = steps[event.key];
  if (next === undefined || count === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const row = (event.target as HTMLElement).closest('[aria-rowindex]')?.getAttribute('aria-rowindex');
  const at = row === null || row === undefined ? -1 : Number(row) - 2;
  goTo(Math.min(count - 1, Math.max(0, next(at, count))));
}
