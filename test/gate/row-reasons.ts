import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardReasons } from '@accord/core/guard/guard-object';
import { root } from './plant.ts';

/** The type exists for the compiler only, so that its text is read. */
export function refusalReasons(): string[] {
  const source = readFileSync(join(root, 'packages/spoke/src/kube/kube.ts'), 'utf8');
  const union = source.slice(source.indexOf('export type RefusalReason ='));
  return [...union.slice(0, union.indexOf(';')).matchAll(/^\s*\| '(\w+)'/gm)].map(([, reason = '']) => reason);
}

const saysReasons = ['core/src/apply', 'core/src/desired', 'core/src/guard', 'core/src/status', 'spoke/src/reconcile', 'spoke/src/kube'];

/** Every text that stands where a reason is given. */
export function rowReasons(): string[] {
  const files = saysReasons.flatMap((folder) =>
    readdirSync(join(root, 'packages', folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('fake-'))
      .map((name) => join(root, 'packages', folder, name)),
  );
  const given = files.flatMap((file) => readFileSync(file, 'utf8').match(/\breason(:| =) [^,;}\n]*/g) ?? []);
  const texts = given.flatMap((text) => [...text.matchAll(/'([A-Z][A-Za-z]+)'/g)].map(([, reason = '']) => reason));
  return [...texts, ...guardReasons];
}
