/**
 * SHA-256 (FIPS 180-4) of four messages at once: lane i of every vector belongs to message i.
 *
 * The sixteen rounds are written out because the eight variables change their roles from round to round; a loop would have to
 * move them. The schedule lies in memory: sixteen more vectors than the machine has registers.
 */

/** Round constants, each four times. */
const CONSTANTS: usize = memory.data<u32>([
  0x428a2f98, 0x428a2f98, 0x428a2f98, 0x428a2f98, 0x71374491, 0x71374491, 0x71374491, 0x71374491,
  0xb5c0fbcf, 0xb5c0fbcf, 0xb5c0fbcf, 0xb5c0fbcf, 0xe9b5dba5, 0xe9b5dba5, 0xe9b5dba5, 0xe9b5dba5,
  0x3956c25b, 0x3956c25b, 0x3956c25b, 0x3956c25b, 0x59f111f1, 0x59f111f1, 0x59f111f1, 0x59f111f1,
  0x923f82a4, 0x923f82a4, 0x923f82a4, 0x923f82a4, 0xab1c5ed5, 0xab1c5ed5, 0xab1c5ed5, 0xab1c5ed5,
  0xd807aa98, 0xd807aa98, 0xd807aa98, 0xd807aa98, 0x12835b01, 0x12835b01, 0x12835b01, 0x12835b01,
  0x243185be, 0x243185be, 0x243185be, 0x243185be, 0x550c7dc3, 0x550c7dc3, 0x550c7dc3, 0x550c7dc3,
  0x72be5d74, 0x72be5d74, 0x72be5d74, 0x72be5d74, 0x80deb1fe, 0x80deb1fe, 0x80deb1fe, 0x80deb1fe,
  0x9bdc06a7, 0x9bdc06a7, 0x9bdc06a7, 0x9bdc06a7, 0xc19bf174, 0xc19bf174, 0xc19bf174, 0xc19bf174,
  0xe49b69c1, 0xe49b69c1, 0xe49b69c1, 0xe49b69c1, 0xefbe4786, 0xefbe4786, 0xefbe4786, 0xefbe4786,
  0x0fc19dc6, 0x0fc19dc6, 0x0fc19dc6, 0x0fc19dc6, 0x240ca1cc, 0x240ca1cc, 0x240ca1cc, 0x240ca1cc,
  0x2de92c6f, 0x2de92c6f, 0x2de92c6f, 0x2de92c6f, 0x4a7484aa, 0x4a7484aa, 0x4a7484aa, 0x4a7484aa,
  0x5cb0a9dc, 0x5cb0a9dc, 0x5cb0a9dc, 0x5cb0a9dc, 0x76f988da, 0x76f988da, 0x76f988da, 0x76f988da,
  0x983e5152, 0x983e5152, 0x983e5152, 0x983e5152, 0xa831c66d, 0xa831c66d, 0xa831c66d, 0xa831c66d,
  0xb00327c8, 0xb00327c8, 0xb00327c8, 0xb00327c8, 0xbf597fc7, 0xbf597fc7, 0xbf597fc7, 0xbf597fc7,
  0xc6e00bf3, 0xc6e00bf3, 0xc6e00bf3, 0xc6e00bf3, 0xd5a79147, 0xd5a79147, 0xd5a79147, 0xd5a79147,
  0x06ca6351, 0x06ca6351, 0x06ca6351, 0x06ca6351, 0x14292967, 0x14292967, 0x14292967, 0x14292967,
  0x27b70a85, 0x27b70a85, 0x27b70a85, 0x27b70a85, 0x2e1b2138, 0x2e1b2138, 0x2e1b2138, 0x2e1b2138,
  0x4d2c6dfc, 0x4d2c6dfc, 0x4d2c6dfc, 0x4d2c6dfc, 0x53380d13, 0x53380d13, 0x53380d13, 0x53380d13,
  0x650a7354, 0x650a7354, 0x650a7354, 0x650a7354, 0x766a0abb, 0x766a0abb, 0x766a0abb, 0x766a0abb,
  0x81c2c92e, 0x81c2c92e, 0x81c2c92e, 0x81c2c92e, 0x92722c85, 0x92722c85, 0x92722c85, 0x92722c85,
  0xa2bfe8a1, 0xa2bfe8a1, 0xa2bfe8a1, 0xa2bfe8a1, 0xa81a664b, 0xa81a664b, 0xa81a664b, 0xa81a664b,
  0xc24b8b70, 0xc24b8b70, 0xc24b8b70, 0xc24b8b70, 0xc76c51a3, 0xc76c51a3, 0xc76c51a3, 0xc76c51a3,
  0xd192e819, 0xd192e819, 0xd192e819, 0xd192e819, 0xd6990624, 0xd6990624, 0xd6990624, 0xd6990624,
  0xf40e3585, 0xf40e3585, 0xf40e3585, 0xf40e3585, 0x106aa070, 0x106aa070, 0x106aa070, 0x106aa070,
  0x19a4c116, 0x19a4c116, 0x19a4c116, 0x19a4c116, 0x1e376c08, 0x1e376c08, 0x1e376c08, 0x1e376c08,
  0x2748774c, 0x2748774c, 0x2748774c, 0x2748774c, 0x34b0bcb5, 0x34b0bcb5, 0x34b0bcb5, 0x34b0bcb5,
  0x391c0cb3, 0x391c0cb3, 0x391c0cb3, 0x391c0cb3, 0x4ed8aa4a, 0x4ed8aa4a, 0x4ed8aa4a, 0x4ed8aa4a,
  0x5b9cca4f, 0x5b9cca4f, 0x5b9cca4f, 0x5b9cca4f, 0x682e6ff3, 0x682e6ff3, 0x682e6ff3, 0x682e6ff3,
  0x748f82ee, 0x748f82ee, 0x748f82ee, 0x748f82ee, 0x78a5636f, 0x78a5636f, 0x78a5636f, 0x78a5636f,
  0x84c87814, 0x84c87814, 0x84c87814, 0x84c87814, 0x8cc70208, 0x8cc70208, 0x8cc70208, 0x8cc70208,
  0x90befffa, 0x90befffa, 0x90befffa, 0x90befffa, 0xa4506ceb, 0xa4506ceb, 0xa4506ceb, 0xa4506ceb,
  0xbef9a3f7, 0xbef9a3f7, 0xbef9a3f7, 0xbef9a3f7, 0xc67178f2, 0xc67178f2, 0xc67178f2, 0xc67178f2,
])

