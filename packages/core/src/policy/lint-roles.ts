/** Rules about what roles may allow. */
import type { JsonObject } from '@accord/proto/canonical';
import { childPath } from './json-path.ts';
import type { Finding, Rule } from './lint-rule.ts';
import { listAt, objectAt, roleKinds, textAt, textsAt, valueAt } from './manifest.ts';

export const roleRules: readonly Rule[] = [
  { code: 'Wildcard', kinds: roleKinds, check: eachRule(wildcards), isRisk: true },
  { code: 'Escalation', kinds: roleKinds, check: eachRule(escalatingVerbs), isRisk: true },
  { code: 'Escalation', kinds: roleKinds, check: aggregatingLabels },
  { code: 'Escalation', kinds: roleKinds, check: aggregation, isRisk: true },
  { code: 'Escalation', kinds: roleKinds, check: takenNames },
  { code: 'CredentialMinting', kinds: roleKinds, check: eachRule(credentialMinting) },
  { code: 'NodeAccess', kinds: roleKinds, check: eachRule(nodeAccess), isRisk: true },
  { code: 'SecretAccess', kinds: roleKinds, check: eachRule(secretAccess), isRisk: true },
  { code: 'InvalidValue', kinds: roleKinds, check: eachRule(incomplete) },
];

interface PolicyRule {
  readonly apiGroups: Texts;
  readonly resources: Texts;
  readonly verbs: Texts;
  readonly nonResourceURLs: Texts;
}
type Texts = readonly { readonly text: string; readonly at: string }[];

function eachRule(check: (rule: PolicyRule) => readonly Finding[]): Rule['check'] {
  return (manifest) =>
    rulesOf(manifest).flatMap((rule, index) =>
      check(rule).map((finding) => ({ ...finding, at: finding.at === '' ? `rules[${index}]` : `rules[${index}].${finding.at}` })),
    );
}

/** Every row of the table asks for them, one after the other. */
const known = new WeakMap<JsonObject, readonly PolicyRule[]>();

function rulesOf(manifest: JsonObject): readonly PolicyRule[] {
  const before = known.get(manifest);
  if (before !== undefined) return before;
  const rules = listAt(manifest, 'rules').map((rule) => ({
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    verbs: textsAt(rule, 'verbs'),
    nonResourceURLs: textsAt(rule, 'nonResourceURLs'),
  }));
  known.set(manifest, rules);
  return rules;
}

function wildcards({ apiGroups, resources, verbs, nonResourceURLs }: PolicyRule): readonly Finding[] {
  return [...apiGroups, ...resources, ...verbs, ...nonResourceURLs]
    .filter(({ text }) => text.includes('*'))
    .map(({ text, at }) => ({ at, message: `"${text}" also allows what is added to Kubernetes later.`, help: 'List what is meant.' }));
}

function escalatingVerbs({ verbs }: PolicyRule): readonly Finding[] {
  return verbs
    .filter(({ text }) => text === 'escalate' || text === 'bind' || text.startsWith('impersonate'))
    .map(({ text, at }) => ({ at, message: `Who may ${text} can become anybody.`, help: 'Grant the roles themselves by policy.' }));
}

function aggregatingLabels(manifest: JsonObject): readonly Finding[] {
  return Object.keys(objectAt(manifest, 'metadata', 'labels'))
    .filter((key) => /^(rbac\.authorization\.k8s\.io|accord\.dev)\/aggregate-to-/.test(key))
    .map((key) => ({
      at: childPath('metadata.labels', key),
      message: `The label ${key} adds these rules to a role of others.`,
      help: 'Remove the label and bind the role itself.',
    }));
}

function aggregation(manifest: JsonObject): readonly Finding[] {
  if (valueAt(manifest, 'aggregationRule') === undefined) return [];
  return [{ at: 'aggregationRule', message: 'An aggregated role grows by whatever others label.', help: 'Write the rules out.' }];
}

function takenNames(manifest: JsonObject): readonly Finding[] {
  const name = textAt(manifest, 'metadata', 'name');
  const isTaken =
    name.startsWith('system:') || name.startsWith('accord-spoke') || ['cluster-admin', 'admin', 'edit', 'view'].includes(name);
  return isTaken
    ? [{ at: 'metadata.name', message: `${name} is a role of Kubernetes or of the spoke.`, help: 'Choose another name.' }]
    : [];
}

const minting = ['serviceaccounts/token', 'certificatesigningrequests/approval'];

function credentialMinting({ resources, verbs }: PolicyRule): readonly Finding[] {
  const signs = verbs.some(({ text }) => ['approve', 'sign', '*'].includes(text));
  return resources
    .filter(({ text }) => minting.includes(text) || (text === 'signers' && signs))
    .map(({ text, at }) => ({ at, message: `${text} makes credentials of others.`, help: 'Remove it.' }));
}

function nodeAccess({ resources }: PolicyRule): readonly Finding[] {
  return resources
    .filter(({ text }) => text === 'nodes/proxy' || /\/(exec|attach|portforward)$/.test(text))
    .map(({ text, at }) => ({
      at,
      message: `${text} runs or reaches code inside of nodes and pods.`,
      help: 'Grant reading logs (pods/log) instead.',
    }));
}

function secretAccess({ apiGroups, resources, verbs }: PolicyRule): readonly Finding[] {
  const isCore = apiGroups.some(({ text }) => text === '' || text === '*');
  const isReading = verbs.some(({ text }) => ['get', 'list', 'watch', '*'].includes(text));
  if (!isCore || !isReading) return [];
  return resources
    .filter(({ text }) => text === 'secrets')
    .map(({ at }) => ({
      at,
      message: 'Who reads Secrets holds the credentials of every workload there.',
      help: 'Let workloads mount the Secrets that they need.',
    }));
}

/** What the API server refuses: a rule that names neither resources with their groups nor URLs. */
function incomplete({ apiGroups, resources, nonResourceURLs }: PolicyRule): readonly Finding[] {
  if (nonResourceURLs.length > 0 && resources.length === 0 && apiGroups.length === 0) return [];
  if (nonResourceURLs.length > 0)
    return [{ at: '', message: 'A rule is about resources or about URLs, not both.', help: 'Split it into two rules.' }];
  if (apiGroups.length > 0 && resources.length > 0) return [];
  return [{ at: '', message: 'A rule needs apiGroups and resources.', help: 'Write apiGroups: [""] for the core group.' }];
}
