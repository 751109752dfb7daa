import { matchSelector } from '@accord/core/labels/match-selector';
import { parseSelector } from '@accord/core/labels/parse-selector';
import type { KubeObject } from '@accord/proto/kube-api';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';
import { queryOf } from '../request-context.ts';

/** True for the objects that a list or a watch is about. Rejects with `invalid` (400) for selectors that cannot be read. */
export function objectFilter(request: FastifyRequest): (object: KubeObject) => boolean {
  const byLabels = labelFilter(queryOf(request, 'labelSelector') ?? '');
  const byFields = fieldFilter(queryOf(request, 'fieldSelector') ?? '');
  return (object) => byLabels(object) && byFields(object);
}

function labelFilter(text: string): (object: KubeObject) => boolean {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid')
    throw new Refusal('invalid', `labelSelector: ${parsed.message}`, { status: 400, help: 'Correct the selector.' });
  return ({ metadata }) => matchSelector(parsed.selector, metadata.labels).matches;
}

function fieldFilter(text: string): (object: KubeObject) => boolean {
  const tests = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, field, sign, value] = /^\s*([\w.]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part) ?? [];
      if (field !== 'metadata.name')
        throw new Refusal('invalid', `fieldSelector: "${part}" cannot be selected by`, {
          status: 400,
          help: 'Only metadata.name can, with =, == or !=.',
        });
      return ({ metadata }: KubeObject): boolean => (metadata.name === value) === (sign !== '!=');
    });
  return (object) => tests.every((test) => test(object));
}

export interface Page {
  readonly items: readonly KubeObject[];
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** One page of a list that is sorted by name. A page starts after a name, so objects that come and go move nothing. */
export function pageOf(
  objects: readonly KubeObject[],
  { limit, token }: { readonly limit: number; readonly token: string | undefined },
): Page {
  const after = token === undefined || token === '' ? undefined : nameOf(token);
  const rest = after === undefined ? objects : objects.filter(({ metadata }) => metadata.name > after);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  if (items.length === rest.length || last === undefined) return { items };
  return {
    items,
    continue: Buffer.from(`after:${last.metadata.name}`).toString('base64url'),
    remainingItemCount: rest.length - items.length,
  };
}

function nameOf(token: string): string {
  const [, name] = /^after:(.*)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (name === undefined)
    throw new Refusal('invalid', 'continue: this hub never gave that token', { status: 400, help: 'List again from the start.' });
  return name;
}
