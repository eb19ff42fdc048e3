import { viewOf, views } from '@art32/catalogue'
import type { Language, ViewId } from '@art32/catalogue'
import { groupsOf, viewWords } from '@art32/press'
import type { StatementView } from '../api/api.ts'
import { counts } from './register-view.ts'
import type { Section } from './register-view.ts'

/** The document's own chapters, or the headings of a view. */
export type OrderId = 'own' | ViewId

/** Every order that can be chosen. */
export const orders: readonly OrderId[] = ['own', ...views.map(({ id }) => id)]

/** What of the register is looked for, besides its assurance. */
export interface Wanted {
  readonly order?: OrderId
  /** Words that a line holds. */
  readonly find?: string
  /** Who guarantees it. */
  readonly by?: 'us' | 'processor' | 'customer'
}

const guarantors = ['us', 'processor', 'customer'] as const

/** Reads order and filters from the address; what is none is left out. */
export function wantedFrom(search: Readonly<Record<string, unknown>>): Wanted {
  const order = orders.find((one) => one === search['order'])
  const by = guarantors.find((one) => one === search['by'])
  const find = typeof search['find'] === 'string' ? search['find'].slice(0, 200) : ''
  return { ...(order ? { order } : {}), ...(by ? { by } : {}), ...(find.trim() === '' ? {} : { find }) }
}

/** The lines under the headings of a view: each once in full, its other places as references. Running text has no place there. */
export function sectionsIn(
  order: ViewId,
  statements: readonly StatementView[],
  language: Language,
): readonly Section[] {
  const say = viewWords[language]
  const groups = groupsOf(
    statements.filter(counts),
    ({ measure }) => measure.parts.map((part) => part.catalogueId),
    viewOf(order),
  )
  return groups.map(({ heading, lines, also }) => {
    const text = heading?.title[language] ?? say.unplaced
    return {
      id: `order-${order}-${heading?.id ?? 'none'}`,
      name: text,
      heading: { text, level: 1 },
      statements: lines,
      also,
      note: heading === null ? say.unplacedNote : lines.length + also.length === 0 ? say.empty : null,
    }
  })
}

/** Whether a line holds every word that is looked for, and is guaranteed by whom it should be. */
export function isWanted(statement: StatementView, { find = '', by }: Wanted): boolean {
  if (by !== undefined && statement.measure?.guarantor !== by) return false
  const text = plain(`${statement.text} ${statement.measure?.owner ?? ''} ${statement.condition ?? ''}`)
  return plain(find)
    .split(' ')
    .every((word) => text.includes(word))
}

/** Lower case without marks, so that “Verfugbarkeit” finds “Verfügbarkeit”. */
function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/gu, ' ').trim()
}
