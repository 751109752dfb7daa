/** Where the bus is. */
export interface BusPlace {
  /** URLs, any of which will do. */
  readonly servers: readonly string[];
  /** Where it was before, latest first: tried when none of the others can be dialled. */
  readonly former?: readonly string[];
}
