import type { JsonObject } from '@accord/proto/canonical';
import { listAt, objectAt, textAt, textsAt } from '../policy/manifest.ts';

/**
 * What an object that is being deleted still waits for, as words that follow its name: its finalizers, and of a Namespace what its
 * controller says of what is in it (conditions `Namespace…`, k8s.io/api/core/v1).
 */
export function deletionRemains(live: JsonObject): string {
  const finalizers = textsAt(objectAt(live, 'metadata'), 'finalizers').map(({ text }) => text);
  const said = listAt(live, 'status', 'conditions')
    .filter((condition) => textAt(condition, 'type').startsWith('Namespace') && textAt(condition, 'status') === 'True')
    .map((condition) => textAt(condition, 'message').replace(/\.$/, ''));
  const waits = [...(finalizers.length === 0 ? [] : [`it waits for its finalizers ${finalizers.join(', ')}`]), ...said];
  return ['is being deleted', ...(waits.length === 0 ? [] : [waits.join('; ')])].join(': ');
}
