import { BlockList, isIP } from 'node:net'

/** The proxies that may say on whose behalf they ask. */
export interface TrustedProxies {
  has(address: string): boolean
}

/** @param entries addresses and CIDR ranges that the configuration has validated */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') }
}

/**
 * From where a request really comes: the socket's own end, or, where that is a trusted proxy, the rightmost forwarded
 * address that is none. Whatever stands further left was written by the client and is worth nothing.
 *
 * Sources: RFC 7239; OWASP ASVS 5.0 4.1.3. A proxy that sets one of the two headers leaves the client's other one as it
 * is: where they disagree, neither is believed.
 */
export function clientAddress(socket: string, headers: Headers, trusted: TrustedProxies): string {
  const own = plainAddress(socket)
  if (!trusted.has(own)) return own
  const lists = [
    headers.get('x-forwarded-for')?.split(','),
    headers
      .get('forwarded')
      ?.split(',')
      .map((element) => /(?:^|;)\s*for\s*=\s*([^;]*)/i.exec(element)?.[1] ?? ''),
  ]
  const said = new Set(lists.flatMap((list) => (list ? [rightmost(list, own, trusted)] : [])))
  return said.size === 1 ? ([...said][0] ?? own) : own
}

/** The last hop that is no trusted proxy; what is no address ends the chain at the hop that named it. */
function rightmost(list: readonly string[], own: string, trusted: TrustedProxies): string {
  let hop = own
  for (const entry of list.toReversed()) {
    const address = plainAddress(entry)
    if (isIP(address) === 0) return hop
    hop = address
    if (!trusted.has(address)) return address
  }
  return hop
}

/** `"[2001:db8::1]:4711"`, `192.0.2.1:80`, `::ffff:192.0.2.1` and the like as the bare address. */
export function plainAddress(text: string): string {
  const bare = text.trim().replace(/^"|"$/g, '')
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(bare)?.[1]
  const address = bracketed ?? (/^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? (bare.split(':')[0] ?? '') : bare)
  return mapped(address.replace(/%.*$/, '').toLowerCase())
}

function mapped(address: string): string {
  if (isIP(address) !== 6) return address
  const [high, low] = groups(address).slice(6)
  if (
    !groups(address)
      .slice(0, 6)
      .every((group, i) => group === (i === 5 ? 0xffff : 0))
  )
    return address
  return [high, low].flatMap((group = 0) => [group >> 8, group & 255]).join('.')
}

/** The eight groups of an IPv6 address. */
function groups(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const [, start = '', ...bytes] = dotted ?? []
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
  const text = dotted ? `${start}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : address
  const [left = [], right] = text.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const parsed = (half: string[]) => half.map((group) => parseInt(group, 16))
  if (right === undefined) return parsed(left)
  return [...parsed(left), ...Array<number>(8 - left.length - right.length).fill(0), ...parsed(right)]
}

/** Whom to count together: an address, or of IPv6 the /64 that one subscriber has. */
export function groupOf(address: string): string {
  if (isIP(address) !== 6) return address
  return groups(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')
}

const machine = trustedProxies(['127.0.0.0/8', '::1'])
// RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291.
const inside = trustedProxies([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
])

/** Of what network an address is, as coarse as art32 keeps it: no connection can be named by it. Null for what is none. */
export function placeOf(address: string): string | null {
  if (isIP(address) === 0) return null
  if (machine.has(address)) return 'this-machine'
  if (inside.has(address)) return 'private'
  if (isIP(address) === 4) return `${address.split('.').slice(0, 2).join('.')}.x.x`
  const [first = 0, second = 0] = groups(address)
  return `${first.toString(16)}:${second.toString(16)}::/32`
}
