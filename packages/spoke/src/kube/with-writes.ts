import type { Kube } from './kube.ts';

/** The same API server, where these requests go another way; whatever else is asked goes to `kube` itself. */
export function withWrites(kube: Kube, writes: Pick<Kube, 'apply' | 'remove' | 'release' | 'patch'>): Kube {
  return {
    ...writes,
    // Named one by one: of an instance of a class, a spread copies no method.
    preview: (...asked) => kube.preview(...asked),
    get: (...asked) => kube.get(...asked),
    list: (...asked) => kube.list(...asked),
    watch: (...asked) => kube.watch(...asked),
    kindOf: (...asked) => kube.kindOf(...asked),
    servedAs: (...asked) => kube.servedAs(...asked),
    kindsInNamespaces: (...asked) => kube.kindsInNamespaces(...asked),
    peek: (...asked) => kube.peek(...asked),
    inspect: (...asked) => kube.inspect(...asked),
  };
}
