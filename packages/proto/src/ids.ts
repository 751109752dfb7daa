/** Opaque id of a cluster, made by the hub at join: 26 characters of base32. Names live in documents, ids in subjects. */
export type ClusterId = string & { readonly brand: 'ClusterId' };
/** Name of a policy: a DNS label, because it is the value of the ownership label. */
export type PolicyName = string & { readonly brand: 'PolicyName' };
/** Name of a cluster for people: a DNS label. */
export type ClusterName = string & { readonly brand: 'ClusterName' };
/** Identity of an object on a cluster: `group/Kind/namespace/name`, versions left out, empty namespace for cluster scope. */
export type ObjectKey = string & { readonly brand: 'ObjectKey' };

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const clusterId = /^[a-z2-7]{26}$/;

/** RFC 1123 label: what a policy, a cluster and a namespace may be called. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text);
}

export function isClusterId(text: string): text is ClusterId {
  return clusterId.test(text);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Base32 (RFC 4648, lower case, no padding). */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** 16 random bytes become the 26 characters of a cluster id. The caller brings the randomness. */
export function clusterIdOf(random: Uint8Array): ClusterId {
  const id = base32(random);
  if (!isClusterId(id)) throw new TypeError(`a cluster id takes 16 bytes, not ${random.length}`);
  return id;
}

export function objectKey(group: string, kind: string, namespace: string | undefined, name: string): ObjectKey {
  return `${group}/${kind}/${namespace ?? ''}/${name}` as ObjectKey;
}

/** What a key was made of; without a namespace that part is empty. */
export interface KeyParts {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function keyParts(key: ObjectKey): KeyParts {
  const [group = '', kind = '', namespace = '', ...name] = key.split('/');
  return { group, kind, namespace, name: name.join('/') };
}

/** The Namespace that an object is in; for what is in none it is no key of anything. */
export function namespaceKeyOf(key: ObjectKey): ObjectKey {
  return objectKey('', 'Namespace', undefined, keyParts(key).namespace);
}

/** For people: `ConfigMap payments/settings`, or `ClusterRole support`. */
export function renderKey(key: ObjectKey): string {
  const { kind, namespace, name } = keyParts(key);
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
