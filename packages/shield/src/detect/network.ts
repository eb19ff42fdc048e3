/**
 * Addresses of machines: IPv4, IPv6, MAC.
 */
import { alnum, ascii, classOf, flags, flagsBut, isDigit, skip } from './bytes.ts'
import type { StructureDetector } from './detector.ts'

const digitFlags = flags('0123456789')
const hexDigits = ascii('0123456789abcdef')
const hexValue = new Int8Array(256).fill(-1)
for (const [i, byte] of hexDigits.entries()) {
  hexValue[byte] = i
  if (byte > 57) hexValue[byte - 32] = i
}

/** The end of four numbers up to 255 with dots at `at`; `at` where there are none. No leading zeros. */
function ipv4End(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  for (let part = 0; part < 4; part++) {
    if (part > 0) {
      if (place >= end || bytes[place] !== 46) return at
      place++
    }
    const first = place
    let sum = 0
    while (place < end && place - first < 4 && isDigit(bytes[place] ?? 0)) {
      sum = sum * 10 + (bytes[place] ?? 0) - 48
      place++
    }
    const length = place - first
    if (length === 0 || sum > 255 || (length > 1 && bytes[first] === 48)) return at
  }
  return place
}

/** Whether a name or number goes on at `at`: a letter, a digit, or a dot or dash with a digit behind it. */
function goesOn(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return false
  const byte = bytes[at] ?? 0
  if (((classOf[byte] ?? 0) & alnum) !== 0 || byte === 95) return true
  return (byte === 46 || byte === 45) && at + 1 < end && ((classOf[bytes[at + 1] ?? 0] ?? 0) & alnum) !== 0
}

/** Whether something before `at` belongs to the same number or name: `v1.2.3.4`, `Chrome/1.2.3.4`, `1.1.2.3.4`. */
function beginsInside(bytes: Uint8Array, at: number, start: number): boolean {
  if (at <= start) return false
  const byte = bytes[at - 1] ?? 0
  if (((classOf[byte] ?? 0) & alnum) !== 0 || byte === 46 || byte === 95) return true
  return byte === 45 && at - 2 >= start && isDigit(bytes[at - 2] ?? 0)
}

const versionWords = [
  'version',
  'ver',
  'release',
  'build',
  'v',
  'chapter',
  'section',
  'kapitel',
  'abschnitt',
  'ziffer',
].map(ascii)

/** Whether the word before `at` says that a version follows, or a product with a slash (`Chrome/120.0.0.0`). */
function isVersion(bytes: Uint8Array, at: number, start: number): boolean {
  let place = at
  if (place > start && bytes[place - 1] === 47) {
    return (
      place - 2 >= start &&
      ((classOf[bytes[place - 2] ?? 0] ?? 0) & alnum) !== 0 &&
      !isDigit(bytes[place - 2] ?? 0) &&
      !isPath(bytes, place - 2, start)
    )
  }
  for (let i = 0; i < 2 && place > start; i++) {
    const byte = bytes[place - 1] ?? 0
    if (byte === 32 || byte === 58 || byte === 61 || byte === 34) place--
  }
  for (const text of versionWords) if (endsWithWord(bytes, place, start, text)) return true
  return false
}

/** Whether the word that ends at `at` follows a slash itself: `/hosts/192.0.2.7` is an address, `Chrome/1.2.3.4` a version. */
function isPath(bytes: Uint8Array, at: number, start: number): boolean {
  let place = at
  const limit = Math.max(start, at - 32)
  while (place >= limit && ((classOf[bytes[place] ?? 0] ?? 0) & alnum) !== 0) place--
  return place >= start && bytes[place] === 47
}

function endsWithWord(bytes: Uint8Array, at: number, start: number, text: Uint8Array): boolean {
  const from = at - text.length
  if (from < start) return false
  for (let i = 0; i < text.length; i++) if (((bytes[from + i] ?? 0) | 32) !== text[i]) return false
  return from === start || ((classOf[bytes[from - 1] ?? 0] ?? 0) & alnum) === 0
}

const ipv4: StructureDetector = {
  family: 'structure',
  id: 'ipv4',
  title: { en: 'IPv4 address', de: 'IPv4-Adresse' },
  basis: 'RFC 791; recital 30 GDPR, CJEU C-582/14 (Breyer)',
  source: 'https://www.rfc-editor.org/rfc/rfc6943#section-3.1.1',
  layout: {
    en: 'Four numbers up to 255 with dots, without leading zeros.',
    de: 'Vier Zahlen bis 255 mit Punkten, ohne führende Nullen.',
  },
  example: '192.0.2.44',
  accuracy: {
    en: 'A version of four numbers up to 255 is told apart by the word or product before it only.',
    de: 'Eine Version aus vier Zahlen bis 255 wird nur am Wort oder Produkt davor erkannt.',
  },
  chance: 1,
  anchors: digitFlags,
  first: { runs: [1, 3], next: flags('.'), before: flagsBut('._') },
  is: (bytes, start, end) => end > start && ipv4End(bytes, start, end) === end,
  find(bytes, at, start, end, found) {
    const to = ipv4End(bytes, at, end)
    if (to === at || goesOn(bytes, to, end) || beginsInside(bytes, at, start) || isVersion(bytes, at, start))
      return false
    found.start = at
    found.end = to
    return true
  },
  canonical: copy,
}