/** The sixteen words of the block that is worked on, then of its extension. */
export const SCHEDULE: usize = memory.data(256, 16)

/** The eight words of the state. */
export const STATE: usize = memory.data(128, 16)

// @ts-ignore: decorator
@inline
function turn(x: v128, by: i32): v128 {
  return v128.or(i32x4.shr_u(x, by), i32x4.shl(x, 32 - by))
}

/** The sum that goes to d, and on to a. */
// @ts-ignore: decorator
@inline
function enter(e: v128, f: v128, g: v128, h: v128, k: v128, w: v128): v128 {
  const turned = v128.xor(v128.xor(turn(e, 6), turn(e, 11)), turn(e, 25))
  const chosen = v128.xor(v128.and(v128.xor(f, g), e), g)
  return i32x4.add(i32x4.add(i32x4.add(h, k), i32x4.add(w, chosen)), turned)
}

/** The new a. The majority of a, b, c is ((a^b) & (b^c)) ^ b, and this round's a^b is the next one's b^c. */
// @ts-ignore: decorator
@inline
function leave(a: v128, b: v128, ab: v128, bc: v128, sum: v128): v128 {
  const turned = v128.xor(v128.xor(turn(a, 2), turn(a, 13)), turn(a, 22))
  const majority = v128.xor(v128.and(ab, bc), b)
  return i32x4.add(i32x4.add(turned, majority), sum)
}

