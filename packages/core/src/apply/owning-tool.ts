import { isObject, type JsonObject } from '@accord/proto/canonical';

/** Marks by which tools find what they keep, and how to name the tool. Sources: the documentation of Helm, Flux, Argo CD and cli-utils. */
const labels: Readonly<Record<string, string>> = {
  'helm.toolkit.fluxcd.io/name': 'HelmRelease',
  'kustomize.toolkit.fluxcd.io/name': 'Kustomization',
  'argocd.argoproj.io/instance': 'Argo CD application',
};
const annotations: Readonly<Record<string, string>> = {
  'meta.helm.sh/release-name': 'Helm release',
  'argocd.argoproj.io/tracking-id': 'Argo CD application',
  'config.k8s.io/owning-inventory': 'inventory',
};

/** The tool or controller that keeps an object, as the object itself says; undefined where nobody claims it. */
export function owningTool(object: JsonObject): string | undefined {
  const metadata = (object['metadata'] ?? {}) as JsonObject;
  const owner = ((metadata['ownerReferences'] ?? []) as readonly JsonObject[]).find((reference) => reference['controller'] === true);
  if (owner !== undefined) return `${String(owner['kind'])} ${String(owner['name'])}`;
  return claimed(metadata['labels'], labels) ?? claimed(metadata['annotations'], annotations);
}

function claimed(marks: unknown, tools: Readonly<Record<string, string>>): string | undefined {
  if (!isObject((marks ?? null) as JsonObject)) return undefined;
  const found = Object.entries(tools).find(([key]) => Object.hasOwn(marks as JsonObject, key));
  return found === undefined ? undefined : `${found[1]} ${String((marks as JsonObject)[found[0]])}`;
}
