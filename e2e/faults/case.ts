/** One thing that art32 must survive, as data: what is done to it, what it has to do, and which tests do it. */
export interface Case {
  /** A number of the list, or the name under which a weakness was published. */
  readonly id: string
  readonly deed: string
  readonly expected: string
  /** Files of tests below the root of the repository, each with the names of its tests that count; none: all of them. */
  readonly tests: Readonly<Record<string, readonly string[]>>
  /** What of it nobody has tried, and why; where no test is named, all of it. */
  readonly open?: string
  /** Why it cannot happen here at all. */
  readonly absent?: string
}

/** A part of the list. */
export interface Chapter {
  readonly title: string
  readonly cases: readonly Case[]
}
