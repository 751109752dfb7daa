import type { Trouble } from '@accord/core/apply/report-policy';
import type { JsonObject } from '@accord/proto/canonical';
import type { Kube, ObjectRef } from '../kube/kube.ts';
import { unanswered } from './read-trouble.ts';

/** Where the object is; or why that cannot be told, which keeps no other object waiting. */
export async function refOf(kube: Kube, body: JsonObject, signal: AbortSignal): Promise<ObjectRef | Trouble> {
  const [apiVersion, kindName] = [String(body['apiVersion']), String(body['kind'])];
  const { name, namespace } = body['metadata'] as { readonly name: string; readonly namespace?: string };
  try {
    const kind = await kube.kindOf(apiVersion, kindName, signal);
    if (kind !== undefined) return { kind, namespace: kind.namespaced ? namespace : undefined, name };
    return { outcome: 'refused', reason: 'NoSuchKind', because: `this API server does not serve ${apiVersion} ${kindName}` };
  } catch (error) {
    return unanswered(error);
  }
}
