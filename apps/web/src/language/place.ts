/** A country by its code, in the reader's language. */
export function placeName(code: string, language: 'en' | 'de'): string {
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code
}