/** The eight groups of the address read last. */
const groups = new Uint16Array(8)

/** Reads an IPv6 address (RFC 4291 §2.2) into `groups`; returns its end, `at` where there is none. */
function ipv6End(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  let count = 0
  let gap = -1
  if (place + 1 < end && bytes[place] === 58) {
    if (bytes[place + 1] !== 58) return at
    gap = 0
    place += 2
  }
  let whole = place
  while (count < 8 && place < end) {
    const first = place
    let sum = 0
    while (place < end && place - first < 5 && (hexValue[bytes[place] ?? 0] ?? -1) >= 0) {
      sum = sum * 16 + (hexValue[bytes[place] ?? 0] ?? 0)
      place++
    }
    if (place === first) break
    if (place < end && bytes[place] === 46 && count <= 6) {
      const last = ipv4End(bytes, first, end)
      if (last === first) return at
      readIpv4(bytes, first, last, count)
      count += 2
      whole = last
      break
    }
    if (place - first > 4) return at
    groups[count] = sum
    count++
    whole = place
    if (place + 1 >= end || bytes[place] !== 58) break
    if (bytes[place + 1] === 58) {
      if (gap >= 0) return at
      gap = count
      place += 2
      whole = place
    } else place++
  }
  if (gap < 0 ? count !== 8 : count > 7) return at
  if (gap >= 0) spread(count, gap)
  return whole
}

function readIpv4(bytes: Uint8Array, first: number, last: number, at: number): void {
  let place = first
  for (let i = 0; i < 4; i++) {
    let sum = 0
    for (; place < last && bytes[place] !== 46; place++) sum = sum * 10 + (bytes[place] ?? 0) - 48
    place++
    const group = at + (i >> 1)
    groups[group] = (i & 1) === 0 ? sum << 8 : (groups[group] ?? 0) | sum
  }
}

/** Fills the zeros that `::` stands for. */
function spread(count: number, gap: number): void {
  for (let i = count - 1; i >= gap; i--) groups[8 - count + i] = groups[i] ?? 0
  for (let i = gap; i < 8 - count + gap; i++) groups[i] = 0
}

/** The end of `%eth0` at `at`. */
function zoneEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end || bytes[at] !== 37) return at
  const to = skip(bytes, at + 1, Math.min(end, at + 17), alnum)
  return to > at + 1 ? to : at
}

/** Walks back over what an IPv6 address is written with. */
function ipv6Start(bytes: Uint8Array, at: number, start: number): number {
  const limit = Math.max(start, at - 40)
  let from = at
  while (from > limit && ((hexValue[bytes[from - 1] ?? 0] ?? -1) >= 0 || bytes[from - 1] === 58)) from--
  return from
}

/** A quick look at both sides of a colon. */
function mayBeIpv6(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const behind = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
  if (behind !== 58 && (hexValue[behind] ?? -1) < 0) return false
  const before = at > start ? (bytes[at - 1] ?? 0) : 58
  return behind === 58 || before === 58 || (hexValue[before] ?? -1) >= 0
}

const ipv6: StructureDetector = {
  family: 'structure',
  id: 'ipv6',
  title: { en: 'IPv6 address', de: 'IPv6-Adresse' },
  basis: 'RFC 4291; recital 30 GDPR',
  source: 'https://www.rfc-editor.org/rfc/rfc4291#section-2.2',
  layout: {
    en: 'Eight groups of up to four hexadecimal digits with colons, `::` for zeros, the last two perhaps as IPv4, perhaps a zone.',
    de: 'Acht Gruppen aus bis zu vier Hexadezimalziffern mit Doppelpunkten, `::` für Nullen, die letzten zwei auch als IPv4, auch mit Zone.',
  },
  example: '2001:db8::8a2e:370:7334',
  accuracy: {
    en: 'Times and ratios are too short; `std::cafe` and `::` alone are not taken.',
    de: 'Uhrzeiten und Verhältnisse sind zu kurz; `std::cafe` und `::` allein werden nicht genommen.',
  },
  chance: 1,
  anchors: flags(':'),
  is(bytes, start, end) {
    if (end - start < 2 || end - start > 64) return false
    const to = ipv6End(bytes, start, end)
    return to > start && zoneEnd(bytes, to, end) === end
  },
  find(bytes, at, start, end, found) {
    if (!mayBeIpv6(bytes, at, start, end)) return false
    const from = ipv6Start(bytes, at, start)
    if (from > start && ((classOf[bytes[from - 1] ?? 0] ?? 0) & alnum) !== 0) return false
    const to = ipv6End(bytes, from, end)
    if (to <= at || to - from < 4 || colons(bytes, from, to) < 2) return false
    const last = zoneEnd(bytes, to, end)
    if (last < end && (((classOf[bytes[last] ?? 0] ?? 0) & alnum) !== 0 || bytes[last] === 58)) return false
    if (!hasDigit(bytes, from, to)) return false
    found.start = from
    found.end = last
    return true
  },
  /** As in RFC 5952; a zone falls away. */
  canonical(bytes, start, end, out, at) {
    return ipv6End(bytes, start, end) === start ? copy(bytes, start, end, out, at) : writeGroups(out, at)
  },
}

