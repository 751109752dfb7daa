/** Rules about labels and annotations. */
import type { JsonObject } from '@accord/proto/canonical';
import {
  adoptableAnnotation,
  allowLabel,
  appliedHashAnnotation,
  contributorsAnnotation,
  deletableAnnotation,
  holdReasonAnnotation,
  holdUntilAnnotation,
  labelKeyFault,
  labelValueFault,
  matchAnnotation,
  originAnnotation,
  ownerLabel,
  statementAnnotation,
  untilAnnotation,
} from '@accord/proto/labels';
import { podSecurityLevels } from '@accord/proto/policy';
import { childPath } from './json-path.ts';
import type { Finding, Rule, RuleContext } from './lint-rule.ts';
import { bindingKinds, groupKindOf, namespaceKind, objectAt } from './manifest.ts';
import { holdsTemplate } from './template.ts';

export const metadataRules: readonly Rule[] = [
  { code: 'ReservedMark', check: reservedMarks },
  { code: 'ReservedMark', check: endOfNoGrant },
  { code: 'InvalidValue', kinds: bindingKinds, check: endThatIsNoTime },
  { code: 'InvalidValue', check: labelSyntax },
  { code: 'WrongType', check: notText },
  { code: 'TooLarge', check: tooManyAnnotations },
  { code: 'InvalidValue', kinds: [namespaceKind], check: podSecurityValues },
];

/** Total size of the annotations of one object. Source: k8s.io/apimachinery, TotalAnnotationSizeLimitB. */
const annotationBytesMax = 256 * 1024;

const reserved = {
  labels: [ownerLabel, allowLabel],
  annotations: [
    contributorsAnnotation,
    originAnnotation,
    matchAnnotation,
    appliedHashAnnotation,
    statementAnnotation,
    adoptableAnnotation,
    deletableAnnotation,
    holdUntilAnnotation,
    holdReasonAnnotation,
  ],
} as const;

function reservedMarks(manifest: JsonObject): readonly Finding[] {
  return (['labels', 'annotations'] as const).flatMap((field) => {
    const map = objectAt(manifest, 'metadata', field);
    return reserved[field]
      .filter((key) => Object.hasOwn(map, key))
      .map((key) => ({
        at: childPath(`metadata.${field}`, key),
        message: `${key} is set by Accord, or by the owner of the cluster.`,
        help: 'Remove it.',
      }));
  });
}

/** Only grants end: what else would go at that time would go past the brake and every stop. */
function endOfNoGrant(manifest: JsonObject): readonly Finding[] {
  if (bindingKinds.includes(groupKindOf(manifest)) || endOf(manifest) === undefined) return [];
  return [
    {
      at: childPath('metadata.annotations', untilAnnotation),
      message: 'Only bindings have an end.',
      help: 'Remove it; set until on a binding.',
    },
  ];
}

function endThatIsNoTime(manifest: JsonObject): readonly Finding[] {
  const end = endOf(manifest);
  if (end === undefined || !Number.isNaN(Date.parse(end))) return [];
  const at = childPath('metadata.annotations', untilAnnotation);
  return [{ at, message: `${JSON.stringify(end)} is no time.`, help: 'Write it like 2026-12-31T18:00:00Z.' }];
}

function endOf(manifest: JsonObject): string | undefined {
  const end = objectAt(manifest, 'metadata', 'annotations')[untilAnnotation];
  return end === undefined ? undefined : String(end);
}

function labelSyntax(manifest: JsonObject, { isFinal }: RuleContext): readonly Finding[] {
  const labels = Object.entries(objectAt(manifest, 'metadata', 'labels')).flatMap(([key, value]) => {
    const at = childPath('metadata.labels', key);
    const isOpen = typeof value !== 'string' || (!isFinal && holdsTemplate(value));
    const inValue = isOpen ? undefined : labelValueFault(value);
    return [
      ...keyFinding(key, at),
      ...(inValue === undefined
        ? []
        : [{ at, message: `${JSON.stringify(value)} is no label value: ${inValue}.`, help: 'Use an annotation for free text.' }]),
    ];
  });
  const annotations = Object.keys(objectAt(manifest, 'metadata', 'annotations')).flatMap((key) =>
    keyFinding(key, childPath('metadata.annotations', key)),
  );
  return [...labels, ...annotations];
}

function keyFinding(key: string, at: string): readonly Finding[] {
  const fault = labelKeyFault(key);
  return fault === undefined ? [] : [{ at, message: `"${key}" is no key: ${fault}.`, help: 'Correct the key.' }];
}

function notText(manifest: JsonObject): readonly Finding[] {
  return (['labels', 'annotations'] as const).flatMap((field) =>
    Object.entries(objectAt(manifest, 'metadata', field))
      .filter(([, value]) => typeof value !== 'string')
      .map(([key, value]) => ({
        at: childPath(`metadata.${field}`, key),
        message: `This is a ${typeof value}; wanted: text.`,
        help: `Put it in quotes: ${JSON.stringify(JSON.stringify(value))}.`,
      })),
  );
}

function tooManyAnnotations(manifest: JsonObject): readonly Finding[] {
  const bytes = Object.entries(objectAt(manifest, 'metadata', 'annotations')).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(typeof value === 'string' ? value : ''),
    0,
  );
  if (bytes <= annotationBytesMax) return [];
  return [
    {
      at: 'metadata.annotations',
      message: `${bytes} bytes of annotations; an object may have ${annotationBytesMax}.`,
      help: 'Keep long text in a ConfigMap.',
    },
  ];
}

function podSecurityValues(manifest: JsonObject, { isFinal }: RuleContext): readonly Finding[] {
  const labels = objectAt(manifest, 'metadata', 'labels');
  return ['enforce', 'audit', 'warn'].flatMap((mode) => {
    const key = `pod-security.kubernetes.io/${mode}`;
    const value = labels[key];
    if (typeof value !== 'string' || (!isFinal && holdsTemplate(value)) || podSecurityLevels.some((level) => level === value)) return [];
    return [
      {
        at: childPath('metadata.labels', key),
        message: `"${value}" is no Pod Security level.`,
        help: `Write one of ${podSecurityLevels.join(', ')}.`,
      },
    ];
  });
}
