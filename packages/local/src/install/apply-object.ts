import { ApiException, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from '@kubernetes/client-node';
import { CodedError } from '@accord/proto/coded-error';
import { wordsOf, type KubeAnswer } from '../control-plane/kube-client.ts';

/**
 * Applies an object by server-side apply. It must come from `loadAllYaml`: of plain objects the library silently drops fields
 * whose names differ in its models, such as `enum` and `x-kubernetes-validations` of a CustomResourceDefinition.
 * Rejects with `invalid` when the server refuses the object, with the server's own words.
 */
export async function applyObject(api: KubernetesObjectApi, object: KubernetesObject): Promise<void> {
  await answered(`apply ${object.kind} ${object.metadata?.name}`, () =>
    api.patch(object, undefined, undefined, 'accord-install', true, PatchStrategy.ServerSideApply),
  );
}

/** Makes what the library rejects with an error of ours: `invalid` for a refusal of the server, `unavailable` for no answer. */
export async function answered<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof ApiException) {
      const words = explain({ status: cause.code, body: cause.body });
      throw new CodedError(cause.code < 500 ? 'invalid' : 'unavailable', `${what}: ${words}`, { cause });
    }
    throw new CodedError('unavailable', `${what}: no answer (${wordsOf(cause)})`, { cause });
  }
}

/** What a Kubernetes Status object says, else its bare status. */
export function explain({ status, body }: KubeAnswer): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return message === '' ? `status ${status}` : `${message} (${status})`;
}
