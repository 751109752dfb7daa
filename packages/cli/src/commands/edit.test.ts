import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const path = '/apis/accord.dev/v1alpha1/clusterpolicies/pay';
const stored = (priority: number): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'pay', uid: 'u', generation: 4, resourceVersion: '7', creationTimestamp: '2026-11-24T12:00:00Z' },
  spec: { priority },
  status: { counts: {} },
});
const edit = (editor: string, script: Script): ReturnType<typeof speak> =>
  speak(['edit', 'policy', 'pay'], script, { env: { EDITOR: editor } });

describe('edit', () => {
  test('writes what was saved, without what only the hub writes, and with the version that refuses an older view', async () => {
    const { code, out, heard } = await edit("sed -i 's/priority: 5/priority: 6/'", {
      [`GET ${path}`]: { body: stored(5) },
      [`PUT ${path}?fieldManager=accord`]: { body: stored(6), headers: { 'accord-change': 'pay@5' } },
    });
    expect({ code, out }).toEqual({ code: 0, out: 'clusterpolicy/pay configured (pay@5)\n' });
    expect(heard.at(-1)).toBe(
      `PUT ${path}?fieldManager=accord {"apiVersion":"accord.dev/v1alpha1","kind":"ClusterPolicy","metadata":{"name":"pay","resourceVersion":"7"},"spec":{"priority":6}}`,
    );
  });

  test('an editor that changes nothing writes nothing', async () => {
    const { out, heard } = await edit('true', { [`GET ${path}`]: { body: stored(5) } });
    expect({ out, heard }).toEqual({ out: 'Edit cancelled, no changes made.\n', heard: [`GET ${path}`] });
  });

  test('a text that is refused is kept and named', async () => {
    const { code, err } = await edit("sed -i 's/priority: 5/priority: high/'", { [`GET ${path}`]: { body: stored(5) } });
    const file = /accord apply -f (\S+)\n$/.exec(err)?.[1] ?? '';
    expect({ code, kept: existsSync(file) && readFileSync(file, 'utf8').includes('priority: high') }).toEqual({ code: 1, kept: true });
    expect(err).toContain('spec.priority: This is text; wanted: number.');
    rmSync(dirname(file), { recursive: true });
  });

  test('an editor that fails is told', async () => {
    const { code, err } = await edit('false', { [`GET ${path}`]: { body: stored(5) } });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^error: The editor "false" ended with 1\. Choose another one: /) as string,
    });
    rmSync(dirname(/Your text is in (\S+)/.exec(err)?.[1] ?? ''), { recursive: true });
  });
});
