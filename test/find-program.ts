import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs, in these directories and then on the PATH; undefined where none is. */
export function findProgram(names: readonly string[], dirs: readonly string[] = []): string | undefined {
  const places = [...dirs, ...(process.env['PATH'] ?? '').split(delimiter)];
  return places.flatMap((dir) => names.map((name) => join(dir, name))).find((path) => isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
