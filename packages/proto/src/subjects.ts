/** The only place where a subject is built or parsed. The grammar is in docs/reference/subjects.md. */
import type { ClusterId, PolicyName } from './ids.ts';

/** Where a document is published: everybody, the holders of one label value, one cluster, or the members of a set. */
export type Anchor = string & { readonly brand: 'Anchor' };
/** Name of a document inside its anchor: a policy, or a system document that starts with `_`. */
export type Doc = string & { readonly brand: 'Doc' };

export const streams = ['INTENT', 'FLEET', 'REPORTS', 'OUTCOMES', 'HISTORY', 'CONTROL'] as const;
export type Stream = (typeof streams)[number];

const streamOfFirstToken: Readonly<Record<string, Stream>> = {
  intent: 'INTENT',
  desired: 'FLEET',
  index: 'FLEET',
  report: 'REPORTS',
  outcome: 'OUTCOMES',
  history: 'HISTORY',
  control: 'CONTROL',
};

/** The stream that stores a subject; undefined for live, beat and rpc, which are never stored. */
export function streamOf(subject: string): Stream | undefined {
  return streamOfFirstToken[subject.slice(0, subject.indexOf('.'))];
}

/**
 * One token for any text: bytes outside `[a-z0-9-]` become `=hh`, nothing becomes `=`.
 * Upper case is encoded too, because tool chains lower-case the tags in which these tokens travel.
 */
export function encodeToken(text: string): string {
  if (text === '') return '=';
  let token = '';
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte);
    token += /[a-z0-9-]/.test(char) ? char : `=${byte.toString(16).padStart(2, '0')}`;
  }
  return token;
}

/** The text of a token; undefined when no `encodeToken` made it. */
export function decodeToken(token: string): string | undefined {
  if (token === '=') return '';
  if (!/^([a-z0-9-]|=[0-9a-f]{2})+$/.test(token)) return undefined;
  const bytes = token.match(/=[0-9a-f]{2}|[a-z0-9-]/g) ?? [];
  const raw = Uint8Array.from(bytes, (part) => (part.startsWith('=') ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0)));
  // A byte order mark is a character like any other here.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  return encodeToken(text) === token ? text : undefined;
}

export const anchorAll = 'all' as Anchor;

export function labelAnchor(key: string, value: string): Anchor {
  return `l.${encodeToken(key)}.${encodeToken(value)}` as Anchor;
}

export function clusterAnchor(id: ClusterId): Anchor {
  return `c.${id}` as Anchor;
}

/** Where the records of the members of a cluster set are published, for its members. */
export function setAnchor(set: string): Anchor {
  return `r.${encodeToken(set)}` as Anchor;
}

/** Anchors of sets hold cluster records; all others hold policies and what is about one cluster. */
export function isSetAnchor(anchor: Anchor): boolean {
  return anchor.startsWith('r.');
}

/** The tag in a spoke's token that opens an anchor; undefined for those that every token of this cluster opens. */
export function tagOfAnchor(anchor: Anchor): string | undefined {
  if (isSetAnchor(anchor)) return `set:${anchor.slice('r.'.length)}`;
  return anchor.startsWith('l.') ? `l:${anchor.slice('l.'.length)}` : undefined;
}

/** The tag in a spoke's token that opens a label anchor; the scope's template turns it into subjects. */
export function labelTag(key: string, value: string): string {
  return `l:${encodeToken(key)}.${encodeToken(value)}`;
}

/** The tag in a spoke's token that opens a cluster set. */
export function setTag(set: string): string {
  return `set:${encodeToken(set)}`;
}

export function policyDoc(policy: PolicyName): Doc {
  return encodeToken(policy) as Doc;
}

/** The record of one cluster, in the anchors of its sets. */
export function recordDoc(id: ClusterId): Doc {
  return id as string as Doc;
}

/** The cluster's own signed record. */
export const memberDoc = '_member' as Doc;
/** The cluster's next credential, after a relabel. */
export const credentialDoc = '_credential' as Doc;

/** No policy begins with `_`, since its name is a DNS label. */
export function isSystemDoc(doc: Doc): boolean {
  return doc.startsWith('_');
}

