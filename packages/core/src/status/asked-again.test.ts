import type { PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import type { Reported } from '../view/reported.ts';
import { isAskedAgain } from './asked-again.ts';

const name = 'p' as PolicyName;
const said = (fields: object): Pick<Reported, 'clusters'> => {
  const report = { reason: 'RemovalBrake', held: 2, revision: 3, step: 1, ...fields };
  return { clusters: new Map([['c', { policies: new Map([[name, { report }]]) }]]) } as unknown as Reported;
};

test.each<[claim: string, fields: object, isAsked: boolean]>([
  ['a cluster waits that knows of the last confirmation', {}, true],
  ['not one that has not read it yet', { step: 0 }, false],
  ['nor one that speaks of an earlier revision', { revision: 2 }, false],
  ['nor one that holds nothing', { held: 0 }, false],
  ['nor one that waits for something else', { reason: 'EpochChanged' }, false],
])('%s', (_claim, fields, isAsked) => expect(isAskedAgain(said(fields), { name, revision: 3, step: 1 })).toBe(isAsked));
