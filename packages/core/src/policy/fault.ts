/**
 * The closed list of what a policy can be refused or warned for.
 *
 * The hub answers with it, and a spoke reports it as `Failed/Lint<code>`.
 */
export const faultCodes = [
  // Form.
  'UnknownField',
  'WrongType',
  'MissingField',
  'InvalidValue',
  'TooLarge',
  'Unsupported', // A field or value of the kind that this version does not carry out.
  'Template',
  'DuplicateObject',
  'DependencyCycle', // Policies that would wait for each other.
  'NameClash', // Two bindings that would get one name.
  'NamespaceMissing',
  'NamespaceUnexpected', // A namespace on a kind that has none.
  'GenerateName',
  'ServerField',
  'ReservedMark', // Labels and annotations that only the hub, the spoke or the cluster's owner sets.
  // Danger.
  'SystemSubject',
  'ClusterAdmin',
  'ClusterWideEdit',
  'Wildcard',
  'Escalation',
  'CredentialMinting',
  'NodeAccess',
  'SecretAccess',
  'PlainSecret',
  'ProtectedNamespace',
  'Admission',
  'AccordKind', // Kinds of accord.dev in a manifest.
  // Warned only.
  'SelectsNothing',
  'ReadsSecrets',
  'OwnedByAnother',
  'WeakerPodSecurity',
  'RemovalTakesObjects',
  'GrantEnded',
  'DependencyMissing',
  'NoEffect',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** One thing that is wrong, where, and what to do instead. Both texts are sentences for people. */
export interface Fault {
  readonly code: FaultCode;
  /** JSON path from the document, e.g. `spec.namespaces[0].quota`. */
  readonly path: string;
  readonly message: string;
  readonly help: string;
  /** A role admin may accept it in `spec.acknowledgeRisks`. */
  readonly isRisk?: true;
}

/** By path, then code, each once: equal input gives equal text. */
export function sortFaults(faults: readonly Fault[]): readonly Fault[] {
  const distinct = new Map(faults.map((fault) => [renderFault(fault), fault]));
  return [...distinct.values()].toSorted(
    (a, b) => compareText(a.path, b.path) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

/** One line for logs, reports and tests. */
export function renderFault({ code, path, message, help }: Fault): string {
  return `${code} ${path}: ${message} ${help}`.trimEnd();
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
