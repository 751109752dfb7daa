import { renderJoinManifest, type Tier } from '@accord/cli/render/join-manifest';
import type { KubeClient } from '@accord/local/control-plane/kube-client';
import type { JsonObject } from '@accord/proto/canonical';
import { parse } from 'yaml';
import { create, messageOf, renderAttempt, thing, type Attempt, type Thing } from './attempt.ts';

/** What tells the tiers apart. Everything else that the owner applies is the same in each. */
const kinds = ['ClusterRoleBinding', 'ValidatingAdmissionPolicyBinding'] as const;

/** Gives the spoke the bindings of these tiers together, as `accord cluster add --tier` prints them, and takes all others of theirs away. */
export async function bindTiers(installer: KubeClient, tiers: readonly Tier[]): Promise<void> {
  const wanted = new Map((await Promise.all(tiers.map(bindingsOf))).flat().map((it) => [it.path, it]));
  const known = (await Promise.all((['Observe', 'Standard', 'RBACAdmin'] as const).map(bindingsOf))).flat();
  for (const { path } of known) if (!wanted.has(path)) await bring(installer, { method: 'DELETE', path, target: path });
  for (const it of wanted.values()) await bring(installer, create(it));
}

async function bindingsOf(tier: Tier): Promise<readonly Thing[]> {
  const text = await renderJoinManifest({ cluster: 'kube', hubUrl: 'https://hub.example', hubKey: 'k', token: 't', tier });
  const objects = text.split('\n---\n').map((part) => parse(part) as JsonObject & { readonly metadata: { readonly name: string } });
  return objects.flatMap((object) => {
    const kind = kinds.find((one) => one === object['kind']);
    return kind === undefined ? [] : [{ ...thing(kind, object.metadata.name), object }];
  });
}

/** What is there already is there, and what is gone is gone. */
async function bring(installer: KubeClient, attempt: Attempt): Promise<void> {
  const answer = await installer.send(attempt);
  const isThere = answer.status === (attempt.method === 'DELETE' ? 404 : 409);
  if (answer.status >= 300 && !isThere) throw new Error(`${renderAttempt(attempt)}: ${messageOf(answer.body)}`);
}
