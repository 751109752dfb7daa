import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPolicyState, states } from '@accord/core/status/states';
import { describe, expect, test } from 'vitest';
import { codesBelow, rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';
import { refusalReasons, rowReasons } from './row-reasons.ts';
import { shownIn } from './shown-in-scenarios.ts';

const errors = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const folder = join(root, 'test/scenarios');
const shown = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => [...shownIn(readFileSync(join(folder, name), 'utf8'))]),
);
const reasonsShown = new Set([...shown].map((pair) => pair.split(' ')[1]));

/** What no scenario can bring about, and what shows it instead. */
const elsewhere: Readonly<Record<string, string>> = {
  NotTried: 'a pass ends with an answer for each object; what is told of one that has none all the same',
  UnsupportedBySpoke: 'needs a hub of a later version; packages/core/src/desired/judge-policy.test.ts',
};
const isAskedFor = (word: string): boolean => !Object.hasOwn(elsewhere, word);

describe('the scenarios show', () => {
  test('every state', () => {
    const statesShown = new Set([...shown].map((pair) => pair.split(' ')[0]));
    expect(Object.keys(states).filter((state) => isAskedFor(state) && !statesShown.has(state))).toEqual([]);
  });

  test('every reason that the code gives, with its sentence', () => {
    const all = new Set([...rowReasons(), ...refusalReasons()]);
    expect([...all].filter((reason) => isAskedFor(reason) && !reasonsShown.has(reason))).toEqual([]);
  });

  test('every reason in the state that its table gives', () => {
    const pairs = rowsBelow(errors, '## Reasons in rows').map(([reason = '', state = '']) => `${state} ${reason.replaceAll('`', '')}`);
    expect(pairs.filter((pair) => pair.split(' ').every(isAskedFor) && !shown.has(pair))).toEqual([]);
  });

  test('no reason that the tables do not name', () => {
    const named = new Set([...codesBelow(errors, '## Reasons in rows'), ...codesBelow(errors, '## Refusals by the API server')]);
    expect([...reasonsShown].filter((reason = '') => !named.has(reason) && !reason.startsWith('Lint'))).toEqual([]);
  });

  test('a refusal because of what the policy says', () => {
    expect([...shown].some((pair) => pair.startsWith('Failed Lint'))).toBe(true);
  });

  test('everything but what is said to be shown elsewhere', () => {
    const words = new Set([...shown].flatMap((pair) => pair.split(' ')));
    expect(Object.keys(elsewhere).filter((word) => words.has(word))).toEqual([]);
    expect(Object.keys(elsewhere).filter((word) => !isPolicyState(word) && !rowReasons().includes(word))).toEqual([]);
  });
});

describe('a scenario', () => {
  test('shows the state of a row only where its sentence stands', () => {
    const row = 'eu-1 +ConfigMap/team/a · banner@2 Failed Invalid: no';
    expect([...shownIn(row)]).toEqual([]);
    expect([...shownIn(`${row}\nus-1 live current: banner@2 is applied on us-1: 1 of 1.`)]).toEqual([]);
    expect([...shownIn(`${row}\neu-1 live current: banner@2 is held up on eu-1: no.`)]).toEqual(['Failed Invalid']);
    expect([...shownIn('eu-1 a@1 Applied · b@1 Removing Leaving\neu-1 live behind: b is leaving eu-1.')]).toEqual(['Removing Leaving']);
  });

  test('shows the state of an object where it is listed', () => {
    expect([...shownIn('eu-1 look: ConfigMap team/b Drifted Missing: is not there')]).toEqual(['Drifted Missing']);
    expect([...shownIn('eu-1 says: banner@3 Removed Deleted; kept: Namespace team')]).toEqual(['Removed Deleted']);
  });
});
