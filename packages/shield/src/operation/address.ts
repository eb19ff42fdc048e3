import { isDigit, trimmedEnd, trimmedStart, writeInteger } from './characters.ts'
import type { Operation } from './operation.ts'

export interface NetworkOptions {
  /** Bits of an IPv4 address that stay; 24 by default. */
  readonly v4?: number
  /** Bits of an IPv6 address that stay; 48 by default. */
  readonly v6?: number
}

/**
 * IP addresses to their network: `192.0.2.77` to `192.0.2.0/24`, `2001:db8:1:2::7` to `2001:db8:1::/48`. An IPv4 address in an IPv6 one
 * (`::ffff:192.0.2.77`) is treated as what it is. What is no address becomes empty; a zone (`%eth0`) goes.
 */
export function networks(options: NetworkOptions = {}): Operation {
  const { v4 = 24, v6 = 48 } = options
  if (!Number.isInteger(v4) || v4 < 0 || v4 > 31) throw new RangeError('0 to 31 bits of an IPv4 address can stay.')
  if (!Number.isInteger(v6) || v6 < 0 || v6 > 127) throw new RangeError('0 to 127 bits of an IPv6 address can stay.')
  const groups = new Uint16Array(8)
  return {
    apply(bytes, start, end, out, at) {
      const from = trimmedStart(bytes, start, end)
      const until = zoneStart(bytes, from, trimmedEnd(bytes, from, end))
      if (readV4(bytes, from, until, groups, 0)) return writeV4(groups, 0, v4, out, at)
      if (!readV6(bytes, from, until, groups)) return 0
      return isMapped(groups) ? writeV4(groups, 6, v4, out, at) : writeV6(groups, v6, out, at)
    },
  }
}

function zoneStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (bytes[at] === 37) return at
  return end
}

/** Reads four numbers into two groups. */
function readV4(bytes: Uint8Array, start: number, end: number, groups: Uint16Array, into: number): boolean {
  if (end - start > 15) return false
  let at = start
  let address = 0
  for (let part = 0; part < 4; part += 1) {
    let number = 0
    const first = at
    for (; at < end && isDigit(bytes[at] ?? 0); at += 1) number = number * 10 + (bytes[at] ?? 0) - 48
    if (at === first || at - first > 3 || number > 255) return false
    address = address * 256 + number
    if (part < 3 && bytes[at] !== 46) return false
    if (part < 3) at += 1
  }
  groups[into] = Math.floor(address / 65_536)
  groups[into + 1] = address % 65_536
  return at === end
}

/** RFC 4291, section 2.2. */
function readV6(bytes: Uint8Array, start: number, end: number, groups: Uint16Array): boolean {
  if (end - start > 45 || end - start < 2) return false
  groups.fill(0)
  let gap = -1
  let count = 0
  let at = start
  if (bytes[at] === 58) {
    if (bytes[at + 1] !== 58) return false
    gap = 0
    at += 2
  }
  while (at < end) {
    const digits = hexadecimalDigits(bytes, at, end)
    if (bytes[at + digits] === 46 && count <= 6 && readV4(bytes, at, end, groups, count)) {
      count += 2
      at = end
      break
    }
    if (digits === 0 || digits > 4 || count === 8) return false
    groups[count] = hexadecimalNumber(bytes, at, at + digits)
    count += 1
    at += digits
    if (at === end) break
    if (bytes[at] !== 58 || at + 1 === end) return false
    at += 1
    if (bytes[at] !== 58) continue
    if (gap >= 0) return false
    gap = count
    at += 1
  }
  return spread(groups, count, gap)
}

/** Moves what stands behind `::` to the end. */
function spread(groups: Uint16Array, count: number, gap: number): boolean {
  if (gap < 0) return count === 8
  if (count === 8) return false
  groups.copyWithin(8 - (count - gap), gap, count)
  groups.fill(0, gap, 8 - (count - gap))
  return true
}

function hexadecimalDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && hexadecimalValue(bytes[at] ?? 0) >= 0) at += 1
  return at - start
}

function hexadecimalNumber(bytes: Uint8Array, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at += 1) number = number * 16 + hexadecimalValue(bytes[at] ?? 0)
  return number
}

function hexadecimalValue(byte: number): number {
  if (isDigit(byte)) return byte - 48
  const lower = byte | 0x20
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** ::ffff:0:0/96 (RFC 4291, section 2.5.5.2). */
function isMapped(groups: Uint16Array): boolean {
  for (let i = 0; i < 5; i += 1) if (groups[i] !== 0) return false
  return groups[5] === 0xffff
}

function writeV4(groups: Uint16Array, from: number, bits: number, out: Uint8Array, at: number): number {
  let to = at
  for (let part = 0; part < 4; part += 1) {
    const group = groups[from + (part >> 1)] ?? 0
    const byte = part % 2 === 0 ? group >>> 8 : group & 255
    to += writeInteger(kept(byte, 8, bits - part * 8), 1, out, to)
    out[to] = part < 3 ? 46 : 47
    to += 1
  }
  return to - at + writeInteger(bits, 1, out, to)
}

/** A part of which `bits` stay, at most all and at least none. */
function kept(part: number, width: number, bits: number): number {
  const gone = width - Math.max(0, Math.min(width, bits))
  return (part >>> gone) << gone
}

/** The groups up to the last that is not zero; `::` for the rest, which there always is unless the last bits stay. */
function writeV6(groups: Uint16Array, bits: number, out: Uint8Array, at: number): number {
  let last = 0
  for (let i = 0; i < 8; i += 1) if (kept(groups[i] ?? 0, 16, bits - i * 16) !== 0) last = i + 1
  let to = at
  for (let i = 0; i < last; i += 1) {
    if (i > 0) {
      out[to] = 58
      to += 1
    }
    to += writeHexadecimal(kept(groups[i] ?? 0, 16, bits - i * 16), out, to)
  }
  if (last < 8) {
    out[to] = 58
    out[to + 1] = 58
    to += 2
  }
  out[to] = 47
  to += 1
  return to - at + writeInteger(bits, 1, out, to)
}

function writeHexadecimal(group: number, out: Uint8Array, at: number): number {
  let to = at
  for (let shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0; shift >= 0; shift -= 4) {
    const digit = (group >>> shift) & 15
    out[to] = digit < 10 ? 48 + digit : 87 + digit
    to += 1
  }
  return to - at
}
