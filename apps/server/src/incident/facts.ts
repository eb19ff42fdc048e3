import { z } from 'zod'

const text = (most: number) => z.string().trim().max(most)
const number = z.int().min(0).max(10_000_000_000)

/**
 * What a notification has to say (Art. 33(3)); null or empty: not known yet. All of it may be known only later: then it is
 * told in phases (Art. 33(4)).
 */
export const Facts = z
  .object({
    /** When it happened, as far as that is known. */
    from: z.iso.datetime().nullable(),
    until: z.iso.datetime().nullable(),
    /** (a) What happened to which data. */
    nature: text(8_000),
    peopleCategories: text(2_000),
    people: number.nullable(),
    recordCategories: text(2_000),
    records: number.nullable(),
    /** (b) Who answers questions. */
    contact: text(1_000),
    /** (c) What may come of it for the people. */
    consequences: text(8_000),
    /** (d) What was done and is going to be, also so that less comes of it. */
    measures: text(8_000),
  })
  .partial()

/** What a notification has to say. */
export type Facts = z.output<typeof Facts>

/** What is asked for, by the letter of Art. 33(3) that asks. */
export const asked = {
  nature: 'a',
  peopleCategories: 'a',
  people: 'a',
  recordCategories: 'a',
  records: 'a',
  contact: 'b',
  consequences: 'c',
  measures: 'd',
} as const satisfies Partial<Record<keyof Facts, 'a' | 'b' | 'c' | 'd'>>

/** A content of Art. 33(3). */
export type Asked = keyof typeof asked

/** Every content of Art. 33(3), in its order. */
export const allAsked = Object.keys(asked) as readonly Asked[]

/** What is still missing for a whole notification. */
export function missingOf(facts: Facts): Asked[] {
  return allAsked.filter((name) => facts[name] === undefined || facts[name] === null || facts[name] === '')
}
