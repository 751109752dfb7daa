import type { JsonObject } from '@accord/proto/canonical';
import { describe, expect, test } from 'vitest';
import { diffApplied } from './diff-applied.ts';
import { renderDifference } from './diff-object.ts';

const object = (content: JsonObject, metadata: JsonObject = {}): JsonObject => ({ kind: 'X', ...content, metadata });
const told = (live: JsonObject, applied: JsonObject): readonly string[] => diffApplied(live, applied).map(renderDifference);

describe('what an apply would change', () => {
  test('a value, and what would go', () => {
    expect(told(object({ data: { a: '1', b: '1' } }), object({ data: { a: '2' } }))).toEqual([
      '.data.a is "1", wanted "2"',
      '.data.b is "1", and would be taken away',
    ]);
  });

  test('an element of a list, by its name', () => {
    const list = (...names: string[]): JsonObject => object({ list: names.map((name) => ({ name })) });
    expect(told(list('a', 'b'), list('b', 'c'))).toEqual([
      '.list[name="c"] is missing, wanted {"name":"c"}',
      '.list[name="a"] is {"name":"a"}, and would be taken away',
    ]);
  });

  test('nothing of what the server keeps itself, nor of our own marks', () => {
    const live = object({ status: { a: 1 } }, { resourceVersion: '1', generation: 1, labels: { team: 'a' } });
    const applied = object({}, { resourceVersion: '2', generation: 2, labels: { team: 'a', 'accord.dev/policy': 'p' } });
    expect(told(live, applied)).toEqual([]);
  });
});
