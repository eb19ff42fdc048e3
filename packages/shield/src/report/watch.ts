import type { Fields } from '../format/fields.ts'
import type { Plan } from '../plan/plan.ts'
import { Classes, type ClassState } from './classes.ts'
import { Hasher } from './hash.ts'
import { Spread, type SpreadState } from './spread.ts'
import { Verification, type VerificationState } from './verification.ts'

/** 4 KiB each. */
const MOST_SPREADS = 1000

/** What one thread saw of the output, as plain data. */
export interface Watched {
  /** Combinations of the quasi-identifiers; of those with one sensitive column each; none where the plan names no quasi-identifiers. */
  readonly classes: ClassState | undefined
  readonly sensitive: Readonly<Record<string, ClassState>>
  /** By column whose values were replaced by pseudonyms. */
  readonly spreads: Readonly<Record<string, SpreadState>>
  readonly verification: VerificationState
}

/** Where the values of a record are after it was transformed. */
export interface NewValues {
  readonly start: Int32Array
  readonly end: Int32Array
  readonly bytes: Uint8Array
}

/** Counts in the output what the report says about what is left to be guessed. */
export class Watch {
  readonly #quasi: readonly string[]
  readonly #sensitive: readonly string[]
  readonly #classes = new Classes()
  readonly #pairs = new Map<string, Classes>()
  readonly #spreads = new Map<string, Spread>()
  readonly #hasher = new Hasher()
  readonly verification = new Verification()
  /** By index of the column: its place among the quasi-identifiers, then the sensitive ones; -1: neither. */
  readonly #places: number[] = []
  /** The fields of this record by that place. */
  readonly #found: Int32Array

  constructor(plan: Plan) {
    this.#quasi = plan.quasiIdentifiers
    this.#sensitive = plan.sensitive
    for (const name of this.#sensitive) this.#pairs.set(name, new Classes())
    this.#found = new Int32Array(this.#quasi.length + this.#sensitive.length)
  }

  get isIdle(): boolean {
    return this.#quasi.length === 0
  }

  /** The column of this index is called so. */
  know(index: number, name: string): void {
    const quasi = this.#quasi.indexOf(name)
    const sensitive = this.#sensitive.indexOf(name)
    this.#places[index] = quasi >= 0 ? quasi : sensitive >= 0 ? this.#quasi.length + sensitive : -1
  }

  /** Undefined for what comes after so many columns that nobody reads of each. */
  spreadOf(name: string): Spread | undefined {
    if (this.#spreads.size === MOST_SPREADS && !this.#spreads.has(name)) return undefined
    const spread = this.#spreads.get(name) ?? new Spread()
    this.#spreads.set(name, spread)
    return spread
  }

  /** One record as it will be written. */
  record(fields: Fields, first: number, end: number, values: NewValues): void {
    const hasher = this.#hasher
    this.#found.fill(-1)
    for (let field = first; field < end; field += 1) {
      const place = this.#places[fields.column[field] ?? 0] ?? -1
      if (place >= 0) this.#found[place] = field
    }
    // A row of another table of a dump, which has none of them, is no member of any class.
    if (!this.#hasAny()) return
    hasher.begin()
    for (let place = 0; place < this.#quasi.length; place += 1) this.#add(place, fields, values)
    const { one, two } = hasher
    hasher.finish()
    this.#classes.add(hasher.one, hasher.two)
    for (const [index, name] of this.#sensitive.entries()) {
      hasher.one = one
      hasher.two = two
      this.#add(this.#quasi.length + index, fields, values)
      hasher.finish()
      this.#pairs.get(name)?.add(hasher.one, hasher.two)
    }
  }

  #hasAny(): boolean {
    for (let place = 0; place < this.#quasi.length; place += 1) if ((this.#found[place] ?? -1) >= 0) return true
    return false
  }

  #add(place: number, fields: Fields, values: NewValues): void {
    const field = this.#found[place] ?? -1
    if (field < 0) this.#hasher.add(fields.bytes, 0, 0)
    else if ((values.start[field] ?? -1) >= 0) {
      this.#hasher.add(values.bytes, values.start[field] ?? 0, values.end[field] ?? 0)
    } else this.#hasher.add(fields.bytes, fields.start[field] ?? 0, fields.end[field] ?? 0)
  }

  state(): Watched {
    return {
      classes: this.isIdle ? undefined : this.#classes.state(),
      sensitive: Object.fromEntries([...this.#pairs].map(([name, pairs]) => [name, pairs.state()])),
      spreads: Object.fromEntries([...this.#spreads].map(([name, spread]) => [name, spread.state()])),
      verification: this.verification.state(),
    }
  }

  /** What another thread saw. */
  take({ classes, sensitive, spreads, verification }: Watched): void {
    this.verification.take(verification)
    if (classes !== undefined) this.#classes.take(classes)
    for (const [name, state] of Object.entries(sensitive)) this.#pairs.get(name)?.take(state)
    for (const [name, state] of Object.entries(spreads)) this.spreadOf(name)?.take(state)
  }

  summary() {
    const classes = this.#classes.summary()
    return {
      classes: this.isIdle ? undefined : classes,
      // Pairs per combination: how many different sensitive values one has on average.
      diversity: Object.fromEntries(
        [...this.#pairs].map(([name, pairs]) => [
          name,
          classes.classes === 0 ? 0 : pairs.summary().classes / classes.classes,
        ]),
      ),
      spreads: Object.fromEntries([...this.#spreads].map(([name, spread]) => [name, spread.summary()])),
    }
  }
}
