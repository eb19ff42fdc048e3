/** The longest text that is written; what vendors answer may be longer than any reader of a report takes. */
const longest = 4_000

/**
 * Text of others on one line, fit for every format: no control characters (XML refuses them, terminals obey them), no
 * half of a surrogate pair, no characters that turn the direction of reading, and of bounded length.
 */
export function tidy(text: string, limit = longest): string {
  // Cut first: ten megabytes are not searched through. Twice the length, since blanks fall away.
  const some = text.length > 2 * limit ? text.slice(0, 2 * limit) : text
  const line = some
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s\uFFFE\uFFFF]+/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
  return line.length > limit || some.length < text.length
    ? `${line.slice(0, limit - 1).trimEnd()}…`.toWellFormed()
    : line
}
