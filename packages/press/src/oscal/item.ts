import type { Line } from '../edition.ts'
import { markupLine, oneLine, prop } from './pieces.ts'
import type { Prop, Tokens } from './pieces.ts'

/** A line with the names under which the four files speak of it. */
export interface Item {
  readonly line: Line
  /** Id of its control; the same in all four files. */
  readonly control: string
  /** Ids of its statement, and of the measures in it. */
  readonly statement: string
  readonly parts: readonly string[]
  /** `1.2`: the second line of the first chapter. */
  readonly label: string
  readonly title: string
  readonly params: readonly { readonly id: string; readonly name: string; readonly values: readonly string[] }[]
}

/** Names a line. */
export function itemOf(line: Line, label: string, tokens: Tokens): Item {
  const control = tokens.take('line-', line.id)
  const titles = [...new Set(line.parts.map(({ title }) => oneLine(title)).filter((title) => title !== ''))]
  const statement = tokens.take(control, '_smt')
  return {
    line,
    control,
    statement,
    parts: line.parts.map(() => tokens.take(statement, '_item')),
    label,
    title: markupLine(titles.join(' · ') || line.text),
    params: Object.entries(line.parameters ?? {}).flatMap(([name, value]) => {
      const values = (Array.isArray(value) ? value : [value])
        .map((one) => oneLine(String(one)))
        .filter((one) => one !== '')
      return values.length === 0 ? [] : [{ id: tokens.take(`${control}_prm_`, name), name, values }]
    }),
  }
}

/** What a line promises and to whom it is shown. */
export function promiseProps({ line }: Item): Prop[] {
  const { exception } = line
  return [
    ...prop('line', line.id),
    ...prop('statement-status', line.status),
    ...prop('condition', line.condition),
    ...prop('guarantor', line.guarantor),
    ...(line.responsibilities ?? []).flatMap(({ who, name, text }) =>
      prop('responsibility', `${name ?? who}: ${text}`),
    ),
    ...prop('cadence', line.cadence),
    ...prop('rhythm', line.rhythm),
    ...prop('visibility', line.visibility),
    ...(line.systems ?? []).flatMap((system) => prop('system', system)),
    ...prop('exception-until', exception?.until),
    ...prop('exception-reason', exception?.reason),
  ]
}

/** How a line is backed. */
export function backingProps({ line }: Item): Prop[] {
  const { period } = line
  return [
    ...prop('assurance', line.assurance),
    ...prop('public-state', line.publicState),
    ...prop('checked-at', line.checkedAt),
    ...prop('fresh-until', line.freshUntil),
    ...prop('days-held', period?.held),
    ...prop('days-failed', period?.failed),
    ...prop('days-not-looked', period?.notLooked),
  ]
}

/**
 * How far a line is implemented, in OSCAL's own words; undefined where it has no word for it: what is failing or absent is
 * not "partial".
 */
export function implementationOf({ line }: Item): string | undefined {
  if (line.status === 'not-applicable') return 'not-applicable'
  if (line.assurance === 'failing' || line.assurance === 'absent' || line.status === 'not-in-place') return undefined
  if (line.assurance === 'planned' || line.status === 'planned') return 'planned'
  return line.status === 'conditional' || line.exception !== undefined ? 'partial' : 'implemented'
}
