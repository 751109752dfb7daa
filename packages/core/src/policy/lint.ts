/**
 * What a policy may not say, in one table.
 *
 * The hub runs it before it accepts a policy, with templates still in it; the spoke runs the same rules over the objects that
 * it compiled. RBAC and the admission policies of the cluster refuse most of it a third time.
 */
import type { Json } from '@accord/proto/canonical';
import { renderKey } from '@accord/proto/ids';
import { documentBytesMax, objectsPerPolicyMax, policyParts } from '@accord/proto/policy';
import { compileObject, type CompiledObject } from './compile-object.ts';
import { sortFaults, type Fault } from './fault.ts';
import { layOut, sourcePath, type Policy } from './lay-out.ts';
import { bindingRules, bindingWarnings } from './lint-bindings.ts';
import { eachNamespaceFaults, namespaceSelectorFaults, namespaceSelectorWarnings } from './lint-each-namespace.ts';
import { formRules } from './lint-form.ts';
import { kindRules } from './lint-kinds.ts';
import { metadataRules } from './lint-metadata.ts';
import { roleRules } from './lint-roles.ts';
import { runRules, type Rule, type RuleContext } from './lint-rule.ts';
import { yieldingFaults } from './lint-yielding.ts';
import { bindingKinds, groupKindOf, namespaceKind, textAt } from './manifest.ts';
import { eachOverride } from './overrides.ts';
import { policyBytes } from './policy-body.ts';
import { templateFaults } from './template.ts';

export interface LintResult {
  /** Any of these refuses the policy. */
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  /** Refused but for `spec.acknowledgeRisks`; each cluster decides whether it takes them. */
  readonly risks: readonly Fault[];
}

export const rules: readonly Rule[] = [...formRules, ...metadataRules, ...bindingRules, ...roleRules, ...kindRules];
/** What is wrong with a policy wherever it goes. For one cluster, `compilePolicy` says more. */
export function lintPolicy(policy: Policy): LintResult {
  const all = [policy, ...eachOverride(policy)].map(lintOne);
  const risks = sortFaults(all.flatMap((result) => result.risks));
  const warnings = [...all.flatMap((result) => result.warnings), ...namespaceSelectorWarnings(policy), ...matchWarnings(policy)];
  return {
    faults: sortFaults(all.flatMap(({ faults }) => faults)),
    warnings: sortFaults([...warnings, ...risks.map(acknowledged)]),
    risks,
  };
}

function lintOne(policy: Policy): LintResult {
  // As written: what the canonical form changes should be named at its own place.
  const objects = layOut(policy).map((object) => ({ ...compileObject(object), manifest: object.manifest }));
  const context = { isFinal: false };
  const { faults, risks } = findFaults(objects, context, policy.spec.acknowledgeRisks);
  const inTemplates = policyParts.flatMap((part) => {
    const value = policy.spec[part];
    return value === undefined ? [] : templateFaults(value as Json, policy.origins?.[part] ?? `spec.${part}`);
  });
  const selector = namespaceSelectorFaults(policy, objects.filter(isEach));
  const ofPolicy = [...sizeFaults(policy, objects.length), ...podSecurityFaults(policy), ...yieldingFaults(policy), ...selector];
  return { faults: sortFaults([...faults, ...inTemplates, ...ofPolicy]), warnings: findWarnings(objects, context), risks };
}

/** The same rules over compiled objects, after expansion: what refuses them, and what of that was accepted. */
export function findFaults(
  objects: readonly CompiledObject[],
  context: RuleContext,
  accepted: readonly string[] = [],
): Pick<LintResult, 'faults' | 'risks'> {
  const { faults = [], risks = [] } = Object.groupBy(ruleFaults(objects.filter(isWritten), context), ({ code, isRisk }) =>
    isRisk && accepted.includes(code) ? 'risks' : 'faults',
  );
  return { faults: sortFaults([...faults, ...duplicateFaults(objects), ...absentNamespaces(objects), ...sealedManifests(objects)]), risks };
}

function findWarnings(objects: readonly CompiledObject[], context: RuleContext): readonly Fault[] {
  return sortFaults([...runRules(bindingWarnings, objects.filter(isWritten), context), ...removalWarnings(objects)]);
}

function isWritten({ isOwnGrant }: CompiledObject): boolean {
  return isOwnGrant !== true;
}

/** As it is told to whoever writes the policy. */
function acknowledged({ code, path, message }: Fault): Fault {
  return { code, path, message, help: `It was acknowledged; a cluster applies it only where its Guardrail says allowRisks: [${code}].` };
}

/** Final objects in which no rule found anything. They come again, the same ones, with each revision that leaves them as they are. */
const flawless = new WeakSet<CompiledObject>();

/** Entries for each namespace have no namespace of their own, and must not. */
function ruleFaults(objects: readonly CompiledObject[], context: RuleContext): ReturnType<typeof runRules> {
  const unknown = context.isFinal ? objects.filter((object) => !flawless.has(object)) : objects;
  const { entries = [], others = [] } = Object.groupBy(unknown, (object) => (isEach(object) ? 'entries' : 'others'));
  const ofEntries = rules.filter(({ code }) => code !== 'NamespaceMissing');
  const faults = [...runRules(rules, others, context), ...runRules(ofEntries, entries, context), ...eachNamespaceFaults(entries)];
  if (context.isFinal && faults.length === 0) for (const object of unknown) flawless.add(object);
  return faults;
}

