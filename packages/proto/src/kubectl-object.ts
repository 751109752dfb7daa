import { keyParts, type ObjectKey } from './ids.ts';

/** What has no meaning to a shell, and is no option of kubectl: names of roles may hold more. */
const plain = /^[A-Za-z0-9][A-Za-z0-9:._~-]*$/;

/** How kubectl is told which object: `configmap settings -n payments`. A name that a shell would read otherwise stays a word to be replaced. */
export function kubectlObject(key: string): string {
  const { group, kind, namespace, name } = keyParts(key as ObjectKey);
  const type = `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  const place = namespace === '' ? '' : ` -n ${spoken(namespace, 'NAMESPACE')}`;
  return `${spoken(type, 'KIND')} ${spoken(name, 'NAME')}${place}`;
}

function spoken(text: string, otherwise: string): string {
  return plain.test(text) ? text : otherwise;
}
