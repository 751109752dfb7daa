/** The routes of one kind: list, watch, get, and its writes. */
import { randomUUID } from 'node:crypto';
import type { Draft } from '@accord/core/registry/draft';
import type { Registry } from '@accord/core/registry/registry';
import { apiVersion, type Kind, type KubeObject } from '@accord/proto/kube-api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nameChange, warn, type Waits } from '../accepted.ts';
import type { Caller } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import type { FailureLimit } from '../failure-limit.ts';
import { readBody } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import { callerOf, countOf, paramOf, queryOf } from '../request-context.ts';
import { OpenLimit } from '../open-limit.ts';
import type { Sessions } from '../session/sessions.ts';
import type { RequestStore } from '../store-request.ts';
import type { View, Views } from '../views.ts';
import { objectFilter, pageOf } from './list-options.ts';
import { mergePatch } from './merge-patch.ts';
import { parseVersion } from './resource-version.ts';
import { tableOf, wantsTable } from './table.ts';
import { serveWatch } from './watch.ts';

export interface ResourceDeps extends ApiDeps {
  readonly views: Views;
  readonly requests: RequestStore;
  readonly waits: Waits;
  /** Of guessed tokens and codes; the join has one of its own. */
  readonly failures: FailureLimit;
  readonly sessions: Sessions;
}

/** What was decided about one object, before it is stored. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly string[];
}

/** What a write brings that the object does not say. */
export interface Fresh {
  readonly uid: string;
  readonly nowMs: number;
  readonly caller: Caller;
  /** What the writer sees: he is told of nothing else. */
  readonly shown: Registry;
}

/** The writes of a kind. `fresh` is what a new object would get; a decision may be asked for again when somebody wrote first. */
export interface KindWrites {
  readonly put: (input: unknown, name: string | undefined, fresh: Fresh) => Decision;
  readonly patchable: (name: string) => unknown;
  readonly isThere: (name: string) => boolean;
  /** What the object would look like if the draft were stored. */
  readonly preview: (draft: Draft, view: View) => KubeObject;
}

const limitMax = 5_000;
const watchMsMax = 3_600_000;
/** Open watches of one kind and one caller; a controller has one. */
const watchesMax = 50;

interface Watching extends ResourceDeps {
  readonly watches: OpenLimit;
}

/** Get, list and watch of a kind, for role viewer. */
export function registerReads(app: FastifyInstance, deps: ResourceDeps, kind: Kind): void {
  const base = `/apis/${apiVersion}/${kind.plural}`;
  const watches = new OpenLimit(watchesMax, 'open watches', 'Close one of them.');
  app.get(base, { config: { role: 'viewer', scope: 'limited' } }, (request, reply) => {
    const isWatch = ['true', '1'].includes(queryOf(request, 'watch') ?? '');
    return isWatch ? watch({ ...deps, watches }, kind, request, reply) : list(deps, kind, request);
  });
  app.get(`${base}/:name`, { config: { role: 'viewer', scope: kind.kind === 'Cluster' ? 'cluster' : 'policy' } }, (request) => {
    const object = deps.views.of(request).feeds[kind.kind].get(paramOf(request, 'name'));
    if (object === undefined) throw notFound(kind, paramOf(request, 'name'));
    return shownAs(deps, kind, request, object);
  });
}

function list({ views, clock }: ResourceDeps, kind: Kind, request: FastifyRequest): unknown {
  const feed = views.of(request).feeds[kind.kind];
  const objects = feed.list().filter(objectFilter(request));
  const { items, ...paging } = pageOf(objects, {
    limit: countOf(request, 'limit', { fallback: 0, max: limitMax }),
    token: queryOf(request, 'continue'),
  });
  const metadata = { resourceVersion: feed.version, ...paging };
  if (wantsTable(request.headers.accept))
    return tableOf(kind, items, { nowMs: clock.now(), includeObject: queryOf(request, 'includeObject') ?? '', metadata });
  return { kind: `${kind.kind}List`, apiVersion, metadata, items };
}

function watch({ views, clock, watches }: Watching, kind: Kind, request: FastifyRequest, reply: FastifyReply): void {
  const caller = callerOf(request);
  const { feeds, signal } = views.of(request);
  const text = queryOf(request, 'resourceVersion') ?? '';
  const initial = queryOf(request, 'sendInitialEvents') === 'true';
  const after = text === '' || text === '0' || initial ? undefined : parseVersion(text);
  if (after === undefined && !['', '0'].includes(text) && !initial)
    throw new Refusal('invalid', 'resourceVersion: this hub never gave that version', {
      status: 400,
      help: 'List first, and watch from the version of the list.',
    });
  const filter = objectFilter(request);
  const asTable = wantsTable(request.headers.accept);
  const includeObject = queryOf(request, 'includeObject') ?? '';
  const render = (object: KubeObject, isFirst: boolean): unknown =>
    asTable
      ? tableOf(kind, [object], {
          nowMs: clock.now(),
          includeObject,
          withColumns: isFirst,
          metadata: { resourceVersion: object.metadata.resourceVersion },
        })
      : object;
  const options = {
    feed: feeds[kind.kind],
    kind,
    filter,
    after: after?.shown,
    marksInitialEnd: initial,
    bookmarks: ['true', '1'].includes(queryOf(request, 'allowWatchBookmarks') ?? ''),
    timeoutMs: countOf(request, 'timeoutSeconds', { fallback: watchMsMax / 1_000, max: watchMsMax / 1_000 }) * 1_000,
    render,
    isStillAllowed: caller.isStillKnown,
    clock,
  };
  const leave = watches.enter(caller.actor);
  if (!serveWatch(reply.raw, options, signal)) {
    leave();
    throw new Refusal('gone', `the version ${text} is too old to watch from`, {
      help: 'List again, and watch from the version of the list.',
    });
  }
  reply.raw.once('close', leave);
  reply.hijack();
}

