import { z } from 'zod'
import type { NearMiss } from '../engine/check.ts'
import { field } from '../engine/text.ts'

/**
 * Accounts and other exclusions that somebody declared: emergency accounts above all. Each with the last day on which the
 * declaration counts, since one without an end is forgotten.
 */
export const declared = field(z.array(z.object({ subject: z.string().min(1), until: z.iso.date() })).default([]), {
  label: { en: 'Declared exceptions', de: 'Erklärte Ausnahmen' },
  help: {
    en: 'Ids of emergency accounts and other exclusions, each with the last day on which it counts',
    de: 'Kennungen von Notfallkonten und anderen Ausnahmen, je mit dem letzten Tag, an dem sie gilt',
  },
})

/** What was declared. */
export type Declared = z.output<typeof declared>

/** What would let a subject that fails pass: a declaration of it, or a new one where it ran out. */
export function nearDeclaration(subject: string, list: Declared, now: Date): NearMiss {
  const isOver = declarationOf(subject, list, now) === 'expired'
  return { list: 'declared', values: [subject], ...(isOver ? { over: true } : {}) }
}

/** Whether a subject, `user:id` or the id alone, is declared, and whether that still counts. */
export function declarationOf(subject: string, list: Declared, now: Date): 'declared' | 'expired' | 'none' {
  const bare = subject.slice(subject.indexOf(':') + 1)
  const found = list.filter((one) => one.subject === subject || one.subject === bare)
  if (found.length === 0) return 'none'
  const today = now.toISOString().slice(0, 10)
  return found.some(({ until }) => until >= today) ? 'declared' : 'expired'
}
