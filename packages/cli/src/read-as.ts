import { CodedError } from '@accord/proto/coded-error';
import type * as z from 'zod';

/** A value that has the expected shape; rejects with `garbage`, naming `what` it came from, when a hub of another version sent something else. */
export function readAs<Shape extends z.ZodType>(what: string, schema: Shape, value: unknown): z.infer<Shape> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CodedError('garbage', `${what} gave something else than this version expects (${issue?.path.join('.')}: ${issue?.message})`, {
    help: 'Is it a hub, and as new as this program? See: accord doctor',
  });
}
