/**
 * Codes of 16 bytes as base32 in lower case (RFC 4648, section 6), 26 characters each. A character is five bits that lie in two neighbouring
 * bytes: these are brought together in a lane, multiplied so that the five are its highest, and shifted down.
 */
import { CODES } from './hmac'

/** 32 bytes per code; what lies behind the 26 characters does not matter. */
const TEXTS: usize = memory.data(32768, 16)

export function base32Texts(): usize {
  return TEXTS
}

/** 0 to 25 are letters, 26 to 31 the digits from 2 on. */
// @ts-ignore: decorator
@inline
function letters(values: v128): v128 {
  const digits = v128.and(i8x16.gt_s(values, i8x16.splat(25)), i8x16.splat(73))
  return i8x16.sub(i8x16.add(values, i8x16.splat(97)), digits)
}

/** Eight characters of the five bytes that `pairs` brings together. */
// @ts-ignore: decorator
@inline
function eight(code: v128, pairs: v128): v128 {
  return i16x8.shr_u(i16x8.mul(i8x16.swizzle(code, pairs), i16x8(1, 32, 4, 128, 16, 2, 64, 8)), 11)
}

/** Writes the first `count` codes. */
export function base32(count: i32): void {
  // The second byte of a pair is the higher one of its lane; 16 and more are zero.
  const first = i8x16(1, 0, 1, 0, 2, 1, 2, 1, 3, 2, 4, 3, 4, 3, 5, 4)
  const five = i8x16.splat(5)
  const second = i8x16.add(first, five)
  const third = i8x16.add(second, five)
  const fourth = i8x16.add(third, five)
  for (let i: i32 = 0; i < count; i += 1) {
    const code = v128.load(CODES + ((<usize>i) << 4))
    const to = TEXTS + ((<usize>i) << 5)
    v128.store(to, letters(i8x16.narrow_i16x8_u(eight(code, first), eight(code, second))))
    v128.store(to, letters(i8x16.narrow_i16x8_u(eight(code, third), eight(code, fourth))), 16)
  }
}
