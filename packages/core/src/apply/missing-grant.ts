import { canonicalJson, hex, sha256, type JsonObject } from '@accord/proto/canonical';
import { roleRules } from '../policy/lint-roles.ts';
import { runRules } from '../policy/lint-rule.ts';
import { textsAt } from '../policy/manifest.ts';
import { actingVerb } from './missing-permission.ts';

/** What the API server says before it names the rules. Source: Kubernetes, pkg/registry/rbac/validation/rule.go. */
const beyond = 'attempting to grant RBAC permissions not currently held:';
const fields: Readonly<Record<string, string>> = {
  APIGroups: 'apiGroups',
  Resources: 'resources',
  ResourceNames: 'resourceNames',
  NonResourceURLs: 'nonResourceURLs',
  Verbs: 'verbs',
};
/** Only letters that names have: what is read here ends up in a command that people run. */
const texts = '(?:"[A-Za-z0-9./:_~*-]*" ?)*';
const oneField = new RegExp(`(${Object.keys(fields).join('|')}):\\[(${texts})\\]`, 'g');

/**
 * Rules that the spoke would have to hold before it may pass them on, as the API server writes them:
 * `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`. Empty for other words, and where one of them cannot be read.
 * Of a message that was cut off those that are whole.
 */
export function missingGrants(message: string): readonly JsonObject[] {
  const [, list = ''] = message.split(beyond);
  const rules = [...list.matchAll(/\{([^{}]*)\}/g)].map(([, text = '']) => parseRule(text));
  const read = rules.filter((rule) => rule !== undefined);
  return read.length === rules.length ? read : [];
}

function parseRule(text: string): JsonObject | undefined {
  const found = [...text.matchAll(oneField)];
  const isWhole = found.length > 0 && text.replaceAll(oneField, '').replaceAll(/[, ]/g, '') === '';
  if (!isWhole) return undefined;
  return Object.fromEntries(
    found.map(([, name = '', list = '']) => [fields[name] ?? name, list.split(' ').map((word) => word.slice(1, -1))]),
  );
}

/**
 * What the owner of the cluster runs so that policies may grant these: one ClusterRole that is aggregated into the ceiling. Its name is a
 * digest of what is in it, so that it may be run again and takes nothing away. Undefined where one of them is nothing to be pasted from a row:
 * lint calls it a risk, or it would let the spoke itself write.
 */
export function ceilingCommand(missing: readonly JsonObject[]): string | undefined {
  const byText = new Map(missing.map((rule) => [canonicalJson(rule), rule]));
  const rules = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
  if (rules.length === 0 || !rules.every(isHarmless)) return undefined;
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name: `accord-ceiling-${hex(sha256(canonicalJson(rules))).slice(0, 10)}`,
      labels: { 'accord.dev/aggregate-to-ceiling': 'true' },
    },
    rules,
  };
  return `echo '${canonicalJson(role)}' | kubectl apply -f -`;
}

function isHarmless(rule: JsonObject): boolean {
  const manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, rules: [rule] };
  const isActing = textsAt(rule, 'verbs').some(({ text }) => text === actingVerb);
  return !isActing && runRules(roleRules, [{ manifest, paths: {} }], { isFinal: true }).length === 0;
}
