/**
 * Text of others made safe to typeset: what is read is what is there.
 *
 * Directional overrides are dropped, because they let a line read differently from what it says; control characters,
 * noncharacters and broken surrogates become U+FFFD. Marks that Hebrew or Arabic text needs (U+200E, U+200F) stay.
 *
 * @source Unicode UAX #9 section 2, Unicode Technical Report #36
 */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, (control) =>
      control === '\n' || control === '\t' ? control : '\uFFFD',
    )
}