function copy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  out.set(bytes.subarray(start, end), at)
  return end - start
}

/** The groups after RFC 5952 §4: no leading zeros, the longest run of zeros as `::`. */
function writeGroups(out: Uint8Array, at: number): number {
  const [from, length] = longestZeros()
  let place = at
  for (let i = 0; i < 8; i++) {
    if (length > 1 && i === from) {
      out[place] = 58
      place++
      if (i === 0) {
        out[place] = 58
        place++
      }
      i += length - 1
      continue
    }
    place = writeGroup(groups[i] ?? 0, out, place)
    if (i < 7) {
      out[place] = 58
      place++
    }
  }
  return place - at
}

function writeGroup(group: number, out: Uint8Array, at: number): number {
  let place = at
  for (let shift = 12; shift >= 0; shift -= 4) {
    const nibble = (group >> shift) & 15
    if (place === at && nibble === 0 && shift > 0) continue
    out[place] = hexDigits[nibble] ?? 0
    place++
  }
  return place
}

function longestZeros(): [from: number, length: number] {
  let best: [number, number] = [0, 0]
  let from = 0
  for (let i = 0; i <= 8; i++) {
    if (i < 8 && groups[i] === 0) continue
    if (i - from > best[1]) best = [from, i - from]
    from = i + 1
  }
  return best
}

function colons(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (bytes[i] === 58) count++
  return count
}

function hasDigit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isDigit(bytes[i] ?? 0)) return true
  return false
}

/** The end of six pairs with the separator `mark`, or three groups of four with dots. */
function macEnd(bytes: Uint8Array, at: number, end: number): number {
  const mark = at + 2 < end ? (bytes[at + 2] ?? 0) : 0
  if (mark === 58 || mark === 45) return groupsEnd(bytes, at, end, mark, 2, 6)
  return at + 4 < end && bytes[at + 4] === 46 ? groupsEnd(bytes, at, end, 46, 4, 3) : at
}

function groupsEnd(bytes: Uint8Array, at: number, end: number, mark: number, size: number, count: number): number {
  const length = (size + 1) * count - 1
  if (at + length > end) return at
  for (let i = 0; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    if (i % (size + 1) === size ? byte !== mark : (hexValue[byte] ?? -1) < 0) return at
  }
  return at + length
}

const macMarks = flags(':-.')

const mac: StructureDetector = {
  family: 'structure',
  id: 'mac',
  title: { en: 'Hardware address (MAC)', de: 'Hardware-Adresse (MAC)' },
  basis: 'IEEE 802-2014 §8; recital 30 GDPR',
  source: 'https://standards.ieee.org/products-programs/regauth/mac/',
  layout: {
    en: 'Six pairs of hexadecimal digits with colons or hyphens, or three groups of four with dots.',
    de: 'Sechs Paare von Hexadezimalziffern mit Doppelpunkten oder Bindestrichen oder drei Vierergruppen mit Punkten.',
  },
  example: '00:00:5e:00:53:af',
  accuracy: {
    en: 'Written without separators it is not told apart from other hexadecimal numbers.',
    de: 'Ohne Trennzeichen ist sie von anderen Hexadezimalzahlen nicht zu unterscheiden.',
  },
  chance: 1,
  anchors: flags(':-.'),
  is: (bytes, start, end) => end - start >= 14 && macEnd(bytes, start, end) === end,
  find(bytes, at, start, end, found) {
    if (bytes[at + (bytes[at] === 46 ? 5 : 3)] !== bytes[at]) return false
    for (let from = at - 2; from >= at - 4; from -= 2) {
      if (from < start || (hexValue[bytes[from] ?? 0] ?? -1) < 0) continue
      const to = macEnd(bytes, from, end)
      if (to === from) continue
      if (
        from > start &&
        (macMarks[bytes[from - 1] ?? 0] === 1 || ((classOf[bytes[from - 1] ?? 0] ?? 0) & alnum) !== 0)
      )
        continue
      if (to < end && (bytes[to] === bytes[at] || ((classOf[bytes[to] ?? 0] ?? 0) & alnum) !== 0)) continue
      if (!hasDigit(bytes, from, to) && bytes[at] !== 58) continue
      found.start = from
      found.end = to
      return true
    }
    return false
  },
  canonical(bytes, start, end, out, at) {
    let length = 0
    for (let i = start; i < end; i++) {
      const nibble = hexValue[bytes[i] ?? 0] ?? -1
      if (nibble < 0) continue
      out[at + length] = hexDigits[nibble] ?? 0
      length++
    }
    return length
  },
}

export const network = [ipv4, ipv6, mac]
