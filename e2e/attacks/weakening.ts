/** A change of one source file that opens the hole an attack looks for. */
export interface Weakening {
  /** From the root of the repository. */
  readonly file: string
  /** Stands in the file exactly once; where a rewriting moved it, the server does not start and the weakening has to follow. */
  readonly from: string
  readonly to: string
}
