/** What a second look at the output saw: numbers and names only. Added up over threads. */
export interface VerificationState {
  readonly blocks: number
  readonly blocksLooked: number
  readonly values: number
  readonly found: Readonly<Record<string, number>>
  readonly known: Readonly<Record<string, number>>
}

/** The first blocks of each thread are looked at, then every so many: more would cost more than a tenth of the run. */
const FIRST = 2
const EVERY = 16

/** A second look at the output of blocks, whole or, of a long input, in a sample. */
export class Verification {
  blocks = 0
  blocksLooked = 0
  values = 0
  readonly #found = new Map<string, number>()
  readonly #known = new Map<string, number>()

  /** One block more; whether it is looked at. */
  begin(): boolean {
    const isLookedAt = this.blocks < FIRST || this.blocks % EVERY === 0
    this.blocks += 1
    if (isLookedAt) this.blocksLooked += 1
    return isLookedAt
  }

  /** Something of this type stands in the output. */
  noteFound(type: string, count = 1): void {
    this.#found.set(type, (this.#found.get(type) ?? 0) + count)
  }

  /** Values of a column that was to go stand in this column of the output. */
  noteKnown(column: string, count: number): void {
    this.#known.set(column, (this.#known.get(column) ?? 0) + count)
  }

  state(): VerificationState {
    const { blocks, blocksLooked, values } = this
    return {
      blocks,
      blocksLooked,
      values,
      found: Object.fromEntries(this.#found),
      known: Object.fromEntries(this.#known),
    }
  }

  /** What another thread saw. */
  take({ blocks, blocksLooked, values, found, known }: VerificationState): void {
    this.blocks += blocks
    this.blocksLooked += blocksLooked
    this.values += values
    for (const [type, count] of Object.entries(found)) this.noteFound(type, count)
    for (const [column, count] of Object.entries(known)) this.noteKnown(column, count)
  }
}
