import type { Kind } from '../objects/kinds.ts';
import { readAs } from '../read-as.ts';
import { clusterSchema, policySchema } from '../resources.ts';
import { escapeControlsIn } from './escape-controls.ts';
import { clusterColumns, policyColumns, tableRows, type TableStyle } from './resource-tables.ts';

/** Objects as they came from the hub → the rows of a table, heading first. The name is the first cell. */
export function renderResources(kind: Kind, objects: readonly unknown[], style: TableStyle): readonly (readonly string[])[] {
  switch (kind) {
    case 'Cluster':
      return tableRows(
        clusterColumns(style),
        objects.map((object) => readAs('The hub', clusterSchema, escapeControlsIn(object))),
      );
    case 'ClusterPolicy':
      return tableRows(
        policyColumns(style),
        objects.map((object) => readAs('The hub', policySchema, escapeControlsIn(object))),
      );
  }
}
