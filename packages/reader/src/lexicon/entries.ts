/** Rules in the notation of `rule.ts`, by id of a catalogue measure. */
export type Entries = Readonly<Record<string, readonly string[]>>
