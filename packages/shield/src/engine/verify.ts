import type { Detector } from '../detect/detector.ts'
import { makeFinder } from '../detect/find.ts'
import type { Fields, Format } from '../format/fields.ts'
import type { Changes } from '../format/rows.ts'
import type { Plan } from '../plan/plan.ts'
import { Known } from '../report/known.ts'
import type { Verification } from '../report/verification.ts'
import { makeSpans } from '../text/spans.ts'
import type { Action } from './action.ts'
import { makeArena, room } from './arena.ts'

/** What is looked for in a column's output, and whether its input has to be gone. */
export interface Role {
  readonly name: string
  /** The values that it had must not stand anywhere in the output. */
  readonly isHidden: boolean
  readonly isLookedAt: boolean
  /** Looked at for identifiers with check digits and mail as well: a plan may keep some on purpose. */
  readonly isClean: boolean
}

/** Types whose values come again without being anybody's: two people have one birthday, a street has many houses. */
const shared = new Set([
  'harmless',
  'number',
  'date',
  'time',
  'code',
  'boolean',
  'text',
  'birth-date',
  'postcode',
  'place',
  'birth-place',
  'street',
  'address',
  'gender',
  'nationality',
  'geo',
  'ip',
  'url',
  'organisation',
])

export function roleOf(name: string, action: Action, plan: Plan): Role {
  const column = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined
  const goes = action.kind === 'pseudonym' || action.kind === 'delete' || action.kind === 'apply'
  const isFormat = column?.do === 'format-preserving'
  return {
    name,
    isHidden: goes && column !== undefined && !shared.has(column.type),
    // What is made by a key is nobody's; a number that was made so may be another one's.
    isLookedAt: action.kind !== 'pseudonym' && !isFormat,
    isClean: action.kind === 'guard' || action.kind === 'text' || action.kind === 'apply' || action.kind === 'shift',
  }
}

/** A detector that is wrong less often than once in forty without the help of a word. */
const CERTAIN = 1 / 40

/** Looks at the output of blocks once more, by other means than those that made it. Keeps buffers: one per worker. */
export interface Verifier {
  block(fields: Fields, changes: Changes): void
}

/** @param roles by index of the column */
export function makeVerifier(
  format: Format,
  detectors: readonly Detector[],
  plan: Plan,
  roles: readonly (Role | undefined)[],
  into: Verification,
): Verifier {
  const certain = detectors.filter(
    ({ id, family, chance }) =>
      (id === 'email' || (family === 'identifier' && chance <= CERTAIN)) && plan.text.types[id] !== 'keep',
  )
  const finder = makeFinder(certain)
  const spans = makeSpans()
  const decoded = makeArena()
  const known = new Known()
  let bytes: Uint8Array = decoded.bytes
  let from = 0
  let to = 0

  function takeInput(fields: Fields, field: number): void {
    bytes = fields.bytes
    from = fields.start[field] ?? 0
    to = fields.end[field] ?? 0
    const form = fields.form[field] ?? 0
    if (form === 0) return
    const out = room(decoded, to - from)
    to = format.decode(form, bytes, from, to, out, 0)
    bytes = out
    from = 0
  }

  function takeOutput(fields: Fields, field: number, changes: Changes): void {
    const start = changes.start[field] ?? -1
    if (start < 0) {
      takeInput(fields, field)
      return
    }
    bytes = changes.bytes
    from = start
    to = changes.end[field] ?? 0
  }

  function look({ name, isClean }: Role): void {
    into.values += 1
    const count = known.countIn(bytes, from, to)
    if (count > 0) into.noteKnown(name, count)
    if (!isClean || !finder.suspicious(bytes, from, to)) return
    spans.count = 0
    finder.find(bytes, from, to, spans)
    for (let index = 0; index < spans.count; index += 1) into.noteFound(certain[spans.type[index] ?? 0]?.id ?? '')
  }

  return {
    block(fields, changes) {
      known.makeRoom(fields.count)
      for (let field = 0; field < fields.count; field += 1) {
        if (roles[fields.column[field] ?? 0]?.isHidden !== true || fields.start[field] === fields.end[field]) continue
        takeInput(fields, field)
        known.add(bytes, from, to)
      }
      for (let field = 0; field < fields.count; field += 1) {
        const role = roles[fields.column[field] ?? 0]
        if (role?.isLookedAt !== true) continue
        takeOutput(fields, field, changes)
        if (to > from) look(role)
      }
    },
  }
}
