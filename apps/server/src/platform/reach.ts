import { BlockList, isIPv6 } from 'node:net'

const local = new BlockList()
local.addSubnet('0.0.0.0', 8, 'ipv4')
local.addSubnet('127.0.0.0', 8, 'ipv4')
local.addSubnet('169.254.0.0', 16, 'ipv4')
// Metadata services of clouds that lie outside of the link: Azure, Alibaba, Oracle; by IPv6 AWS and Google.
const metadata = ['168.63.129.16', '100.100.100.200', '192.0.0.192']
for (const address of metadata) local.addAddress(address, 'ipv4')
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) local.addAddress(address, 'ipv6')
local.addAddress('::', 'ipv6')
local.addAddress('::1', 'ipv6')
local.addSubnet('fe80::', 10, 'ipv6')
// Addresses of IPv4 in the clothes of IPv6: mapped, and translated by NAT64.
for (const prefix of ['::ffff:', '64:ff9b::']) {
  local.addSubnet(`${prefix}0.0.0.0`, 104, 'ipv6')
  local.addSubnet(`${prefix}127.0.0.0`, 104, 'ipv6')
  local.addSubnet(`${prefix}169.254.0.0`, 112, 'ipv6')
  for (const address of metadata) local.addAddress(`${prefix}${address}`, 'ipv6')
}

/**
 * Whether an address is of this machine itself or of its link: loopback, unspecified, link-local, and with it the
 * metadata services of clouds. A tenant must not look at these through art32 (server-side request forgery).
 *
 * @source the vendors' pages on instance metadata;
 *   RFC 1122 §3.2.1.3, RFC 3927, RFC 4291 §2.5, RFC 6052; OWASP ASVS 5.0 1.3.6
 */
export function isLocalAddress(address: string): boolean {
  return local.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
