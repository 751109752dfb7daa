import { CodedError } from '@accord/proto/coded-error';
import type * as z from 'zod';
import type { Kind } from '../objects/kinds.ts';
import { clusterSchema, policySchema } from '../resources.ts';
import { escapeControlsIn } from './escape-controls.ts';
import { clusterColumns, policyColumns, tableRows, type TableStyle } from './resource-tables.ts';

/** Objects as they came from the hub → the rows of a table, heading first. The name is the first cell. */
export function renderResources(kind: Kind, objects: readonly unknown[], style: TableStyle): readonly (readonly string[])[] {
  switch (kind) {
    case 'Cluster':
      return tableRows(
        clusterColumns(style),
        objects.map((object) => shown(clusterSchema, object)),
      );
    case 'ClusterPolicy':
      return tableRows(
        policyColumns(style),
        objects.map((object) => shown(policySchema, object)),
      );
  }
}

/** What is printed of an object, with nothing in it that a terminal would obey. */
export function shown<Shape extends z.ZodType>(schema: Shape, object: unknown): z.infer<Shape> {
  const result = schema.safeParse(escapeControlsIn(object));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CodedError('garbage', `The hub sent an object that this version cannot read (${issue?.path.join('.')}: ${issue?.message})`, {
    help: 'Compare the versions of hub and program: accord doctor',
  });
}
