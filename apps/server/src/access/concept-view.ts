import { z } from 'zod'
import { grantScopes, roles } from '../kernel/index.ts'

const Words = z.object({ en: z.string(), de: z.string() })
const instant = z.iso.datetime()
const Person = z.object({ name: z.string(), email: z.string() })

/** Who may do what in one tenant at one moment. */
export const Concept = z.object({
  tenant: z.object({ slug: z.string(), name: z.string() }),
  at: instant,
  /** Columns of the table: the roles, and those who are let in for a time. */
  columns: z.array(z.object({ key: z.string(), words: Words, permissions: z.array(z.string()), people: z.int() })),
  permissions: z.array(
    z.object({
      permission: z.string(),
      words: Words,
      /** What it opens: the operations of the API that need it. */
      operations: z.array(z.object({ id: z.string(), summary: z.string(), changes: z.boolean() })),
    }),
  ),
  members: z.array(Person.extend({ role: z.enum(roles), since: instant })),
  invitations: z.array(Person.extend({ role: z.enum([...roles, 'guest']), until: instant })),
  guests: z.array(Person.extend({ room: z.string(), since: instant, until: instant })),
  grants: z.array(Person.extend({ scope: z.enum(grantScopes), reason: z.string(), since: instant, until: instant })),
})

/** Who may do what, as data. */
export type Concept = z.output<typeof Concept>
