/** Two independent 32-bit hashes of a value at once (murmur3 finalised, two seeds): for counting, not for secrets. */
export class Hasher {
  one = 0
  two = 0

  begin(): void {
    this.one = 0x9747b28c
    this.two = 0x3c6ef372
  }

  /** Takes in bytes [start, end), and that they end here. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let { one, two } = this
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      one = Math.imul(one ^ byte, 0x01000193)
      two = Math.imul(two ^ byte, 0x5bd1e995)
      two ^= two >>> 15
    }
    this.one = Math.imul(one ^ 0x1f, 0x85ebca6b)
    this.two = Math.imul(two ^ 0x1f, 0xc2b2ae35)
  }

  finish(): void {
    this.one = mixed(this.one)
    this.two = mixed(this.two ^ this.one)
  }
}

function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16)
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  value = Math.imul(value, 0xc2b2ae35)
  return value ^ (value >>> 16)
}
