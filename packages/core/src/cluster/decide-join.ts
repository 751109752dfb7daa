/** A spoke asks to be let in. The same token with the same key gives the same answer; with another key it is an alarm, and nothing changes. */
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId, ClusterName } from '@accord/proto/ids';
import { matchPattern } from '../labels/match-pattern.ts';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, JoinedBy, JoinFacts, JoinTokenFact } from '../registry/facts.ts';
import { clusterByName, type Recorded, type Registry } from '../registry/registry.ts';
import { requireFreeName, requireName } from './decide-invite.ts';
import { requireNotRevoked } from './decide-revoke.ts';
import { requireAllowed, unusable } from './judge-join.ts';

export interface Joining {
  readonly tokenHash: string;
  readonly publicKey: string;
  /** The name that the spoke asks for, which only a rule leaves to it. */
  readonly name?: string | undefined;
  readonly facts: JoinFacts;
  /** Fresh id and uid, used only when this is the first time. */
  readonly id: ClusterId;
  readonly uid: string;
  readonly nowMs: number;
}

export interface JoinDecision {
  /** Undefined while an admin has not let the key in. */
  readonly id: ClusterId | undefined;
  /** To be written in this order; a crash in between is finished by the same request. Empty when all is done. */
  readonly drafts: readonly Draft[];
}

/** Rejects with `unauthenticated`, `forbidden`, `conflict`, `exists` or `invalid`, and says what to do. */
export function decideJoin(registry: Registry, joining: Joining): JoinDecision {
  const token = registry.tokens.get(joining.tokenHash);
  // Unknown, expired and used tokens answer alike, so that guessing teaches nothing.
  if (token === undefined || token.body.deletedAtMs !== undefined) throw unusable();
  const { rule, cluster, consumed } = token.body;
  if (rule === undefined && joining.name !== undefined && joining.name !== cluster)
    throw new CodedError('invalid', `this token is for cluster ${cluster}, and the spoke calls itself ${joining.name}`, {
      help: 'Take ACCORD_CLUSTER_NAME out of the Secret accord-spoke-join: the name comes with the token.',
    });
  const own = rule === undefined ? consumed : rule.joined.find(({ publicKey }) => publicKey === joining.publicKey);
  if (joining.nowMs >= token.body.expiresAtMs) throw unusable();
  // It was for a membership that has ended.
  if (own !== undefined && registry.left.has(own.id)) throw unusable();
  if (own !== undefined) return finishJoin(registry, { token: token.body, joining, own });
  return rule === undefined ? joinOnce(registry, token, joining) : joinByRule(registry, token, joining);
}

/** As cluster `id`, which may be there already. */
function joinOnce(registry: Registry, token: Recorded<JoinTokenFact>, joining: Joining): JoinDecision {
  const { body, seq } = token;
  const replaced = body.replace === true ? clusterByName(registry, body.cluster) : undefined;
  if (body.replace === true && replaced === undefined) throw unusable();
  requireAllowed(registry, joining, replaced?.body);
  const { approval, cluster } = body;
  const asks = { publicKey: joining.publicKey, facts: joining.facts, atMs: joining.nowMs };
  if (approval?.asked !== undefined && approval.asked.publicKey !== joining.publicKey)
    throw new CodedError('conflict', 'another key has asked with this join token before', {
      help: `Look which is yours: accord cluster tokens. If the other is not, end it: accord cluster reject ${cluster}`,
    });
  if (approval?.verdict === 'Rejected')
    throw new CodedError('forbidden', 'an administrator of the hub has rejected this cluster', {
      help: `Ask there why. A new token lets it ask again: accord cluster add ${cluster} -l KEY=VALUE`,
    });
  const change = replaced?.change.id ?? `cluster/${cluster}@1`;
  if (approval?.verdict === 'Awaited') {
    const pending: JoinTokenFact = { ...body, approval: { verdict: 'Awaited', asked: asks } };
    const isTold = approval.asked !== undefined;
    return { id: undefined, drafts: isTold ? [] : [draft('token', body.hash, 'JoinRequested', pending, seq, change)] };
  }
  const own = { publicKey: joining.publicKey, id: replaced?.body.id ?? joining.id };
  const used = draft('token', body.hash, 'JoinTokenUsed', { ...body, consumed: own }, seq, change);
  return { id: own.id, drafts: [used, ...joined(registry, { token: body, cluster, joining, own })] };
}

