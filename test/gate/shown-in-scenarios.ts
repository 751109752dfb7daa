import { states } from '@accord/core/status/states';

const state = Object.keys(states).join('|');
const ofRow = new RegExp(`(?:^| · |^\\S+ )([a-z0-9-]+)@\\d+ (${state})(?: ([A-Z]\\w+))?(?=$|:| ·)`, 'g');
const ofObject = new RegExp(`^\\S+ \\S+: .*?\\b(${state}) ([A-Z]\\w+): `);
const ofReport = new RegExp(`^\\S+ says: \\S+@\\d+ (${state}) ([A-Z]\\w+)`);
const sentence = /^(\S+) (?:live|offline|unknown) \S+: ([a-z0-9-]+)(?:@\d+)? /;

/**
 * Every state with its reason that a scenario text shows, as `State Reason`: of a row once its sentence stands there, of an object where it is listed,
 * and of a report, which is the only place for what has no row any more.
 */
export function shownIn(text: string): ReadonlySet<string> {
  const shown = new Set<string>();
  const rows = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, cluster = '', policy = ''] = sentence.exec(line) ?? [];
    const row = rows.get(`${cluster} ${policy}`);
    if (row !== undefined) shown.add(row);
    const [, ...told] = ofObject.exec(line) ?? ofReport.exec(line) ?? [];
    if (told.length > 0) shown.add(told.join(' '));
    if (policy === '' && told.length === 0)
      for (const [, name, as = '', reason = as] of line.matchAll(ofRow)) rows.set(`${line.split(' ')[0]} ${name}`, `${as} ${reason}`);
  }
  return shown;
}
