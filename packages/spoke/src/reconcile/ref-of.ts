import type { Trouble } from '@accord/core/apply/report-policy';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import type { Kube, ObjectRef } from '../kube/kube.ts';

/** Where the object is; or why that cannot be told, which keeps no other object waiting. */
export async function refOf(kube: Kube, body: JsonObject, signal: AbortSignal): Promise<ObjectRef | Trouble> {
  const [apiVersion, kindName] = [String(body['apiVersion']), String(body['kind'])];
  const { name, namespace } = body['metadata'] as { readonly name: string; readonly namespace?: string };
  try {
    const kind = await kube.kindOf(apiVersion, kindName, signal);
    if (kind !== undefined) return { kind, namespace: kind.namespaced ? namespace : undefined, name };
    return { outcome: 'refused', reason: 'NoSuchKind', because: `this API server does not serve ${apiVersion} ${kindName}` };
  } catch (error) {
    if (!isCoded(error)) throw error;
    return { outcome: 'retry', reason: 'Unreachable', because: error.message };
  }
}
