/** Appends one step: an index, a plain name, or any other key in quotes. */
export function childPath(path: string, step: PropertyKey): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  const key = String(step);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** `spec.namespaces[0].labels["a/b"]` */
export function renderPath(root: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>(childPath, root);
}

/** The path with every index left open: `spec.namespaces[].quota`. */
export function openPath(root: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[]` : childPath(path, step)), root);
}
