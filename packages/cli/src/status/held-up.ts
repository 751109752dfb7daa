const heldUpStates: ReadonlySet<string> = new Set(['Failed', 'Refused', 'Blocked', 'Stalled']);

/** States that do not end by themselves, as the column Stalled of docs/reference/states.md has them. */
export function isHeldUp(state: string): boolean {
  return heldUpStates.has(state);
}
