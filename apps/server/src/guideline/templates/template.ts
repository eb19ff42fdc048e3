import type { MeasureId } from '@art32/catalogue'

/** A template for a guideline, in both languages. `{{tenant}}` stands for the name of whoever makes one from it. */
export interface Template<Id extends string = string> {
  readonly id: Id
  readonly title: { readonly en: string; readonly de: string }
  /** In one line, for who chooses. */
  readonly about: { readonly en: string; readonly de: string }
  /** The measures of the catalogue that it covers: organisational ones only, the others need a check. */
  readonly measures: readonly MeasureId[]
  /** Markdown, without the title and without the closing sections that all share. */
  readonly text: { readonly en: string; readonly de: string }
}
