import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import { owningTool } from './owning-tool.ts';

test.each<[metadata: JsonObject, tool: string | undefined]>([
  [{}, undefined],
  [{ labels: { app: 'x' }, annotations: { note: 'y' } }, undefined],
  [{ annotations: { 'meta.helm.sh/release-name': 'shop' } }, 'Helm release shop'],
  [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, 'Kustomization apps'],
  [{ labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } }, 'HelmRelease shop'],
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'shop:v1/ConfigMap:a/b' } }, 'Argo CD application shop:v1/ConfigMap:a/b'],
  [{ annotations: { 'config.k8s.io/owning-inventory': 'i-1' } }, 'inventory i-1'],
  [{ ownerReferences: [{ kind: 'Widget', name: 'w', controller: true }] }, 'Widget w'],
  [{ ownerReferences: [{ kind: 'Widget', name: 'w' }] }, undefined],
])('%j is kept by %s', (metadata, tool) => expect(owningTool({ metadata })).toBe(tool));
