/** The one source of chance of all generated data: the same seed gives the same bytes everywhere. */
export interface Random {
  /** A whole number from 0 to below `below`. */
  next(below: number): number
  pick<T>(list: readonly T[]): T
  digits(count: number): string
}

/** sfc32 (Chris Doty-Humphrey, PractRand, public domain). */
export function makeRandom(seed: number): Random {
  let a = seed | 0
  let b = 0x9e3779b9
  let c = 0x243f6a88
  let counter = 1
  function bits(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 16; round += 1) bits()
  const next = (below: number): number => Math.floor((bits() / 4_294_967_296) * below)
  return {
    next,
    pick(list) {
      const item = list[next(list.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    digits: (count) => Array.from({ length: count }, () => String(next(10))).join(''),
  }
}