/** The name is taken first, so that of two clusters that ask for it one wins; then the place in the rule. */
function joinByRule(registry: Registry, { body, seq }: Recorded<JoinTokenFact>, joining: Joining): JoinDecision {
  const { rule, hash } = body;
  const { name, publicKey, id, nowMs } = joining;
  if (rule === undefined) throw unusable();
  if (name === undefined)
    throw new CodedError('invalid', 'this token lets in several clusters, and the spoke does not say which it is', {
      help: 'Set ACCORD_CLUSTER_NAME in the Secret accord-spoke-join to a name of its own.',
    });
  requireName(name, 'ACCORD_CLUSTER_NAME');
  if (!matchPattern(rule.namePattern, name))
    throw new CodedError('forbidden', `this token lets in clusters named ${rule.namePattern}, and not ${name}`, {
      help: 'Set ACCORD_CLUSTER_NAME in the Secret accord-spoke-join to such a name.',
    });
  if (rule.joined.length >= rule.joinsMax)
    throw new CodedError('forbidden', `join rule ${body.cluster} has let in the ${rule.joinsMax} clusters that it may`, {
      help: `Make another one: accord cluster rule add NAME --name-pattern '${rule.namePattern}'`,
    });
  const cluster = name as ClusterName;
  const member = clusterByName(registry, cluster);
  if (member !== undefined)
    throw new CodedError('exists', `there is a cluster ${cluster} already`, {
      help: `Choose another ACCORD_CLUSTER_NAME; or, if it takes the place of that one, run: accord cluster add ${cluster} --replace`,
    });
  requireAllowed(registry, joining, undefined);
  requireFreeName(registry, cluster, nowMs);
  const change = `cluster/${cluster}@1`;
  const holder = registry.names.get(cluster);
  const own = { publicKey, id };
  const next: JoinTokenFact = { ...body, rule: { ...rule, joined: [...rule.joined, { ...own, cluster }] } };
  const reserve = draft('name', cluster, 'NameReserved', { name: cluster, tokenHash: hash }, holder?.seq ?? 0, change);
  return {
    id,
    drafts: [
      ...(holder?.body.tokenHash === hash ? [] : [reserve]),
      draft('token', hash, 'JoinTokenUsed', next, seq, change),
      ...joined(registry, { token: body, cluster, joining, own }),
    ],
  };
}

interface Use {
  readonly token: JoinTokenFact;
  readonly joining: Joining;
  readonly own: JoinedBy & { readonly cluster?: ClusterName };
}

/** The token was used before: by this key it is the same join, which may have been cut. */
function finishJoin(registry: Registry, { token, joining, own }: Use): JoinDecision {
  const cluster = own.cluster ?? token.cluster;
  if (own.publicKey !== joining.publicKey)
    throw new CodedError('conflict', 'this join token was used with another key', {
      help: `If that was not you, see docs/runbooks/key-theft.md. If the cluster lost its key: accord cluster add ${cluster} --replace`,
    });
  if (joining.name !== undefined && joining.name !== cluster)
    throw new CodedError('conflict', `this key has joined as ${cluster}, and not as ${joining.name}`, {
      help: 'Set ACCORD_CLUSTER_NAME in the Secret accord-spoke-join back.',
    });
  const member = registry.clusters.get(own.id)?.body;
  if (member?.publicKey === own.publicKey) {
    requireNotRevoked(member);
    return { id: own.id, drafts: [] };
  }
  // Only the last invitation of a name may still give its cluster a key: after another one this key is the old one.
  const isLast = registry.names.get(cluster)?.body.tokenHash === token.hash;
  if (member !== undefined && !(token.replace === true && isLast)) throw lostKey(member);
  requireAllowed(registry, joining, member);
  return { id: own.id, drafts: joined(registry, { token, cluster, joining, own }) };
}

function lostKey({ name }: ClusterFact): CodedError {
  return new CodedError('forbidden', `cluster ${name} is no longer let in with this key`, {
    help: `It joins again with a new token: accord cluster add ${name} --replace`,
  });
}

/** The fact that makes a cluster, or gives one its new key. */
function joined(registry: Registry, { token, cluster, joining, own }: Use & { readonly cluster: ClusterName }): readonly Draft[] {
  const member = registry.clusters.get(own.id);
  if (member === undefined) {
    const body = newCluster(token, { joining, cluster, id: own.id, confirmedEpoch: registry.epoch?.body.confirmedEpoch ?? 1 });
    return [draft('cluster', own.id, 'ClusterJoined', body, 0, `cluster/${cluster}@1`)];
  }
  return [draft('cluster', own.id, 'ClusterRejoined', withNewKey(member.body, joining), member.seq, member.change.id)];
}

/** Everything stays but the key: what was to be done about tokens of the old one ends with it. */
function withNewKey(
  { revokedAtMs: _ended, keyToReplace: _done, keysToRevoke = [], ...body }: ClusterFact,
  { publicKey, facts }: Joining,
): ClusterFact {
  const old = [...new Set([...keysToRevoke, body.publicKey])].filter((key) => key !== publicKey);
  return {
    ...body,
    publicKey,
    tokenFloor: 0,
    revokedUntil: 0,
    kubeSystemUID: facts.kubeSystemUID,
    ...(old.length > 0 && { keysToRevoke: old }),
  };
}

interface NewCluster {
  readonly joining: Joining;
  readonly cluster: ClusterName;
  readonly id: ClusterId;
  /** A cluster that joins again may hold what an earlier history of desired state brought it. */
  readonly confirmedEpoch: number;
}

function newCluster({ labels, spec }: JoinTokenFact, { joining, cluster, id, confirmedEpoch }: NewCluster): ClusterFact {
  const { publicKey, uid, nowMs, facts } = joining;
  return {
    ...{ id, name: cluster, uid, publicKey, kubeSystemUID: facts.kubeSystemUID },
    ...{ revision: 1, createdAtMs: nowMs, meta: { annotations: {} }, labels, spec },
    ...{ tokenFloor: 0, revokedUntil: 0, confirmedEpoch, confirmedRemovals: {} },
  };
}
