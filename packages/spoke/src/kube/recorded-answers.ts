import answers from './recorded-answers.json' with { type: 'json' };
import type { HttpAnswer } from './transport.ts';

export type RecordedAnswer = keyof typeof answers;

/** Refusals as kube-apiserver v1.36.3 sent them. A test provokes each of them again on a real server and compares. */
export const recordedAnswers: Readonly<Record<RecordedAnswer, HttpAnswer>> = answers;
