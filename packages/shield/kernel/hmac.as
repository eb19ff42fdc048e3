/**
 * HMAC-SHA256 (RFC 2104) cut to 128 bits, of many short messages under one key. What the key alone decides, the state after
 * its first block inside and outside, is given; two blocks are left for each message of up to 55 bytes.
 */
import { compress, SCHEDULE, STATE } from './sha256'

/** Messages in one batch; a multiple of four. */
export const CAPACITY: i32 = 1024

/** The eight words inside, then the eight outside. */
const KEY: usize = memory.data(64, 16)
/** 64 bytes per message; what lies behind its end does not matter. */
const MESSAGES: usize = memory.data(65536, 16)
/** A byte per message: 0 to 55. */
const LENGTHS: usize = memory.data(1024, 16)
/** 16 bytes per message. */
export const CODES: usize = memory.data(16384, 16)

export function hmacCapacity(): i32 {
  return CAPACITY
}
export function hmacKey(): usize {
  return KEY
}
export function hmacMessages(): usize {
  return MESSAGES
}
export function hmacLengths(): usize {
  return LENGTHS
}
export function hmacCodes(): usize {
  return CODES
}

// @ts-ignore: decorator
@inline
function bigEndian(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

/** Sixteen bytes of a message from `from` on, ended by a one bit and zeros (FIPS 180-4, 5.1.1), as four words. */
// @ts-ignore: decorator
@inline
function padded(message: usize, length: v128, from: u8): v128 {
  const places = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>from))
  const kept = v128.and(v128.load(message + from), i8x16.lt_u(places, length))
  const mark = v128.and(i8x16.eq(places, length), i8x16.splat(<i8>0x80))
  return bigEndian(v128.or(kept, mark))
}

/** Four rows of four words become four columns, stored as consecutive vectors. */
// @ts-ignore: decorator
@inline
function transpose(to: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<u32>(r0, r1, 0, 4, 1, 5)
  const high01 = v128.shuffle<u32>(r0, r1, 2, 6, 3, 7)
  const low23 = v128.shuffle<u32>(r2, r3, 0, 4, 1, 5)
  const high23 = v128.shuffle<u32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<u64>(low01, low23, 0, 2), 0)
  v128.store(to, v128.shuffle<u64>(low01, low23, 1, 3), 16)
  v128.store(to, v128.shuffle<u64>(high01, high23, 0, 2), 32)
  v128.store(to, v128.shuffle<u64>(high01, high23, 1, 3), 48)
}

function start(state: usize): void {
  for (let i: usize = 0; i < 8; i++) v128.store(STATE + (i << 4), v128.load32_splat(state + (i << 2)))
}

function schedule(message: usize, lengths: usize): void {
  const l0 = <i32>load<u8>(lengths, 0)
  const l1 = <i32>load<u8>(lengths, 1)
  const l2 = <i32>load<u8>(lengths, 2)
  const l3 = <i32>load<u8>(lengths, 3)
  const s0 = i8x16.splat(<i8>l0)
  const s1 = i8x16.splat(<i8>l1)
  const s2 = i8x16.splat(<i8>l2)
  const s3 = i8x16.splat(<i8>l3)
  for (let from: i32 = 0; from < 64; from += 16) {
    transpose(
      SCHEDULE + (from << 2),
      padded(message, s0, <u8>from),
      padded(message + 64, s1, <u8>from),
      padded(message + 128, s2, <u8>from),
      padded(message + 192, s3, <u8>from),
    )
  }
  // The length counts the key's block as well: 64 bytes.
  let bits = i32x4.splat(l0)
  bits = i32x4.replace_lane(bits, 1, l1)
  bits = i32x4.replace_lane(bits, 2, l2)
  bits = i32x4.replace_lane(bits, 3, l3)
  v128.store(SCHEDULE, i32x4.shl(i32x4.add(bits, i32x4.splat(64)), 3), 240)
}

/** The digest inside is the message outside: eight words, the end mark, the length of 96 bytes in bits. */
function scheduleOutside(): void {
  for (let i: usize = 0; i < 128; i += 16) v128.store(SCHEDULE + i, v128.load(STATE + i))
  v128.store(SCHEDULE, i32x4.splat(0x80000000), 128)
  for (let i: usize = 144; i < 240; i += 16) v128.store(SCHEDULE + i, i32x4.splat(0))
  v128.store(SCHEDULE, i32x4.splat(768), 240)
}

/** Makes the codes of the first `count` messages. */
export function hmac(count: i32): void {
  for (let i: usize = 0; i < <usize>count; i += 4) {
    start(KEY)
    schedule(MESSAGES + (i << 6), LENGTHS + i)
    compress()
    scheduleOutside()
    start(KEY + 32)
    compress()
    transpose(
      CODES + (i << 4),
      bigEndian(v128.load(STATE, 0)),
      bigEndian(v128.load(STATE, 16)),
      bigEndian(v128.load(STATE, 32)),
      bigEndian(v128.load(STATE, 48)),
    )
  }
}