export function desiredSubject(anchor: Anchor, doc: Doc): string {
  return `desired.${anchor}.${doc}`;
}

/** Every document of one anchor. */
export function desiredFilter(anchor: Anchor): string {
  return `desired.${anchor}.>`;
}

export function indexSubject(anchor: Anchor): string {
  return `index.${anchor}`;
}

/** The branch of live messages of one anchor. */
export function liveFilter(anchor: Anchor): string {
  return `live.desired.${anchor}.>`;
}

/** Of the anchor that only one cluster reads; undefined for any other. */
export function clusterOfAnchor(anchor: Anchor): ClusterId | undefined {
  return anchor.startsWith('c.') ? (anchor.slice('c.'.length) as ClusterId) : undefined;
}

/** Where the hub asks one cluster to look whether it has missed something. */
export function checkSubject(id: ClusterId): string {
  return `live.desired.c.${id}._check`;
}

/** Where the document behind a live message is stored: the republished subject without `live.`. */
export function storedSubjectOfLive(live: string): string {
  return live.slice('live.'.length);
}

const anchored = /^(?:desired|index)\.(all|l\.[^.]+\.[^.]+|c\.[a-z2-7]{26}|r\.[^.]+)(?:\.([^.]+))?$/;

/** Splits `desired.<anchor>.<doc>`; undefined for anything else. */
export function parseDesired(subject: string): { readonly anchor: Anchor; readonly doc: Doc } | undefined {
  const [, anchor, doc] = (subject.startsWith('desired.') && anchored.exec(subject)) || [];
  return anchor === undefined || doc === undefined ? undefined : { anchor: anchor as Anchor, doc: doc as Doc };
}

/** Splits `index.<anchor>`; undefined for anything else. */
export function parseIndex(subject: string): Anchor | undefined {
  const [, anchor, doc] = (subject.startsWith('index.') && anchored.exec(subject)) || [];
  return doc === undefined ? (anchor as Anchor | undefined) : undefined;
}

export const tickSubject = 'live.tick';

/**
 * What a spoke says about itself. Only `summary` is written yet; the others are in the permissions of every spoke already, because each change
 * of those disconnects all of them.
 */
export type ReportKind = 'summary' | 'drift' | 'inventory';

export function reportSubject(id: ClusterId, kind: ReportKind): string {
  return `report.${id}.${kind}`;
}

/** Everything that one cluster reports. */
export function reportsFilter(id: ClusterId): string {
  return `report.${id}.*`;
}

export function outcomeSubject(id: ClusterId): string {
  return `outcome.${id}`;
}

/** What the hub records: results of clusters, what it published, who was there, and what leaves no fact. */
export const historyKinds = ['outcome', 'publish', 'presence', 'audit'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export function historySubject(kind: HistoryKind): string {
  return `history.${kind}`;
}

/** Undefined for what is no subject of HISTORY. */
export function parseHistory(subject: string): HistoryKind | undefined {
  return historyKinds.find((kind) => subject === historySubject(kind));
}

export function beatSubject(id: ClusterId): string {
  return `beat.${id}`;
}

export function renewSubject(id: ClusterId): string {
  return `rpc.${id}.renew`;
}

/** The cluster id in a subject that a spoke writes; the server has checked that the sender may use it. */
export function senderOf(subject: string): string | undefined {
  return /^(?:report|outcome|rpc|beat)\.([a-z2-7]{26})(?:\.[a-z]+)?$/.exec(subject)?.[1];
}

/** Kinds of facts that people decided; one subject per aggregate. */
export type FactKind = 'policy' | 'cluster' | 'name' | 'token' | 'apitoken' | 'fleet';

export function intentSubject(kind: FactKind, id: string): string {
  return `intent.${kind}.${encodeToken(id)}`;
}

/** Undefined for what is no subject of a fact. */
export function parseIntent(subject: string): { readonly kind: FactKind; readonly id: string } | undefined {
  const [, kind, token] = /^intent\.(policy|cluster|name|token|apitoken|fleet)\.([^.]+)$/.exec(subject) ?? [];
  const id = token === undefined ? undefined : decodeToken(token);
  return kind === undefined || id === undefined ? undefined : { kind: kind as FactKind, id };
}