/** The word sixteen places on. */
// @ts-ignore: decorator
@inline
function extend(w: v128, w1: v128, w9: v128, w14: v128): v128 {
  const low = v128.xor(v128.xor(turn(w1, 7), turn(w1, 18)), i32x4.shr_u(w1, 3))
  const high = v128.xor(v128.xor(turn(w14, 17), turn(w14, 19)), i32x4.shr_u(w14, 10))
  return i32x4.add(i32x4.add(w, low), i32x4.add(w9, high))
}

/** Works SCHEDULE into STATE; SCHEDULE is spent afterwards. */
export function compress(): void {
  let a = v128.load(STATE, 0)
  let b = v128.load(STATE, 16)
  let c = v128.load(STATE, 32)
  let d = v128.load(STATE, 48)
  let e = v128.load(STATE, 64)
  let f = v128.load(STATE, 80)
  let g = v128.load(STATE, 96)
  let h = v128.load(STATE, 112)
  let w: v128
  let ab: v128
  let bc = v128.xor(b, c)
  let k = CONSTANTS
  const last = CONSTANTS + 768
  for (; k < last; k += 256) {
    w = v128.load(SCHEDULE, 0)
    h = enter(e, f, g, h, v128.load(k, 0), w)
    d = i32x4.add(d, h)
    ab = v128.xor(a, b)
    h = leave(a, b, ab, bc, h)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 16), v128.load(SCHEDULE, 144), v128.load(SCHEDULE, 224)), 0)
    w = v128.load(SCHEDULE, 16)
    g = enter(d, e, f, g, v128.load(k, 16), w)
    c = i32x4.add(c, g)
    ab = v128.xor(h, a)
    g = leave(h, a, ab, bc, g)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 32), v128.load(SCHEDULE, 160), v128.load(SCHEDULE, 240)), 16)
    w = v128.load(SCHEDULE, 32)
    f = enter(c, d, e, f, v128.load(k, 32), w)
    b = i32x4.add(b, f)
    ab = v128.xor(g, h)
    f = leave(g, h, ab, bc, f)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 48), v128.load(SCHEDULE, 176), v128.load(SCHEDULE, 0)), 32)
    w = v128.load(SCHEDULE, 48)
    e = enter(b, c, d, e, v128.load(k, 48), w)
    a = i32x4.add(a, e)
    ab = v128.xor(f, g)
    e = leave(f, g, ab, bc, e)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 64), v128.load(SCHEDULE, 192), v128.load(SCHEDULE, 16)), 48)
    w = v128.load(SCHEDULE, 64)
    d = enter(a, b, c, d, v128.load(k, 64), w)
    h = i32x4.add(h, d)
    ab = v128.xor(e, f)
    d = leave(e, f, ab, bc, d)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 80), v128.load(SCHEDULE, 208), v128.load(SCHEDULE, 32)), 64)
    w = v128.load(SCHEDULE, 80)
    c = enter(h, a, b, c, v128.load(k, 80), w)
    g = i32x4.add(g, c)
    ab = v128.xor(d, e)
    c = leave(d, e, ab, bc, c)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 96), v128.load(SCHEDULE, 224), v128.load(SCHEDULE, 48)), 80)
    w = v128.load(SCHEDULE, 96)
    b = enter(g, h, a, b, v128.load(k, 96), w)
    f = i32x4.add(f, b)
    ab = v128.xor(c, d)
    b = leave(c, d, ab, bc, b)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 112), v128.load(SCHEDULE, 240), v128.load(SCHEDULE, 64)), 96)
    w = v128.load(SCHEDULE, 112)
    a = enter(f, g, h, a, v128.load(k, 112), w)
    e = i32x4.add(e, a)
    ab = v128.xor(b, c)
    a = leave(b, c, ab, bc, a)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 128), v128.load(SCHEDULE, 0), v128.load(SCHEDULE, 80)), 112)
    w = v128.load(SCHEDULE, 128)
    h = enter(e, f, g, h, v128.load(k, 128), w)
    d = i32x4.add(d, h)
    ab = v128.xor(a, b)
    h = leave(a, b, ab, bc, h)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 144), v128.load(SCHEDULE, 16), v128.load(SCHEDULE, 96)), 128)
    w = v128.load(SCHEDULE, 144)
    g = enter(d, e, f, g, v128.load(k, 144), w)
    c = i32x4.add(c, g)
    ab = v128.xor(h, a)
    g = leave(h, a, ab, bc, g)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 160), v128.load(SCHEDULE, 32), v128.load(SCHEDULE, 112)), 144)
    w = v128.load(SCHEDULE, 160)
    f = enter(c, d, e, f, v128.load(k, 160), w)
    b = i32x4.add(b, f)
    ab = v128.xor(g, h)
    f = leave(g, h, ab, bc, f)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 176), v128.load(SCHEDULE, 48), v128.load(SCHEDULE, 128)), 160)
    w = v128.load(SCHEDULE, 176)
    e = enter(b, c, d, e, v128.load(k, 176), w)
    a = i32x4.add(a, e)
    ab = v128.xor(f, g)
    e = leave(f, g, ab, bc, e)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 192), v128.load(SCHEDULE, 64), v128.load(SCHEDULE, 144)), 176)
    w = v128.load(SCHEDULE, 192)
    d = enter(a, b, c, d, v128.load(k, 192), w)
    h = i32x4.add(h, d)
    ab = v128.xor(e, f)
    d = leave(e, f, ab, bc, d)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 208), v128.load(SCHEDULE, 80), v128.load(SCHEDULE, 160)), 192)
    w = v128.load(SCHEDULE, 208)
    c = enter(h, a, b, c, v128.load(k, 208), w)
    g = i32x4.add(g, c)
    ab = v128.xor(d, e)
    c = leave(d, e, ab, bc, c)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 224), v128.load(SCHEDULE, 96), v128.load(SCHEDULE, 176)), 208)
    w = v128.load(SCHEDULE, 224)
    b = enter(g, h, a, b, v128.load(k, 224), w)
    f = i32x4.add(f, b)
    ab = v128.xor(c, d)
    b = leave(c, d, ab, bc, b)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 240), v128.load(SCHEDULE, 112), v128.load(SCHEDULE, 192)), 224)
    w = v128.load(SCHEDULE, 240)
    a = enter(f, g, h, a, v128.load(k, 240), w)
    e = i32x4.add(e, a)
    ab = v128.xor(b, c)
    a = leave(b, c, ab, bc, a)
    bc = ab
    v128.store(SCHEDULE, extend(w, v128.load(SCHEDULE, 0), v128.load(SCHEDULE, 128), v128.load(SCHEDULE, 208)), 240)
  }
  w = v128.load(SCHEDULE, 0)
  h = enter(e, f, g, h, v128.load(k, 0), w)
  d = i32x4.add(d, h)
  ab = v128.xor(a, b)
  h = leave(a, b, ab, bc, h)
  bc = ab
  w = v128.load(SCHEDULE, 16)
  g = enter(d, e, f, g, v128.load(k, 16), w)
  c = i32x4.add(c, g)
  ab = v128.xor(h, a)
  g = leave(h, a, ab, bc, g)
  bc = ab
  w = v128.load(SCHEDULE, 32)
  f = enter(c, d, e, f, v128.load(k, 32), w)
  b = i32x4.add(b, f)
  ab = v128.xor(g, h)
  f = leave(g, h, ab, bc, f)
  bc = ab
  w = v128.load(SCHEDULE, 48)
  e = enter(b, c, d, e, v128.load(k, 48), w)
  a = i32x4.add(a, e)
  ab = v128.xor(f, g)
  e = leave(f, g, ab, bc, e)
  bc = ab
  w = v128.load(SCHEDULE, 64)
  d = enter(a, b, c, d, v128.load(k, 64), w)
  h = i32x4.add(h, d)
  ab = v128.xor(e, f)
  d = leave(e, f, ab, bc, d)
  bc = ab
  w = v128.load(SCHEDULE, 80)
  c = enter(h, a, b, c, v128.load(k, 80), w)
  g = i32x4.add(g, c)
  ab = v128.xor(d, e)
  c = leave(d, e, ab, bc, c)
  bc = ab
  w = v128.load(SCHEDULE, 96)
  b = enter(g, h, a, b, v128.load(k, 96), w)
  f = i32x4.add(f, b)
  ab = v128.xor(c, d)
  b = leave(c, d, ab, bc, b)
  bc = ab
  w = v128.load(SCHEDULE, 112)
  a = enter(f, g, h, a, v128.load(k, 112), w)
  e = i32x4.add(e, a)
  ab = v128.xor(b, c)
  a = leave(b, c, ab, bc, a)
  bc = ab
  w = v128.load(SCHEDULE, 128)
  h = enter(e, f, g, h, v128.load(k, 128), w)
  d = i32x4.add(d, h)
  ab = v128.xor(a, b)
  h = leave(a, b, ab, bc, h)
  bc = ab
  w = v128.load(SCHEDULE, 144)
  g = enter(d, e, f, g, v128.load(k, 144), w)
  c = i32x4.add(c, g)
  ab = v128.xor(h, a)
  g = leave(h, a, ab, bc, g)
  bc = ab
  w = v128.load(SCHEDULE, 160)
  f = enter(c, d, e, f, v128.load(k, 160), w)
  b = i32x4.add(b, f)
  ab = v128.xor(g, h)
  f = leave(g, h, ab, bc, f)
  bc = ab
  w = v128.load(SCHEDULE, 176)
  e = enter(b, c, d, e, v128.load(k, 176), w)
  a = i32x4.add(a, e)
  ab = v128.xor(f, g)
  e = leave(f, g, ab, bc, e)
  bc = ab
  w = v128.load(SCHEDULE, 192)
  d = enter(a, b, c, d, v128.load(k, 192), w)
  h = i32x4.add(h, d)
  ab = v128.xor(e, f)
  d = leave(e, f, ab, bc, d)
  bc = ab
  w = v128.load(SCHEDULE, 208)
  c = enter(h, a, b, c, v128.load(k, 208), w)
  g = i32x4.add(g, c)
  ab = v128.xor(d, e)
  c = leave(d, e, ab, bc, c)
  bc = ab
  w = v128.load(SCHEDULE, 224)
  b = enter(g, h, a, b, v128.load(k, 224), w)
  f = i32x4.add(f, b)
  ab = v128.xor(c, d)
  b = leave(c, d, ab, bc, b)
  bc = ab
  w = v128.load(SCHEDULE, 240)
  a = enter(f, g, h, a, v128.load(k, 240), w)
  e = i32x4.add(e, a)
  ab = v128.xor(b, c)
  a = leave(b, c, ab, bc, a)
  bc = ab
  v128.store(STATE, i32x4.add(a, v128.load(STATE, 0)), 0)
  v128.store(STATE, i32x4.add(b, v128.load(STATE, 16)), 16)
  v128.store(STATE, i32x4.add(c, v128.load(STATE, 32)), 32)
  v128.store(STATE, i32x4.add(d, v128.load(STATE, 48)), 48)
  v128.store(STATE, i32x4.add(e, v128.load(STATE, 64)), 64)
  v128.store(STATE, i32x4.add(f, v128.load(STATE, 80)), 80)
  v128.store(STATE, i32x4.add(g, v128.load(STATE, 96)), 96)
  v128.store(STATE, i32x4.add(h, v128.load(STATE, 112)), 112)
}
