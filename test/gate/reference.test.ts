import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removalLimit } from '@accord/core/apply/removal-brake';
import { removalGround, type GroundInput } from '@accord/core/apply/removal-ground';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { healCauses } from '@accord/core/drift/classify-event';
import { eventReasons } from '@accord/core/events/events-of';
import { spanAttributes } from '@accord/core/history/span';
import { countedStates } from '@accord/core/status/counted-state';
import { states } from '@accord/core/status/states';
import { accessBindingSchema, accessParts, declaredLabelSchema, roles } from '@accord/proto/access';
import { eventSchema } from '@accord/proto/api';
import { oidcSchema } from '@accord/hub/api/access-file';
import { startMemoryHub } from '@accord/hub/api/memory-hub';
import { guardrailSpecSchema } from '@accord/proto/guardrail';
import { policyJsonSchema, policyParts, type SchemaNode } from '@accord/proto/policy';
import { stageOf } from '@accord/core/policy/stage-of';
import { definitionKind, policyKinds, secretKind } from '@accord/spoke/kube/own-kinds';
import { streamDefinitions } from '@accord/bus/stream-definitions';
import { alarmCodes } from '@accord/hub/alarms/alarm-book';
import { spokeScope } from '@accord/hub/identity/spoke-scope';
import { describe, expect, test } from 'vitest';
import { rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';

const reference = (name: string): string => readFileSync(join(root, 'docs/reference', name), 'utf8');

test('docs/reference/states.md is the table of events', () => {
  const table = rowsBelow(reference('states.md'), '## Events in the cluster');
  const said = table.map(([reason = '', , tells]) => [reason.replaceAll('`', ''), tells]);
  expect(Object.fromEntries(said)).toEqual(eventReasons);
});

test('docs/reference/states.md is the table of states', () => {
  const inWords = (flag: boolean): string => (flag ? 'True' : 'False');
  const table = rowsBelow(reference('states.md'), '# States of a policy on a cluster').slice(0, Object.keys(states).length);
  expect(table).toEqual(
    Object.entries(states).map(([state, { ready, reconciling, stalled, meaning }]) => [
      `\`${state}\``,
      ready,
      inWords(reconciling),
      inWords(stalled),
      meaning,
    ]),
  );
});

test('docs/flows/drift.md names every cause of a heal, and no other', () => {
  const flow = readFileSync(join(root, 'docs/flows/drift.md'), 'utf8');
  const named = [...flow.matchAll(/^ {3}\| `(\w+)` \|/gm)].map(([, cause]) => cause);
  expect(named).toEqual(healCauses);
});

test('docs/reference/tracing.md has every attribute of a span', () => {
  const table = rowsBelow(reference('tracing.md'), '## Attributes');
  expect(table).toEqual(Object.entries(spanAttributes).map(([name, meaning]) => [`\`${name}\``, meaning]));
});

describe('docs/reference/removal.md', () => {
  const rows = rowsBelow(reference('removal.md'), '## The table');

  test('has a row for everything that desired state can say', () => {
    expect(new Set(rows.map(([, says = '']) => says))).toEqual(new Set(['anything', ...Object.keys(verdicts)]));
  });

  test.each(rows)('caught up: %s, %s, epoch: %s → %s', (caughtUp = '', says = '', epoch = '', outcome = '') => {
    for (const input of inputsOf({ caughtUp, says, epoch })) expect(render(removalGround(input))).toBe(outcome);
  });

  test('gives the numbers of the brake', () => {
    expect([removalLimit(0), removalLimit(50), removalLimit(100)]).toEqual([10, 10, 20]);
  });
});

const document: HeldDocument = {
  statement: {
    subject: 'desired.all.p',
    epoch: 2,
    revision: 1,
    step: 0,
    version: 1,
    indexDigest: new Uint8Array(),
    bodyDigest: new Uint8Array(),
    specDigest: new Uint8Array(),
    issuedAtMs: 0,
    createdAtMs: 0,
    change: { id: 'p@1', traceparent: '' },
    requires: [],
    deleted: false,
    removalsMax: 0,
    removalsConfirmed: 0,
    movedTo: [],
    acceptedAtMs: 0,
  },
  body: new Uint8Array(),
  signedStatement: new Uint8Array(),
  receivedMs: 0,
  verifiedMs: 0,
};

const verdicts: Readonly<Record<string, Verdict>> = {
  'it cannot be compiled here': { says: 'keep', document, reason: 'Template', message: '' },
  'no document names it, and none ever did since the cluster joined': { says: 'leave', document: undefined, because: 'unknown' },
  'no document names it, one did before': { says: 'leave', document: undefined, because: 'absent' },
  'a tombstone: it was deleted': { says: 'leave', document, because: 'deleted' },
  'a tombstone: it moved to an anchor of this cluster, and has not come from there yet': {
    says: 'leave',
    document: { ...document, statement: { ...document.statement, movedTo: ['all'] } },
    because: 'deleted',
  },
  'its own record says that it leaves the fleet': { says: 'leave', document, because: 'clusterLeaves' },
  'its selector no longer matches': { says: 'leave', document, because: 'unselected' },
  'anything, while the cluster is paused': {
    says: 'leave',
    document: undefined,
    because: 'absent',
    stop: { reason: 'Paused', message: '' },
  },
  'anything, while an operator holds it': {
    ...{ says: 'leave', document: undefined, because: 'absent' },
    stop: { reason: 'Held', message: '' },
  },
  'a newer revision without them, which is suspended': {
    ...{ says: 'apply', document, spec: {} as never, objects: [] },
    stop: { reason: 'Suspended', message: '' },
  },
  'a newer revision without them, which is only compared': {
    ...{ says: 'apply', document, spec: {} as never, objects: [] },
    inform: 'Inform',
  },
  'a newer revision without them': { says: 'apply', document, spec: {} as never, objects: [] },
};

/** Every situation that a row speaks of: `any` is both. */
function inputsOf({ caughtUp, says, epoch }: { caughtUp: string; says: string; epoch: string }): GroundInput[] {
  const spoken = says === 'anything' ? Object.values(verdicts) : [verdicts[says]].filter((verdict) => verdict !== undefined);
  const confirmed = { any: [1, 2], confirmed: [2], 'not confirmed': [1] }[epoch] ?? [];
  return spoken.flatMap((verdict) =>
    confirmed.map((confirmedEpoch) => ({
      verdict,
      isCaughtUp: caughtUp === 'yes',
      epoch: 2,
      confirmedEpoch,
      confirmedRemovals: 0,
      anchors: ['all'],
    })),
  );
}

function render(ground: ReturnType<typeof removalGround>): string {
  return ground.allowed ? 'leave' : `stay: \`${ground.reason}\``;
}

describe('docs/reference/policy.md', () => {
  const text = reference('policy.md');
  const spec = policyJsonSchema();
  const named = (heading: string): readonly string[] => rowsBelow(text, heading).map(([field = '']) => field.replaceAll('`', ''));
  const fieldsOf = (node: SchemaNode | undefined): readonly string[] => Object.keys(node?.properties ?? {}).toSorted();

  test.each([
    ['## Spec', spec],
    ['## Namespaces', spec.properties?.['namespaces']?.items],
    ['## Objects', spec.properties?.['objects']?.items],
  ])('names every field below %s', (heading, node) => expect(named(heading).toSorted()).toEqual(fieldsOf(node)));

  test('gives the stage of every kind that it names', () => {
    const plural = (kind: string): string => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);
    const stages = [...policyKinds, definitionKind].map(({ group, kind }) => `${plural(kind)} ${stageOf(`${group}/${kind}`)}`);
    const table = rowsBelow(text, '## Kinds and order');
    const documented = table
      .slice(0, 5)
      .flatMap(([stage = '', kinds = '']) => (kinds.split(';')[0] ?? '').split(', ').map((kind) => `${kind} ${stage}`));
    expect(new Set(documented)).toEqual(new Set(stages));
    const others = new Set(['apps/Deployment', `${secretKind.group}/${secretKind.kind}`].map((kind) => String(stageOf(kind))));
    expect(table.at(5)).toEqual([...others, 'every other kind, Secrets among them']);
  });

  test('names every part that an override may change', () => {
    const overrides = text.slice(text.indexOf('## Overrides'), text.indexOf('## Grants'));
    expect(policyParts.filter((part) => !overrides.includes(`\`${part}\``))).toEqual([]);
  });
});

