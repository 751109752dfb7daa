/** For tests: lints a spec as the hub does, and proves that the spoke comes to the same end. */
import { parse } from 'yaml';
import { expect } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault, type Fault } from './fault.ts';
import { lintPolicy, type LintResult } from './lint.ts';
import { parsePolicy } from './parse-policy.ts';

/** `spec` is YAML, or what it would read as. */
export function lintExample(spec: unknown): LintResult {
  const policy = parsePolicy({ metadata: { name: 'p' }, spec: typeof spec === 'string' ? (parse(spec) as unknown) : spec });
  if (policy.outcome === 'invalid') throw new Error(policy.faults.map(renderFault).join('\n'));
  const result = lintPolicy(policy);
  const compiled = compilePolicy(policy, exampleCluster());
  if (compiled.outcome === 'compiled') expect(result.faults.filter((fault) => !isOfDocument(fault)).map(renderFault)).toEqual([]);
  return result;
}

/** Code and path, which is what most rows are about. */
export function shortFault({ code, path }: Fault): string {
  return `${code} ${path}`;
}

/** The spoke sees objects: not how large the document was, in which part a label stood, which namespaces there are, nor what is left to others. */
function isOfDocument({ path, message }: Fault): boolean {
  return (
    path === 'spec' ||
    path === 'spec.namespaceSelector' ||
    /\.(conflicts|match|ignoreFields)(\[\d+\])?$/.test(path) ||
    message.startsWith('Pod Security is') ||
    message.startsWith('A version without')
  );
}
