import { secretsGrantIn } from '../policy/sealed-secrets.ts';
import type { OwnedObject } from './plan-apply.ts';

/**
 * Whether an object of a policy that gives back what it holds stays as well.
 *
 * A grant with an end goes: nobody would end it any more. So does the right of the spoke itself to read Secrets.
 */
export function staysBehind({ key, endMs }: Pick<OwnedObject, 'key' | 'endMs'>): boolean {
  return endMs === undefined && secretsGrantIn(key) === undefined;
}
