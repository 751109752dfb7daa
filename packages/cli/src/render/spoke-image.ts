import { CodedError } from '@accord/proto/coded-error';
import { parseDocument } from 'yaml';

export interface SpokeImage {
  /** Undefined: that of the file, which is in no registry. */
  readonly image?: string | undefined;
  /** Names of Secrets in accord-system with which it is pulled. */
  readonly pullSecrets?: readonly string[] | undefined;
}

const container = ['spec', 'template', 'spec', 'containers', 0, 'image'] as const;

/** The Deployment with that image. Rejects with `invalid` for what is no reference of one. */
export function withImage(deployment: string, { image, pullSecrets = [] }: SpokeImage): string {
  const document = parseDocument(deployment);
  if (image !== undefined) {
    if (!/^[\w][\w.:/-]{0,400}(@sha256:[0-9a-f]{64})?$/.test(image))
      throw new CodedError('invalid', `"${image}" is no reference of an image`, {
        help: 'For example: --image registry.example.net/accord-spoke:0.1.0',
      });
    document.setIn(container, image);
  }
  if (pullSecrets.length > 0)
    document.setIn(
      ['spec', 'template', 'spec', 'imagePullSecrets'],
      pullSecrets.map((name) => ({ name })),
    );
  return image === undefined && pullSecrets.length === 0 ? deployment : document.toString({ lineWidth: 0, indentSeq: false }).trimEnd();
}

/** Where a reference names no place to pull it from, a cluster has it only if somebody put it on each of its nodes. */
export function isWithoutRegistry(image: string): boolean {
  return !image.includes('/');
}

/** The image of the Deployment. */
export function imageOf(deployment: string): string {
  return String(parseDocument(deployment).getIn(container));
}
