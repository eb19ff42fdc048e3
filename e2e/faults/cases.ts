/**
 * Everything that art32 must survive, as a table: number, deed, what is expected, and the tests that do it.
 *
 * The numbers are those of the project's list of faults and attacks; besides them stands each weakness that was published for
 * what art32 is built on and for products like it. `npm run faults` runs the tests and prints the table with what was seen.
 */
import type { Chapter } from './case.ts'
import { dependencies } from './cases/dependencies.ts'
import { durability } from './cases/durability.ts'
import { isolation } from './cases/isolation.ts'
import { outbound } from './cases/outbound.ts'
import { published } from './cases/published.ts'
import { resources } from './cases/resources.ts'
import { secrets } from './cases/secrets.ts'
import { web } from './cases/web.ts'

export const chapters: readonly Chapter[] = [
  durability,
  dependencies,
  resources,
  isolation,
  web,
  outbound,
  secrets,
  published,
]

export const cases = chapters.flatMap((chapter) => chapter.cases)

/** How many the list has. */
export const numbered = 72
