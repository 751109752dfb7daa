/** Who may join: one cluster under one name, or several by a rule. */
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterSpec } from '@accord/proto/cluster';
import { isDnsLabel, type ClusterName } from '@accord/proto/ids';
import { withoutDefaultSet } from '@accord/proto/labels';
import { draft, type Draft } from '../registry/draft.ts';
import type { JoinTokenFact } from '../registry/facts.ts';
import { clusterByName, type Registry } from '../registry/registry.ts';
import { requireLabels, type Labels } from './decide-cluster.ts';
import { isOpenToken } from './token-state.ts';

export interface Invitation {
  readonly cluster: string;
  readonly labels: Labels;
  readonly spec: ClusterSpec;
  readonly tokenHash: string;
  readonly nowMs: number;
  readonly expiresInMs: number;
  /** An admin lets the key in that asks. */
  readonly isApproved?: boolean;
  /** For a member: it gets a new key, and keeps labels and spec. Those given here do not count. */
  readonly isReplaced?: boolean;
}

export const joinTokenMsMax = 24 * 3_600_000;
/** All of a rule's joins stand in one fact. */
export const ruleJoinsMax = 500;

/** Takes the name and makes a token that can join once, as this name with these labels. */
export function decideInvite(registry: Registry, invitation: Invitation): readonly Draft[] {
  const { cluster, tokenHash, nowMs, isApproved = false, isReplaced = false } = invitation;
  requireName(cluster, 'cluster');
  requireLife(invitation.expiresInMs);
  requireLabels(invitation.labels);
  const name = cluster as ClusterName;
  const member = clusterByName(registry, name)?.body;
  if (member !== undefined && !isReplaced) {
    throw new CodedError('exists', `cluster ${name} has joined already`, {
      help: `If that cluster has lost its key, or takes the place of the one that had it: accord cluster add ${name} --replace. Else choose another name.`,
    });
  }
  if (member === undefined && isReplaced) {
    throw new CodedError('not-found', `there is no cluster ${name} that could be replaced`, {
      help: `See what there is: accord get clusters. A new one joins without --replace.`,
    });
  }
  requireFreeName(registry, name, nowMs);
  const { labels, spec } = member ?? { labels: withoutDefaultSet(invitation.labels), spec: invitation.spec };
  const body: JoinTokenFact = {
    ...{ hash: tokenHash, cluster: name, labels, spec, createdAtMs: nowMs, expiresAtMs: nowMs + invitation.expiresInMs },
    ...(isApproved && { approval: { verdict: 'Awaited' } }),
    ...(isReplaced && { replace: true }),
  };
  const change = `cluster/${name}@invited`;
  return [
    draft('name', name, 'NameReserved', { name, tokenHash }, registry.names.get(name)?.seq ?? 0, change),
    draft('token', tokenHash, 'JoinTokenCreated', body, 0, change),
  ];
}

export interface NewRule extends Omit<Invitation, 'cluster' | 'isApproved' | 'isReplaced'> {
  readonly name: string;
  readonly namePattern: string;
  readonly joinsMax: number;
}

/** Makes a token with which several clusters join, each under a name of its own that matches, all with these labels. */
export function decideAddRule(registry: Registry, rule: NewRule): readonly Draft[] {
  const { name, namePattern, joinsMax, labels, spec, tokenHash, nowMs, expiresInMs } = rule;
  requireName(name, 'name');
  requireLife(expiresInMs);
  requireLabels(labels);
  if (!/^[a-z0-9*-]{1,63}$/.test(namePattern) || !/[a-z0-9]/.test(namePattern))
    throw new CodedError('invalid', `namePattern: "${namePattern}" fits no name`, {
      help: 'Write lower-case letters, digits, "-", and "*" for any of them, such as edge-*.',
    });
  if (!Number.isInteger(joinsMax) || joinsMax < 1 || joinsMax > ruleJoinsMax)
    throw new CodedError('invalid', `maxJoins: a number from 1 to ${ruleJoinsMax}`);
  const twin = [...registry.tokens.values()].find(
    ({ body }) => body.rule !== undefined && body.cluster === name && isOpenToken(body, nowMs),
  );
  if (twin !== undefined)
    throw new CodedError('exists', `there is a join rule ${name} already`, {
      help: `End it first: accord cluster tokens --delete ${name}`,
    });
  const times = { createdAtMs: nowMs, expiresAtMs: nowMs + expiresInMs };
  const body: JoinTokenFact = {
    ...{ hash: tokenHash, cluster: name as ClusterName, labels: withoutDefaultSet(labels), spec, ...times },
    rule: { namePattern, joinsMax, joined: [] },
  };
  return [draft('token', tokenHash, 'JoinRuleCreated', body, 0, `join-rule/${name}@created`)];
}

/** Rejects with `exists` while somebody may still join under this name. */
export function requireFreeName(registry: Registry, name: ClusterName, nowMs: number): void {
  const holder = registry.names.get(name)?.body;
  const token = holder === undefined ? undefined : registry.tokens.get(holder.tokenHash)?.body;
  if (token === undefined || token.deletedAtMs !== undefined) return;
  const { rule, consumed, hash, expiresAtMs } = token;
  const own = rule === undefined ? consumed : rule.joined.find(({ cluster }) => cluster === name);
  // A join that was cut between its two facts is finished by its own key for as long as the token holds.
  const isHalfDone = own !== undefined && !registry.clusters.has(own.id) && !registry.left.has(own.id) && nowMs < expiresAtMs;
  if (!isHalfDone && (rule !== undefined || !isOpenToken(token, nowMs))) return;
  throw new CodedError('exists', `cluster ${name} is invited already, until ${new Date(expiresAtMs).toISOString()}`, {
    help: `Delete that invitation first: accord cluster tokens --delete ${rule === undefined ? hash : token.cluster}`,
  });
}

export function requireName(text: string, field: string): void {
  if (!isDnsLabel(text))
    throw new CodedError('invalid', `${field}: "${text.slice(0, 100)}" is no DNS label: lower-case letters, digits and "-", at most 63`);
}

function requireLife(expiresInMs: number): void {
  if (expiresInMs <= 0 || expiresInMs > joinTokenMsMax) throw new CodedError('invalid', 'expiresIn: more than nothing and at most 24h');
}
