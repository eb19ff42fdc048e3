/** The languages in which every sentence of the catalogue exists. */
export type Language = 'en' | 'de'

/** One sentence or title in both languages; neither may be empty, and they differ. */
export type Text = { readonly en: string; readonly de: string }
