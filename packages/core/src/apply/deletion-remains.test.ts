import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import { deletionRemains } from './deletion-remains.ts';

const condition = (type: string, status: string, message: string): JsonObject => ({ type, status, message });
const remaining = condition('NamespaceContentRemaining', 'True', 'Some resources are remaining: configmaps. has 1 resource instances');
const finalizing = condition('NamespaceFinalizersRemaining', 'True', 'Some content has finalizers remaining: example.com/stays in 1.');

const rows: [claim: string, live: JsonObject, says: string][] = [
  ['of which nothing more is known', {}, 'is being deleted'],
  [
    'that waits for others',
    { metadata: { finalizers: ['example.com/a', 'example.com/b'] } },
    'is being deleted: it waits for its finalizers example.com/a, example.com/b',
  ],
  [
    'that is a Namespace with something in it',
    { status: { conditions: [remaining, finalizing] } },
    'is being deleted: Some resources are remaining: configmaps. has 1 resource instances; Some content has finalizers remaining: example.com/stays in 1',
  ],
  [
    'that is a Namespace, by what is true of it',
    { status: { conditions: [condition('NamespaceContentRemaining', 'False', 'All content successfully removed')] } },
    'is being deleted',
  ],
  ['of whose own conditions nothing follows', { status: { conditions: [condition('Ready', 'True', 'yes')] } }, 'is being deleted'],
];
test.each(rows)('an object %s', (_claim, live, says) => expect(deletionRemains(live)).toBe(says));
