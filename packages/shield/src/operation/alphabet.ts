/** A digit has no case: where a letter takes its place, it is written as the alphabet has it. */
export function inCaseOf(replaced: number, byte: number): number {
  const isLetter = (byte | 0x20) >= 97 && (byte | 0x20) <= 122
  if (!isLetter || (replaced | 0x20) < 97) return byte
  return (byte & 0xdf) | (replaced & 0x20)
}

/** What may stand between the characters of a number and stays: blank, `-`, `.`, `/`, `(`, `)`, `+`, `:`, `_`, `,`. */
export function isSeparator(byte: number): boolean {
  return (byte >= 43 && byte <= 47) || byte === 32 || byte === 40 || byte === 41 || byte === 58 || byte === 95
}

/** @throws {RangeError}  it is none */
export function alphabetBytes(alphabet: string): Uint8Array {
  const bytes = new TextEncoder().encode(alphabet)
  const isAscii = bytes.length === alphabet.length && /^[0-9A-Za-z]*$/.test(alphabet)
  if (!isAscii || bytes.length < 2 || bytes.length > 36 || new Set(alphabet.toLowerCase()).size !== bytes.length) {
    throw new RangeError('An alphabet is 2 to 36 different letters and digits, letters in one case.')
  }
  return bytes
}

/** The numeral of each byte, −1 where it has none; the other case of a letter counts as well. */
export function numeralTable(alphabet: Uint8Array): Int8Array {
  const table = new Int8Array(256).fill(-1)
  alphabet.forEach((byte, numeral) => {
    if (byte >= 65) table[byte ^ 0x20] = numeral
    table[byte] = numeral
  })
  return table
}
