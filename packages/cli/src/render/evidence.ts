/** Whoever writes chooses the name of its field manager, so it is shown as what it says and not as who it was. */
export function evidence(manager: string, operation: string): string {
  const did = operation === '' ? 'changed' : operation.toLowerCase() === 'delete' ? 'deleted' : `changed (${operation})`;
  return manager === '' ? did : `${did} by "${manager}"`;
}
