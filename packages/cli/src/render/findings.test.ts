import { expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { renderFindings, type Finding } from './findings.ts';

const found = (level: Finding['level']): Finding => ({ level, what: 'eu-1', text: 'is looked at' });

test.each<[levels: readonly Finding['level'][], verdict: string]>([
  [['ok', 'ok'], 'Nothing is wrong.'],
  [['ok', 'warn'], 'Nothing is wrong; 1 thing is to be looked at.'],
  [['warn', 'warn'], 'Nothing is wrong; 2 things are to be looked at.'],
  [['warn', 'wrong'], '1 thing is wrong.'],
  [['wrong', 'wrong'], '2 things are wrong.'],
])('%j ends in %s', (levels, verdict) => expect(renderFindings(levels.map(found), plain).at(-1)).toBe(verdict));
