import { BlockList, isIPv6 } from 'node:net'

const special = new BlockList()
const v4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
]
for (const [net, prefix] of v4) special.addSubnet(net, prefix, 'ipv4')
// Of IPv6 only what is given out to the public (2000::/3), without the tunnels that lead back to any address of IPv4.
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')
const tunnels = new BlockList()
tunnels.addSubnet('2001::', 32, 'ipv6')
tunnels.addSubnet('2002::', 16, 'ipv6')

/**
 * Whether an address is one of the public internet. A bundle names whom to look at, so whoever made it must not reach
 * the verifier's own machine or network by it.
 *
 * @source RFC 6890 (special-purpose addresses), RFC 4291 §2.5
 */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !special.check(address, 'ipv4')
  return global.check(address, 'ipv6') && !tunnels.check(address, 'ipv6')
}
