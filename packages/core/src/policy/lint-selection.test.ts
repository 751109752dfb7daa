import { describe, expect, test } from 'vitest';
import { parseSelector } from '../labels/parse-selector.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { selectionWarnings } from './lint-selection.ts';

const clusters = [exampleCluster({ env: 'prod' }, 'a'), exampleCluster({ env: 'prod' }, 'b'), exampleCluster({ env: 'dev' }, 'c')];

function warn(text: string): string[] {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid') throw new Error(parsed.message);
  return selectionWarnings({ clusterSelector: parsed.selector }, clusters).map(renderFault);
}

describe('selectionWarnings', () => {
  const cases: [text: string, warnings: string[]][] = [
    ['env=prod', []],
    ['', []],
    ['env=prd', ['SelectsNothing spec.clusterSelector: env=prd selects 0 clusters. Did you mean env=prod (2)?']],
    ['env=integration', ['SelectsNothing spec.clusterSelector: env=integration selects 0 clusters. Values of env now: dev, prod.']],
    [
      'regon=eu-west-1',
      ['SelectsNothing spec.clusterSelector: regon=eu-west-1 selects 0 clusters. No cluster has a label regon; did you mean region?'],
    ],
    ['cloud=aws', ['SelectsNothing spec.clusterSelector: cloud=aws selects 0 clusters. No cluster has a label cloud.']],
    [
      'env=prod,!region',
      [
        'SelectsNothing spec.clusterSelector: No cluster meets all requirements of the selector now. Look at the labels with: accord get clusters',
      ],
    ],
  ];
  test.each(cases)('%s', (text, warnings) => {
    expect(warn(text)).toEqual(warnings);
  });

  test('an absent selector selects nothing, and says so', () => {
    expect(selectionWarnings({}, clusters).map(({ code }) => code)).toEqual(['SelectsNothing']);
  });
});