describe('docs/reference/subjects.md', () => {
  const text = reference('subjects.md');

  test('names every stream with its subjects and what it keeps', () => {
    expect(rowsBelow(text, '## Streams').map((cells) => cells.slice(0, 3))).toEqual(
      Object.values(streamDefinitions).map(({ name, subjects, msgsPerSubjectMax, ageMsMax }) => [
        `\`${name}\``,
        subjects.map((subject) => `\`${subject}\``).join(', '),
        [msgsPerSubjectMax === undefined ? 'everything' : `the last ${msgsPerSubjectMax}`, ageMsMax && `${ageMsMax / 86_400_000} days`]
          .filter(Boolean)
          .join(', '),
      ]),
    );
  });

  test('names every subject that a spoke may use, and no other', () => {
    const { pub, sub } = spokeScope.template;
    const scope = [...pub.allow.map((subject) => ['publish', subject]), ...sub.allow.map((subject) => ['subscribe', subject])];
    expect(rowsBelow(text, '## What a spoke may do')).toEqual(scope.map(([direction, subject]) => [direction, `\`${subject}\``]));
  });
});

test('docs/reference/guardrail.md names every field of a Guardrail, and no other', () => {
  const fields = Object.keys(guardrailSpecSchema.shape).toSorted();
  expect(
    rowsBelow(reference('guardrail.md'), '# Guardrail')
      .map(([field = '']) => field.replaceAll('`', ''))
      .toSorted(),
  ).toEqual(fields);
});

