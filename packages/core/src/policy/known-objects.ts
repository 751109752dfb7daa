import { hex, sha256 } from '@accord/proto/canonical';
import { compileObject, type CompiledObject } from './compile-object.ts';
import type { LaidOutObject } from './lay-out.ts';

/** Hash of what an object was compiled from. Whoever changes an object makes another one, of which nothing is known here. */
const sources = new WeakMap<CompiledObject, string>();

/** Objects of an earlier revision. In the next one most are written as they were, and what an object compiles to depends on that alone. */
export class KnownObjects {
  readonly #bySource = new Map<string, CompiledObject>();

  constructor(objects: readonly CompiledObject[]) {
    for (const object of objects) {
      const source = sources.get(object);
      if (source !== undefined) this.#bySource.set(source, object);
    }
  }

  compile(written: LaidOutObject): CompiledObject {
    const source = hex(sha256(JSON.stringify(written)));
    const known = this.#bySource.get(source);
    if (known !== undefined) return known;
    const object = compileObject(written);
    sources.set(object, source);
    return object;
  }
}
