/** The only source of time. Tests give their own. */
export interface Clock {
  readonly now: () => Date
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }
