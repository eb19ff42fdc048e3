/**
 * The network of a peer, as far as one household or machine has it to itself: of IPv6 the first 64 bits, since its holder
 * changes the rest at will (RFC 6177, CVE-2026-45364); an IPv4 address whole, also where it is written as IPv6.
 *
 * @param peer the address a request comes from
 */
export function networkOf(peer: string): string {
  const address = peer.split('%')[0] ?? ''
  if (!address.includes(':')) return address
  const parsed = URL.parse(`http://[${address}]/`)
  if (!parsed) return address
  const [head = '', tail] = parsed.hostname.slice(1, -1).split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const all = [...before, ...gap, ...after]
  const isMapped = all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff'
  if (isMapped) return all.slice(6).map(dotted).join('.')
  return `${all.slice(0, 4).join(':')}::/64`
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':')
}

/** Two bytes as in 127.0. */
function dotted(group: string): string {
  const value = Number.parseInt(group, 16)
  return `${value >> 8}.${value & 0xff}`
}
