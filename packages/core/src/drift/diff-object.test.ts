import type { JsonObject } from '@accord/proto/canonical';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffObject, renderDifference } from './diff-object.ts';

const diffs = (wanted: JsonObject, live: JsonObject): readonly string[] => diffObject(wanted, live).map(renderDifference);

describe('diffObject', () => {
  test.each<[claim: string, wanted: JsonObject, live: JsonObject, found: readonly string[]]>([
    ['equal objects', { data: { a: '1' } }, { data: { a: '1' } }, []],
    ['what others add does not matter', { data: { a: '1' } }, { data: { a: '1', b: '2' }, status: {} }, []],
    ['a value', { data: { a: '1' } }, { data: { a: '2' } }, ['.data.a is "2", wanted "1"']],
    ['a missing field', { data: { a: '1' } }, { data: {} }, ['.data.a is missing, wanted "1"']],
    ['a missing map', { spec: { hard: { pods: '5' } } }, {}, ['.spec is missing, wanted {"hard":{"pods":"5"}}']],
    ['another type', { data: { a: '1' } }, { data: 'a' }, ['.data is "a", wanted {"a":"1"}']],
    ['an empty list is as good as none', { subjects: [], rules: [] }, { rules: null }, []],
    ['an empty list is not one with something in it', { ingress: [] }, { ingress: [{}] }, ['.ingress is [{}], wanted []']],
    ['a list that is longer', { verbs: ['get'] }, { verbs: ['get', 'list'] }, ['.verbs is ["get","list"], wanted ["get"]']],
    ['defaults inside of the elements of a list', { ports: [{ port: 80 }] }, { ports: [{ port: 80, protocol: 'TCP' }] }, []],
    [
      'elements with names, in any order',
      { containers: [{ name: 'a', image: 'x' }] },
      { containers: [{ name: 'sidecar' }, { name: 'a', image: 'y' }] },
      ['.containers[name="a"].image is "y", wanted "x"'],
    ],
    ['marks of ours', { metadata: { labels: { 'accord.dev/policy': 'p', team: 'a' } } }, { metadata: { labels: { team: 'a' } } }, []],
    [
      'names that every object inherits',
      { data: { constructor: 'a', toString: 'b' } },
      { data: {} },
      ['.data.constructor is missing, wanted "a"', '.data.toString is missing, wanted "b"'],
    ],
    [
      'one subject too many',
      { subjects: [{ kind: 'Group', name: 'a' }] },
      {
        subjects: [
          { kind: 'Group', name: 'a' },
          { kind: 'User', name: 'b' },
        ],
      },
      ['.subjects is [{"kind":"Group","name":"a"},{"kind":"User","name":"b"}], wanted [{"kind":"Group","name":"a"}]'],
    ],
    [
      'subjects of one name',
      { subjects: ['a', 'b'].map((namespace) => ({ kind: 'ServiceAccount', name: 'default', namespace })) },
      { subjects: ['a', 'b'].map((namespace) => ({ kind: 'ServiceAccount', name: 'default', namespace })) },
      [],
    ],
    ['nothing but marks of ours', { metadata: { annotations: { 'accord.dev/until': 'x' } } }, { metadata: {} }, []],
    ['a long value is cut', { a: 'x'.repeat(100) }, {}, [`.a is missing, wanted "${'x'.repeat(59)}…`]],
  ])('%s', (_claim, wanted, live, found) => expect(diffs(wanted, live)).toEqual(found));

  test('property: an object differs from itself and from anything that holds it in nothing', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(object, object, (own, others) => {
        expect(diffObject(own as JsonObject, { ...others, ...own } as JsonObject)).toEqual([]);
      }),
    );
  });
});
