import type { TFunction } from 'i18next'
import type { Operation, Output } from '../api/api.ts'

/** Somebody in the list of all. */
export type ListedPerson = Output<'record.list'>['people'][number]
/** Everything that is on record about somebody. */
export type RecordShown = NonNullable<Output<'record.mine'>['record']>
/** How somebody stands to what is asked of them. */
export type Coverage = RecordShown['agreement']
/** A point of a list. */
export type Point = RecordShown['checklists'][number]['points'][number]
export type CourseListed = Output<'course.list'>['courses'][number]
export type Thing = Output<'item.list'>['items'][number]

/** What a change of a record makes out of date. */
export const stale = [
  'record.list',
  'record.show',
  'record.mine',
  'person.list',
  'staff.show',
  'course.list',
  'checklist.list',
  'checklist.templates',
  'item.list',
  'holder.list',
] as const satisfies readonly Operation[]

/** The same of somebody's last day: who leaves and left stands on a page of its own. */
export const staleLeaving = [...stale, 'leaving.list', 'leaving.show'] as const satisfies readonly Operation[]

/** The tabs of the page of people. */
export const views = ['all', 'courses', 'points', 'items', 'mine'] as const

/** A tab of the page of people. */
export type View = (typeof views)[number]

/** The tab in an address; without one, everybody for who may see that, and else one's own record. */
export function viewFrom(text: string | undefined, mayRead: boolean): View {
  const wanted = views.find((one) => one === text) ?? (mayRead ? 'all' : 'mine')
  return mayRead || wanted === 'courses' || wanted === 'mine' ? wanted : 'mine'
}

const signs = {
  covered: ['good', '●'],
  due: ['waiting', '△'],
  expired: ['waiting', '△'],
  missing: ['bad', '▲'],
} as const satisfies Record<Coverage, readonly [string, string]>

/** Tone and glyph of how somebody stands. */
export function signOf(coverage: Coverage): { readonly tone: string; readonly glyph: string } {
  const [tone, glyph] = signs[coverage]
  return { tone, glyph }
}

/** What somebody does, where they are known to do something. */
export function workOf(
  { position, area, kind }: Pick<ListedPerson, 'position' | 'area' | 'kind'>,
  t: TFunction,
): string {
  return [position, area, kind === 'employee' ? null : t(`record.kind.${kind}`)]
    .filter((one) => one !== null)
    .join(' · ')
}

/** What a course is called: those that come with art32 in the language of the page. */
export function courseName(
  { key, title }: { readonly key: string | null; readonly title: string },
  t: TFunction,
): string {
  if (key === 'data-protection' || key === 'secure-coding') return t(`course.name.${key}`)
  return title
}

/** A text of a field, or null where it is empty. */
export const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The day at the person's clock, as fields of forms write it. */
export const todayHere = () => new Date().toLocaleDateString('sv-SE')
