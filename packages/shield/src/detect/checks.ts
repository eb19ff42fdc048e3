/**
 * Check digits, over compact forms (ASCII digits and upper-case letters). `a` is the place of the first byte.
 */

/** The digit at `at`; more than 9 or less than 0 where there is something else. */
export function value(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) - 48
}

/** Whether [a, a + n) are digits. */
export function digits(bytes: Uint8Array, a: number, n: number): boolean {
  for (let i = a; i < a + n; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 48 || byte > 57) return false
  }
  return true
}

/** Whether [a, a + n) are upper-case letters. */
export function letters(bytes: Uint8Array, a: number, n: number): boolean {
  for (let i = a; i < a + n; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 65 || byte > 90) return false
  }
  return true
}

/** The number that the n digits at `a` are (n ≤ 15). */
export function number(bytes: Uint8Array, a: number, n: number): number {
  let sum = 0
  for (let i = a; i < a + n; i++) sum = sum * 10 + value(bytes, i)
  return sum
}

/** Whether all of [a, a + n) are the same byte: 000000000 passes most checks and is nobody. */
export function same(bytes: Uint8Array, a: number, n: number): boolean {
  for (let i = a + 1; i < a + n; i++) if (bytes[i] !== bytes[a]) return false
  return true
}

/** Luhn, ISO/IEC 7812-1: whether the n digits are right. */
export function luhn(bytes: Uint8Array, a: number, n: number): boolean {
  let sum = 0
  for (let i = 0; i < n; i++) {
    const d = value(bytes, a + n - 1 - i)
    sum += (i & 1) === 0 ? d : d > 4 ? d * 2 - 9 : d * 2
  }
  return sum % 10 === 0
}

/** Σ weight × digit. */
export function weighted(bytes: Uint8Array, a: number, weights: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * value(bytes, a + i)
  return sum
}

/** Remainder by 97 of n characters, letters as 10–35 (ISO/IEC 7064 MOD 97-10), continuing from `rest`. */
export function mod97(bytes: Uint8Array, a: number, n: number, rest = 0): number {
  let left = rest
  for (let i = a; i < a + n; i++) {
    const byte = bytes[i] ?? 0
    left = byte < 58 ? (left * 10 + byte - 48) % 97 : (left * 100 + byte - 55) % 97
  }
  return left
}

/** ISO/IEC 7064 MOD 11,10: whether the n digits, the last of them the check digit, are right. */
export function mod1110(bytes: Uint8Array, a: number, n: number): boolean {
  let product = 10
  for (let i = a; i < a + n - 1; i++) {
    const sum = (value(bytes, i) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (product + value(bytes, a + n - 1)) % 10 === 1
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether there is such a day in some year. */
export function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= (monthDays[month - 1] ?? 0)
}

/** Whether there is such a day in that year. */
export function isDate(year: number, month: number, day: number): boolean {
  if (!isDay(month, day)) return false
  return month !== 2 || day !== 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/** Verhoeff, dihedral group of ten: whether the n digits, the last of them the check digit, are right. */
export function verhoeff(bytes: Uint8Array, a: number, n: number): boolean {
  let check = 0
  for (let i = 0; i < n; i++) {
    const permuted = permutation[(i % 8) * 10 + value(bytes, a + n - 1 - i)] ?? 0
    check = dihedral(check, permuted)
  }
  return check === 0
}

function dihedral(x: number, y: number): number {
  if (x < 5) return y < 5 ? (x + y) % 5 : ((x + y) % 5) + 5
  return y < 5 ? ((x - y) % 5) + 5 : (x - y + 5) % 5
}

const permutation = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
].flat()
