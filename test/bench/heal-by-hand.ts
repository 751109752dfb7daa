import { prepareEdit } from './foreign-edit.ts';
import type { RestClient } from './rest-client.ts';
import { whenHealed, type Edit, type Watches } from './when-healed.ts';

interface Clients {
  readonly admin: RestClient;
  readonly spoke: RestClient;
}

/**
 * The reference of figure 4: the same edit, and one server-side apply of the object by the spoke's account as soon as our own watch
 * shows the edit. No label is looked at, nothing is compared or recorded. To be used while no spoke runs.
 */
export async function healByHand({ admin, spoke }: Clients, watches: Watches, edit: Edit): Promise<number> {
  const { kind, name } = edit;
  const path = `${kind.path}/${name}`;
  const body = ownPart(await admin.require({ method: 'GET', path }));
  const send = await prepareEdit(admin, kind, name, edit.way);
  const seen = watches.get(kind.kind)?.next(`edit of ${name}`, ({ object }) => object.metadata.name === name);
  const healed = whenHealed(watches, edit);
  const query = '?fieldManager=accord&force=true&fieldValidation=Strict';
  const repaired = seen?.then(() =>
    spoke.require({ method: 'PATCH', path: path + query, body, contentType: 'application/apply-patch+yaml' }),
  );
  await send();
  const t0 = performance.now();
  const [healedAt] = await Promise.all([healed, repaired]);
  return healedAt - t0;
}

/** What an apply may say of an object that was read. */
function ownPart(read: unknown): object {
  const {
    status: _status,
    metadata,
    ...rest
  } = read as { readonly status?: unknown; readonly metadata: Readonly<Record<string, unknown>> };
  const { name, namespace, labels, annotations } = metadata;
  return { ...rest, metadata: { name, namespace, labels, annotations } };
}
