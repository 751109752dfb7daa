import { printOf } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded, type ErrorCode } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import { expect } from 'vitest';
import { keyOf } from '../ref-key.ts';
import type { ApplyAnswer, KindRef, Kube, ObjectMeta, ObjectRef, RemoveAnswer, Selection, WatchEvent } from '../kube.ts';
import { apiVersionOf, policyKinds } from '../own-kinds.ts';

export const never = new AbortController().signal;
export const quotaKind = kindNamed('ResourceQuota');
export const networkPolicyKind = kindNamed('NetworkPolicy');
export const roleKind = kindNamed('Role');
export const bindingKind = kindNamed('RoleBinding');

export const mirrorSpec: JsonObject = { severity: 'Low' };

export function kindNamed(name: string): KindRef {
  const found = policyKinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

export function ref(kind: KindRef, ...path: readonly [string] | readonly [string, string]): ObjectRef {
  const [first, second] = path;
  return second === undefined ? { kind, namespace: undefined, name: first } : { kind, namespace: first, name: second };
}

export function object(kind: KindRef, namespace: string | undefined, name: string, { metadata, ...content }: JsonObject): JsonObject {
  const at = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { ...at, ...(metadata as JsonObject | undefined) }, ...content };
}

export function ours(
  kind: KindRef,
  ...[namespace, name, content = {}]: readonly [string] | readonly [string, string, JsonObject?]
): JsonObject {
  const { origin = 'Created', ...rest } = content;
  const metadata = { labels: { [ownerLabel]: 'contract' }, annotations: { [originAnnotation]: origin } };
  return name === undefined
    ? object(kind, undefined, namespace, { metadata, ...rest })
    : object(kind, namespace, name, { metadata, ...rest });
}

export async function applied(kube: Kube, at: ObjectRef, body: JsonObject): Promise<ObjectMeta> {
  const answer = await kube.apply(at, body, {}, never);
  if (!('meta' in answer)) throw new Error(render(answer));
  return answer.meta;
}

/** Metadata as it is now, by way of a watch: the port reads metadata in no other way. */
export async function current(kube: Kube, at: ObjectRef, before: ObjectMeta): Promise<ObjectMeta> {
  const watch = follow(kube, at.kind, { fieldSelector: `metadata.name=${at.name}` });
  await watch.until((events) => ofKey(events, at).some(({ meta }) => BigInt(meta.resourceVersion) >= BigInt(before.resourceVersion)));
  await watch.stop();
  return ofKey(watch.events, at).at(-1)?.meta ?? before;
}

export async function field(kube: Kube, at: ObjectRef, name: string): Promise<unknown> {
  return (await kube.get(at, never))?.[name];
}

export function fieldsOf({ managedFields }: ObjectMeta): string | undefined {
  return printOf(managedFields, 'accord')?.fields;
}

export type ObjectEvent = Exclude<WatchEvent, { type: 'listed' }>;

export function ofKey(events: readonly WatchEvent[], at: ObjectRef): readonly ObjectEvent[] {
  return events.filter((event): event is ObjectEvent => event.type !== 'listed' && event.key === (keyOf(at) satisfies ObjectKey));
}

export interface Following {
  readonly events: readonly WatchEvent[];
  /** With what the server has ended it. */
  readonly endedBy: () => ErrorCode | undefined;
  lines(): readonly string[];
  until(accept: (events: readonly WatchEvent[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Collects what a watch shows. */
export function follow(kube: Kube, kind: KindRef, selection: Selection): Following {
  const events: WatchEvent[] = [];
  const stop = new AbortController();
  let code: ErrorCode | undefined;
  const onEnd = (error: unknown): void => {
    if (!isCoded(error)) throw error;
    ({ code } = error);
  };
  const running = kube.watch(kind, selection, (event) => events.push(event), stop.signal).catch(onEnd);
  return {
    events,
    endedBy: () => code,
    lines: () => events.map((event) => (event.type === 'listed' ? 'listed' : `${event.type} ${event.key}`)),
    async until(accept) {
      await expect.poll(() => accept(events), { timeout: 10_000, interval: 5 }).toBe(true);
    },
    async stop() {
      stop.abort();
      await running;
    },
  };
}

/** One line, for a diff that reads well. */
export function render(answer: ApplyAnswer | RemoveAnswer): string {
  const reason = 'reason' in answer ? ` ${answer.reason}` : '';
  return `${answer.outcome}${reason}${'because' in answer ? `: ${answer.because}` : ''}`;
}
