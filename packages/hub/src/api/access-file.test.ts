import { expect, test } from 'vitest';
import { parseAccessFile } from './access-file.ts';

const grant = '{claim: g, value: v, role: viewer}';
const oidc = (more: string, grants = grant): string => `oidc: {audience: a, grants: [${grants}], ${more}}`;

test.each([
  ['labels: {env: {value: [dev]}}', 'labels.env: there is no field value, did you mean values?'],
  ['label: {}', ': there is no field label, did you mean labels?'],
  ['labels: {"a b": {}}', 'labels.a b: name must be'],
  ['labels: {accord.dev/name: {}}', 'labels under accord.dev are set by the hub'],
  ['labels: {env: {values: [a, a]}}', 'labels.env.values: names one twice'],
  ['labels: {env: {values: ["a b"]}}', 'labels.env: must be empty or'],
  [oidc('issuer: "http://idp.example"'), 'oidc.issuer: must be an https address'],
  [oidc('issuer: idp'), 'oidc.issuer'],
  [oidc('issuer: "https://idp.example", audiance: b'), 'oidc: there is no field audiance, did you mean audience?'],
  [oidc('issuer: "https://idp.example"', '{claim: g, value: v}'), 'oidc.grants[0]: needs a role or bindings'],
  [oidc('issuer: "https://idp.example"', ''), 'oidc.grants'],
  [
    oidc('issuer: "https://idp.example"', '{claim: g, value: v, bindings: [{role: viewer, clusters: {}, part: []}]}'),
    'there is no field part, did you mean parts?',
  ],
  [
    oidc('issuer: "https://idp.example"', '{claim: g, value: v, bindings: [{role: viewer, clusters: {matchLabels: {"a b": x}}}]}'),
    'oidc.grants[0].bindings[0].clusters.matchLabels',
  ],
  ['oidc: [', 'Flow sequence'],
])('%s is refused: %s', (text, said) => {
  expect(() => parseAccessFile(text, 'FILE')).toThrow(expect.objectContaining({ code: 'invalid', message: expect.stringContaining(said) }));
});

test.each(['', '{}', 'labels: {env: {}}', oidc('issuer: "https://idp.example"'), oidc('issuer: "http://127.0.0.1:1"')])(
  '%j is taken',
  (text) => {
    expect(parseAccessFile(text, 'FILE')).toMatchObject({ labels: {} });
  },
);