function isEach(object: CompiledObject): boolean {
  return object.isEach === true;
}

/** Two objects of one identity; for bindings the name is made, so its author is told what made it. */
function duplicateFaults(objects: readonly CompiledObject[]): readonly Fault[] {
  const first = new Map<string, CompiledObject>();
  return objects.flatMap((object): readonly Fault[] => {
    const earlier = first.get(object.key);
    if (earlier === undefined) {
      first.set(object.key, object);
      return [];
    }
    const isBinding = bindingKinds.includes(groupKindOf(object.manifest));
    const path = sourcePath(object, isBinding ? 'roleRef.name' : 'metadata.name');
    const there = sourcePath(earlier, '');
    if (isBinding) {
      const role = textAt(object.manifest, 'roleRef', 'name');
      return [
        {
          code: 'NameClash',
          path,
          message: `The binding of ${role} would get the name of the one at ${there}.`,
          help: 'Put all subjects into one binding, or rename the role.',
        },
      ];
    }
    return [{ code: 'DuplicateObject', path, message: `${renderKey(object.key)} is already at ${there}.`, help: 'Keep one of them.' }];
  });
}

function sizeFaults(policy: Policy, objects: number): readonly Fault[] {
  const bytes = policyBytes(policy);
  const help = 'Split the policy.';
  return [
    ...(objects > objectsPerPolicyMax
      ? [{ code: 'TooLarge' as const, path: 'spec', message: `${objects} objects; a policy may have ${objectsPerPolicyMax}.`, help }]
      : []),
    ...(bytes > documentBytesMax
      ? [{ code: 'TooLarge' as const, path: 'spec', message: `${bytes} bytes; a policy may have ${documentBytesMax}.`, help }]
      : []),
  ];
}

/** Pod Security has a part of its own; a label beside it, or a version without a level, would be lost in silence. */
function podSecurityFaults({ spec, origins }: Policy): readonly Fault[] {
  return (spec.namespaces ?? []).flatMap(({ labels = {}, podSecurity }, index): readonly Fault[] => {
    const path = `${origins?.namespaces ?? 'spec.namespaces'}[${index}]`;
    const isVersionAlone =
      podSecurity?.version !== undefined &&
      podSecurity.enforce === undefined &&
      podSecurity.audit === undefined &&
      podSecurity.warn === undefined;
    const asLabels = Object.keys(labels).filter((key) => key.startsWith('pod-security.kubernetes.io/'));
    return [
      ...asLabels.map((key): Fault => ({
        code: 'InvalidValue',
        path: `${path}.labels["${key}"]`,
        message: 'Pod Security is not set by a label here.',
        help: 'Use podSecurity.',
      })),
      ...(isVersionAlone
        ? [
            {
              code: 'InvalidValue' as const,
              path: `${path}.podSecurity.version`,
              message: 'A version without a level does nothing.',
              help: 'Add enforce, audit or warn.',
            },
          ]
        : []),
    ];
  });
}

/** A Namespace takes everything inside with it. */
function absentNamespaces(objects: readonly CompiledObject[]): readonly Fault[] {
  return objects
    .filter(({ manifest, isAbsent }) => isAbsent === true && groupKindOf(manifest) === namespaceKind)
    .map((object) => ({
      code: 'InvalidValue',
      path: sourcePath(object, ''),
      message: 'A Namespace is never deleted because a policy says that it must not exist.',
      help: 'Name what is in it, or delete it yourself.',
    }));
}

/** Of a policy with other objects beside, it is about some of them; an object of its own that it is not about is a fault. */
function matchWarnings(policy: Policy): readonly Fault[] {
  const isAbout = (variant: Policy): boolean => layOut(variant).some(({ isExact }) => isExact === true);
  if (policy.spec.match !== 'MustOnlyHave' || [policy, ...eachOverride(policy)].some(isAbout)) return [];
  return [
    {
      code: 'NoEffect',
      path: 'spec.match',
      message: 'MustOnlyHave changes nothing: it is about ConfigMaps, Secrets, ResourceQuotas and ClusterRoles, and the policy has none.',
      help: 'Remove it; lists such as rules and subjects are exact by themselves.',
    },
  ];
}

/** Sealed values are bound to where the Secret is, which only their own part of a policy says. */
function sealedManifests(objects: readonly CompiledObject[]): readonly Fault[] {
  return objects
    .filter((object) => groupKindOf(object.manifest) === '/Secret' && 'sealed' in object.manifest)
    .map((object) => sourcePath(object, 'sealed'))
    .filter((path) => path.endsWith('.sealed'))
    .map((path) => ({
      code: 'UnknownField',
      path,
      message: 'A manifest has no sealed values.',
      help: 'Put the entry under namespaces[].sealedSecrets.',
    }));
}

/** Definitions of kinds that would go together with the policy. */
function removalWarnings(objects: readonly CompiledObject[]): readonly Fault[] {
  return objects
    .filter(({ manifest, deletion }) => groupKindOf(manifest) === 'apiextensions.k8s.io/CustomResourceDefinition' && deletion === 'prune')
    .map((object) => ({
      code: 'RemovalTakesObjects',
      path: sourcePath(object, ''),
      message: `Removing ${object.name} from the policy deletes every object of that kind, whoever made it.`,
      help: 'Set deletion: Retain.',
    }));
}
