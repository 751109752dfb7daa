import canonicalize from 'canonicalize';

/** Deeper values are left to the library, which does not call itself. */
const depthMax = 64;
const escapedSurrogate = String.raw`\ud`;

class Unusual extends Error {}
const unusual = new Unusual('left to the library');

/**
 * RFC 8785 JSON of a plain value: its members in order, written by the engine.
 *
 * Whatever the engine might write otherwise than the RFC says is left to the library: members that look like numbers, which an object keeps in
 * an order of its own, text with half a surrogate pair, numbers that are none, and what is no plain object. See ADR 0044.
 */
export function writeCanonically(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(inOrder(value, 0));
    return text === undefined || text.includes(escapedSurrogate) ? canonicalize(value) : text;
  } catch (error) {
    if (error !== unusual) throw error;
    return canonicalize(value);
  }
}

/** The value itself where it is in order already: what was read from canonical JSON is. */
function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw unusual;
      return value;
    case 'object':
      if (value === null) return value;
      if (depth === depthMax) throw unusual;
      return Array.isArray(value) ? itemsInOrder(value as unknown[], depth + 1) : membersInOrder(value, depth + 1);
    default:
      throw unusual;
  }
}

function itemsInOrder(items: readonly unknown[], depth: number): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    const ordered = inOrder(item, depth);
    if (ordered !== item) changed ??= items.slice();
    if (changed !== undefined) changed[at] = ordered;
  }
  return changed ?? items;
}

function membersInOrder(object: object, depth: number): object {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw unusual;
  const names = Object.keys(object);
  let isInOrder = true;
  let changed: Record<string, unknown> | undefined;
  let before = '';
  for (const name of names) {
    const first = name.charCodeAt(0);
    if ((first >= 0x30 && first <= 0x39) || name === '__proto__' || name === 'toJSON') throw unusual;
    if (name < before) isInOrder = false;
    before = name;
    const member = (object as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const ordered = inOrder(member, depth);
    if (ordered !== member) (changed ??= { ...object })[name] = ordered;
  }
  const from = changed ?? (object as Record<string, unknown>);
  if (isInOrder) return from;
  const sorted: Record<string, unknown> = {};
  for (const name of names.toSorted()) sorted[name] = from[name];
  return sorted;
}
