import { renderKey, type ObjectKey } from '@accord/proto/ids';

/** An object key for people, `RoleBinding payments/edit`; anything else as it came. */
export function renderObject(text: string): string {
  return text.split('/').length >= 4 ? renderKey(text as ObjectKey) : text;
}
