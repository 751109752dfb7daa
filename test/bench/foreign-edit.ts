import type { DriftKind } from './drift-objects.ts';
import { saying } from './drift-objects.ts';
import type { RestClient } from './rest-client.ts';

/** The ways in which people and controllers change what is not theirs. */
export const editWays = ['update', 'merge patch', 'forced apply', 'field removal', 'delete'] as const;
export type EditWay = (typeof editWays)[number];

/** Prepares an edit and returns what sends it. Reading what an update needs is not part of the edit. */
export async function prepareEdit(admin: RestClient, kind: DriftKind, name: string, way: EditWay): Promise<() => Promise<unknown>> {
  const path = `${kind.path}/${name}`;
  const from = `${path}?fieldManager=somebody`;
  switch (way) {
    case 'update': {
      const body = merged(await admin.require({ method: 'GET', path }), saying(kind.field, kind.foreign));
      return () => admin.require({ method: 'PUT', path: from, body });
    }
    case 'merge patch': {
      const body = saying(kind.field, kind.foreign);
      return () => admin.require({ method: 'PATCH', path: from, body, contentType: 'application/merge-patch+json' });
    }
    case 'forced apply': {
      const { apiVersion, kind: named, roleRef } = kind.manifest(name) as Record<string, unknown>;
      // A binding without its role is no valid object, whoever applies it.
      const body = {
        apiVersion,
        kind: named,
        metadata: { name },
        ...(roleRef === undefined ? {} : { roleRef }),
        ...saying(kind.field, kind.foreign),
      };
      return () => admin.require({ method: 'PATCH', path: `${from}&force=true`, body, contentType: 'application/apply-patch+yaml' });
    }
    case 'field removal': {
      const body = [{ op: 'remove', path: `/${kind.field.join('/')}` }];
      return () => admin.require({ method: 'PATCH', path: from, body, contentType: 'application/json-patch+json' });
    }
    case 'delete':
      return () => admin.require({ method: 'DELETE', path });
  }
}

/** Objects are merged, everything else is replaced. */
function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  return { ...base, ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, merged(base[key], value)])) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
