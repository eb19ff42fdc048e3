import { compareWords } from '@art32/press'
import type { Run } from '@art32/press'
import { linesOf } from './sheet.ts'
import type { Sheet } from './sheet.ts'
import { sectionKeys } from './words.ts'

/** A part of two notices, word by word. */
export interface Compared {
  readonly key: string
  readonly title: string
  readonly isChanged: boolean
  readonly runs: readonly Run[]
}

/** Two versions in one language, part by part and word by word. */
export function compareSheets(before: Sheet, after: Sheet): Compared[] {
  const text = (sheet: Sheet, key: string) => {
    const section = sheet.sections.find((one) => one.key === key)
    return section ? linesOf(section).join('\n') : ''
  }
  const parts = sectionKeys.map((key) => ({
    key,
    title:
      (after.sections.find((one) => one.key === key) ?? before.sections.find((one) => one.key === key))?.title ?? '',
    before: text(before, key),
    after: text(after, key),
  }))
  return [
    {
      key: 'title',
      title: after.title,
      before: `${before.title}. ${before.about}`,
      after: `${after.title}. ${after.about}`,
    },
    ...parts,
  ].map(({ key, title, before: old, after: now }) => {
    const runs = compareWords(old, now)
    return { key, title, isChanged: runs.some((run) => run.in !== 'both'), runs }
  })
}
