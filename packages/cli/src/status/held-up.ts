const heldUpStates: ReadonlySet<string> = new Set(['Failed', 'Refused', 'Blocked', 'Stalled']);

/** States that do not end by themselves, as the column Stalled of docs/reference/states.md has them. */
export function isHeldUp(state: string): boolean {
  return heldUpStates.has(state);
}

/** Of rows by state. */
export function countHeldUp(rows: Readonly<Record<string, number>>): number {
  return countRows(rows, isHeldUp);
}

export function countRows(rows: Readonly<Record<string, number>>, is: (state: string) => boolean): number {
  return Object.entries(rows).reduce((sum, [state, many]) => sum + (is(state) ? many : 0), 0);
}
