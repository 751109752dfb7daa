import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { describe, expect, test } from 'vitest';
import { elementsBeside, isOfOne, turnedKeys } from './turned-keys.ts';

const port = (number: number, protocol = 'TCP'): string => `k:${JSON.stringify({ port: number, protocol })}`;
const fields = { '.': {}, 'f:name': {}, 'f:port': {}, 'f:targetPort': {} };
const ports = (elements: JsonObject): JsonObject => ({ 'f:spec': { 'f:ports': elements, 'f:selector': {} } });
const entry = (manager: string, fieldsV1: JsonObject, operation = 'Update', subresource = ''): ManagedFieldsEntry => ({
  ...{ manager, operation, apiVersion: 'v1', time: '2026-01-01T00:00:00Z', subresource, fieldsV1 },
});
const ours = (elements: JsonObject): ManagedFieldsEntry => entry('accord', ports(elements), 'Apply');
const somebody = (elements: JsonObject): ManagedFieldsEntry => entry('somebody', ports(elements));

const before = ports({ [port(80)]: fields, [port(443)]: fields });
const left = ours({ [port(443)]: fields });
const turned = (entries: readonly ManagedFieldsEntry[], beside: readonly string[] = []): readonly string[] =>
  turnedKeys({ fields: before, beside }, entries, 'accord').map(
    ({ list, was, is }) => `${list.join(' ')} ${was.slice(2)} → ${is.slice(2)}`,
  );

describe('turnedKeys', () => {
  const all = { ...fields, 'f:protocol': {} };
  const cases: [name: string, entries: readonly ManagedFieldsEntry[], turned: readonly string[]][] = [
    [
      'ours is gone, and one with its fields has come',
      [left, somebody({ [port(81)]: all })],
      ['f:spec f:ports {"port":80,"protocol":"TCP"} → {"port":81,"protocol":"TCP"}'],
    ],
    ['nothing of ours is gone', [ours({ [port(80)]: fields, [port(443)]: fields }), somebody({ [port(81)]: all })], []],
    ['ours is gone, and nothing has come', [left], []],
    ['what has come lacks a field of ours', [left, somebody({ [port(81)]: { '.': {}, 'f:port': {}, 'f:protocol': {} } })], []],
    ['two have come, and neither is certain', [left, somebody({ [port(81)]: all, [port(82)]: all })], []],
    ['two are gone, and one has come', [ours({}), somebody({ [port(81)]: all })], []],
    ['two managers have written what has come', [left, somebody({ [port(81)]: all }), entry('other', ports({ [port(81)]: all }))], []],
    ['what was applied cannot take ours away', [left, entry('somebody', ports({ [port(81)]: all }), 'Apply')], []],
    ['our entry is gone', [somebody({ [port(81)]: all })], []],
    ['another list is nobody’s business', [left, entry('somebody', { 'f:spec': { 'f:others': { [port(81)]: all } } })], []],
  ];
  test.each(cases)('%s', (_name, entries, expected) => {
    expect(turned(entries)).toEqual(expected);
  });

  test('what stood beside ours before is not what ours was turned into', () => {
    const theirs = somebody({ [port(81)]: all });
    const beside = elementsBeside(before, [ours({ [port(80)]: fields, [port(443)]: fields }), theirs], 'accord');
    expect(beside).toEqual([JSON.stringify(['f:spec', 'f:ports', port(81)])]);
    expect(turned([left, theirs], beside)).toEqual([]);
  });

  test('an element that is no more than its key says nothing', () => {
    const name = (of: string): JsonObject => ({ 'f:imagePullSecrets': { [`k:{"name":"${of}"}`]: { '.': {}, 'f:name': {} } } });
    const entries = [entry('accord', { 'f:imagePullSecrets': {} }, 'Apply'), entry('somebody', name('other'))];
    expect(turnedKeys({ fields: name('registry'), beside: [] }, entries, 'accord')).toEqual([]);
  });

  test('a list inside of an element', () => {
    const inside = (elements: JsonObject): JsonObject => ({ 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:env': elements } } });
    const value = { '.': {}, 'f:name': {}, 'f:value': {} };
    const entries = [
      entry('accord', inside({}), 'Apply'),
      entry('somebody', { 'f:containers': { 'k:{"name":"web"}': { 'f:env': { 'k:{"name":"B"}': value } } } }),
    ];
    const [turn] = turnedKeys({ fields: inside({ 'k:{"name":"A"}': value }), beside: [] }, entries, 'accord');
    expect(turn).toEqual({ list: ['f:containers', 'k:{"name":"web"}', 'f:env'], was: 'k:{"name":"A"}', is: 'k:{"name":"B"}' });
    expect(turn && isOfOne(turn, entries)).toBe(true);
    expect(turn && isOfOne(turn, [...entries, entry('other', inside({ 'k:{"name":"B"}': value }))])).toBe(false);
  });
});
