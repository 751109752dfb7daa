import { describe, expect, test } from 'vitest';
import { explainFailure } from './explain-failure.ts';

describe('explainFailure', () => {
  test.each([
    ['a message becomes a sentence', { message: '--data is missing', help: undefined }, '--data is missing.'],
    ['one that is a sentence stays one', { message: 'Another hub uses d.', help: undefined }, 'Another hub uses d.'],
    [
      'the help is the next sentence',
      { message: 'port 1 is in use', help: 'Stop what listens there.' },
      'port 1 is in use. Stop what listens there.',
    ],
  ])('%s', (_claim, failure, text) => {
    expect(explainFailure(failure)).toBe(text);
  });
});
