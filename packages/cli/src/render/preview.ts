import type { Preview } from '@accord/proto/api';
import type { Paint } from '../terminal.ts';
import { renderSection, renderTable } from './table.ts';

/** What a write would do, before anything is stored. */
export function renderPreview(name: string, preview: Preview, paint: Paint): readonly string[] {
  const { lint, warnings, selected, notSelected, objects, change, access, refused } = preview;
  const verdict =
    lint.length > 0
      ? paint('red', `refused: ${lint.length} ${lint.length === 1 ? 'fault' : 'faults'}`)
      : `${change.add} to add, ${change.change} to change, ${change.remove} to remove`;
  const grants = [...access.gained.map((grant) => ['+', ...grantCells(grant)]), ...access.lost.map((grant) => ['-', ...grantCells(grant)])];
  return [
    `${paint('bold', `clusterpolicy/${name}`)}   ${verdict}`,
    ...renderSection('Faults', lint.map(faultLine)),
    ...renderSection('Warnings', warnings.map(faultLine)),
    ...renderSection(
      'Selected',
      selected.flatMap((cluster) => [cluster, ...(objects[cluster] ?? []).map((object) => `  ${object}`)]),
    ),
    ...renderSection(
      'Refused by Guardrails',
      renderTable(refused.map(({ cluster, object, reason, message }) => [cluster, object || 'all of it', reason, message])),
    ),
    ...renderSection('Not selected', renderTable(notSelected.map(({ cluster, because }) => [cluster, because]))),
    ...renderSection('Access', renderTable(grants)),
  ];
}

function faultLine({ code, path, message, help }: Preview['lint'][number]): string {
  return `${code} ${path}: ${message} ${help}`.trimEnd();
}

function grantCells({ subject, role, namespace, cluster }: Preview['access']['gained'][number]): readonly string[] {
  return [subject, role, namespace === '' ? 'everywhere' : `in ${namespace}`, `on ${cluster}`];
}
