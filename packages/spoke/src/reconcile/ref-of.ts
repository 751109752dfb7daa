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
    if (kind === undefined) return noSuchKind(apiVersion, kindName);
    // Of kinds that only this server knows nobody could tell before.
    const fault = kind.namespaced === (namespace !== undefined) ? undefined : kind.namespaced ? 'names no namespace' : 'names a namespace';
    if (fault === undefined) return { kind, namespace, name };
    const scope = kind.namespaced ? 'inside of namespaces' : 'for the whole cluster';
    return { outcome: 'refused', reason: 'Invalid', because: `${kindName} is a kind ${scope}, and the object ${fault}` };
  } catch (error) {
    return unanswered(error);
  }
}

/** It is applied as soon as the definition of the kind is there, whoever brings it. */
export function noSuchKind(apiVersion: string, kindName: string): Trouble {
  return { outcome: 'blocked', reason: 'NoSuchKind', because: `this API server does not serve ${apiVersion} ${kindName}` };
}