/** Replace and merge patch of a kind, for role operator. */
export function registerWrites(app: FastifyInstance, deps: ResourceDeps, kind: Kind, writes: KindWrites): void {
  const path = `/apis/${apiVersion}/${kind.plural}/:name`;
  const config = { role: 'operator', scope: kind.kind === 'Cluster' ? 'cluster' : 'policy' } as const;
  app.put(path, { config }, (request, reply) => {
    const input = readBody(request.body, request.headers['content-type']);
    return answerWrite({ deps, kind, writes, request, reply }, paramOf(request, 'name'), (fresh) =>
      writes.put(input, paramOf(request, 'name'), fresh),
    );
  });
  app.patch(path, { config }, (request, reply) => {
    const name = paramOf(request, 'name');
    const patch = readPatch(request);
    return answerWrite({ deps, kind, writes, request, reply }, name, (fresh) => writes.put(patch(writes.patchable(name)), name, fresh));
  });
}

export interface Answering {
  readonly deps: ResourceDeps;
  readonly kind: Kind;
  readonly writes: Pick<KindWrites, 'isThere' | 'preview'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Decides, stores unless it is a dry run, and answers with the object: 201 when it is new, 200 when not, or when it was waited for. */
export async function answerWrite(
  { deps, kind, writes, request, reply }: Answering,
  name: string,
  decide: (fresh: Fresh) => Decision,
): Promise<unknown> {
  const view = deps.views.of(request);
  const fresh = { uid: randomUUID(), nowMs: deps.clock.now(), caller: callerOf(request), shown: view.projection.registry };
  const existed = writes.isThere(name);
  if (isDryRun(request)) {
    const { drafts, warnings } = decide(fresh);
    deps.requests.require(request, drafts);
    warn(reply, warnings);
    const [draft] = drafts;
    const before = view.feeds[kind.kind].get(name);
    const after = draft === undefined ? before : writes.preview(draft, view);
    // The status is what was observed, and nothing was done: so `kubectl diff` shows what a person changes.
    const object = before === undefined || after === undefined ? after : { ...after, status: before.status };
    return reply.status(existed ? 200 : 201).send(object);
  }
  let warnings: readonly string[] = [];
  const { change, isRepeated } = await deps.requests.store(request, () => {
    const decision = decide(fresh);
    warnings = decision.warnings;
    return decision.drafts;
  });
  if (change !== undefined) nameChange(reply, change);
  const open = await deps.waits.wait(request, kind, name);
  const object = view.feeds[kind.kind].get(name);
  if (object === undefined)
    throw new Refusal('gone', `${kind.plural} "${name}" was written and is gone again`, {
      help: 'Somebody deleted it meanwhile; write it again if that was wrong.',
    });
  warn(reply, [...warnings, ...(open ?? [])]);
  const isNew = open === undefined && !existed && !isRepeated;
  const status = open !== undefined && open.length > 0 ? 202 : isNew ? 201 : 200;
  return reply.status(status).send(shownAs(deps, kind, request, object));
}

/** Rejects with `invalid` for another value than `All`. */
export function isDryRun(request: FastifyRequest): boolean {
  const value = queryOf(request, 'dryRun');
  if (value === undefined || value === '') return false;
  if (value === 'All') return true;
  throw new Refusal('invalid', `dryRun=${value} is not known`, { status: 400, help: 'Write dryRun=All.' });
}

function readPatch(request: FastifyRequest): (target: unknown) => unknown {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (type === 'application/merge-patch+json') {
    const patch = readBody(request.body);
    return (target) => mergePatch(target, patch);
  }
  throw new Refusal('unsupported', `patches of type ${type === '' ? 'none' : type} are not supported`, {
    status: 415,
    help: 'Send application/merge-patch+json: kubectl patch --type merge, or kubectl apply without --server-side.',
  });
}

/** As a client wants one object: itself, or as a table. */
function shownAs({ clock }: ResourceDeps, kind: Kind, request: FastifyRequest, object: KubeObject): unknown {
  if (!wantsTable(request.headers.accept)) return object;
  const { resourceVersion } = object.metadata;
  return tableOf(kind, [object], {
    nowMs: clock.now(),
    includeObject: queryOf(request, 'includeObject') ?? '',
    metadata: { resourceVersion },
  });
}

/** The words of Kubernetes, because clients look for them. */
export function notFound({ plural }: Kind, name: string): Refusal {
  return new Refusal('not-found', `${plural}.accord.dev "${name}" not found`, { help: `See what there is: kubectl get ${plural}` });
}