test('docs/reference/revocation.md names every alarm of the hub with what to do, and no other', () => {
  const table = rowsBelow(reference('revocation.md'), '## Alarms');
  expect(table.map(([alarm = '']) => alarm)).toEqual(alarmCodes.map((code) => `\`${code}\``));
  expect(table.filter(([, meaning = '', remedy = '']) => meaning === '' || remedy === '')).toEqual([]);
});

describe('docs/reference/access.md', () => {
  const text = reference('access.md');
  const firsts = (heading: string): readonly string[] => rowsBelow(text, heading).map(([first = '']) => first.replaceAll('`', ''));

  test('says of every route who may call it', async () => {
    const hub = await startMemoryHub();
    await hub.stop();
    const routes = hub.routes.map(({ method, url, config: { role = 'none', scope } = {} }) => {
      const isBound = role !== 'public' && role !== 'known';
      return [`\`${String(method)} ${url}\``, role, isBound ? (scope ?? 'no') : '–'];
    });
    const inLines = (rows: readonly (readonly string[])[]): readonly string[] => rows.map((cells) => cells.join(' | ')).toSorted();
    expect(inLines(rowsBelow(text, '## Routes'))).toEqual(inLines(routes));
  });

  test('names every role, every field of a binding, and every part', () => {
    expect(firsts('# Who may what at the hub').slice(0, roles.length)).toEqual(roles);
    expect(firsts('## Bindings')).toEqual([...Object.keys(accessBindingSchema.shape), ...accessParts]);
  });

  test('names every field of the file of --access', () => {
    expect(firsts('## Labels')).toEqual(Object.keys(declaredLabelSchema.shape));
    expect(firsts('## People')).toEqual(Object.keys(oidcSchema.shape));
  });
});

describe('docs/reference/rest.md', () => {
  const text = reference('rest.md');
  const firsts = (heading: string): readonly string[] => rowsBelow(text, heading).map(([first = '']) => first.replaceAll('`', ''));

  test('names every route with what it does', async () => {
    const hub = await startMemoryHub();
    const { body } = await hub.call('GET', '/openapi.json');
    await hub.stop();
    const routes = Object.entries<Record<string, { readonly summary: string }>>(body.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { summary }]) => `\`${verb.toUpperCase()} ${path}\` | ${summary}`),
    );
    expect(
      rowsBelow(text, '## Routes')
        .map((cells) => cells.join(' | '))
        .toSorted(),
    ).toEqual(routes.toSorted());
  });

  test('names what rows are counted as, the worst first', () => expect(firsts('### What is worst')).toEqual(countedStates));

  test('names every event, and every reason of a reset', () => {
    const { options } = eventSchema;
    const types = options.map(({ shape }) => shape.type.value);
    const reasons = options.flatMap(({ shape }) => ('reason' in shape ? shape.reason.options : []));
    expect(firsts('## Events').toSorted()).toEqual([...types, ...reasons].toSorted());
  });
});
