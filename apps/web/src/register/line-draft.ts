import type { Input, MeasureView, StatementView } from '../api/api.ts'

/** A line as somebody is writing it; values as text, as fields hold them. */
export interface LineDraft {
  readonly text: string
  readonly condition: string
  readonly parameters: Readonly<Record<string, string>>
  readonly status: StatementView['status']
  readonly owner: string
  readonly guarantor: MeasureView['guarantor']
  readonly visibility: MeasureView['visibility']
  readonly cadence: string
}

/** The line as it is. */
export function draftOf({ text, condition, parameters, status }: StatementView, measure: MeasureView): LineDraft {
  const { owner, guarantor, visibility, cadence } = measure
  return {
    text,
    condition: condition ?? '',
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, plain(value)])),
    status,
    owner: owner ?? '',
    guarantor,
    visibility,
    cadence: cadence ?? '',
  }
}

function plain(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}

type Said = Omit<Input<'measure.reword'>, 'measureId' | 'revision'>
type Terms = Pick<Input<'measure.change'>, 'status' | 'owner' | 'guarantor' | 'visibility' | 'cadence'>

/** What of a draft differs from the line, as the server takes it; null where nothing does. */
export interface LineEdit {
  readonly said: Said | null
  readonly terms: Terms | null
}

/** What somebody changed since they began: nothing that somebody else changed meanwhile is in it. */
export function editOf(base: LineDraft, draft: LineDraft, values: StatementView['parameters']): LineEdit {
  const said: Said = {
    ...(draft.text.trim() === base.text ? {} : { text: draft.text.trim() }),
    ...(draft.condition.trim() === base.condition ? {} : { condition: draft.condition.trim() || null }),
    ...(same(base.parameters, draft.parameters) ? {} : { parameters: valuesOf(draft.parameters, values) }),
  }
  const terms: Terms = {
    ...(draft.status === base.status ? {} : { status: draft.status }),
    ...(draft.owner.trim() === base.owner ? {} : { owner: draft.owner.trim() || null }),
    ...(draft.guarantor === base.guarantor ? {} : { guarantor: draft.guarantor }),
    ...(draft.visibility === base.visibility ? {} : { visibility: draft.visibility }),
    ...(draft.cadence === base.cadence ? {} : { cadence: draft.cadence === '' ? null : draft.cadence }),
  }
  return { said: Object.keys(said).length === 0 ? null : said, terms: Object.keys(terms).length === 0 ? null : terms }
}

/** Whether a draft changes anything. */
export function changesAnything({ said, terms }: LineEdit): boolean {
  return said !== null || terms !== null
}

function same(left: LineDraft['parameters'], right: LineDraft['parameters']): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => (left[name] ?? '').trim() === (right[name] ?? '').trim())
}

/** Values in the kind that they had; one that is emptied goes. */
function valuesOf(
  written: LineDraft['parameters'],
  values: StatementView['parameters'],
): NonNullable<Said['parameters']> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, text]): [string, NonNullable<Said['parameters']>[string]][] => {
      const value = text.trim()
      if (value === '') return []
      const before = values[name]
      if (typeof before === 'number' && Number.isFinite(Number(value))) return [[name, Number(value)]]
      if (Array.isArray(before))
        return [
          [
            name,
            value
              .split(',')
              .map((one) => one.trim())
              .filter((one) => one !== ''),
          ],
        ]
      return [[name, value]]
    }),
  )
}

/** What somebody wrote, on top of what the line says by now: only what they touched is theirs. */
export function rebased(begun: LineDraft, draft: LineDraft, now: LineDraft): LineDraft {
  const touched = fields.filter((field) => JSON.stringify(begun[field]) !== JSON.stringify(draft[field]))
  return { ...now, ...Object.fromEntries(touched.map((field) => [field, draft[field]])) }
}

const fields = ['text', 'condition', 'parameters', 'status', 'owner', 'guarantor', 'visibility', 'cadence'] as const
