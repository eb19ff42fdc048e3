import { describe, expect, it } from 'vitest'
import { clientAddress, groupOf, placeOf, trustedProxies } from './peer.ts'

const trusted = trustedProxies(['10.0.0.0/8', '192.0.2.1', '2001:db8:ffff::/48'])
const from = (socket: string, headers: Record<string, string> = {}) =>
  clientAddress(socket, new Headers(headers), trusted)
const forwardedFor = (value: string) => ({ 'x-forwarded-for': value })

describe('the address of a client', () => {
  it.each([
    ['nobody is trusted to name another', '203.0.113.9', forwardedFor('198.51.100.1'), '203.0.113.9'],
    ['a trusted proxy names it', '10.0.0.1', forwardedFor('198.51.100.1'), '198.51.100.1'],
    ['the client wrote the left part', '10.0.0.1', forwardedFor('127.0.0.1, 198.51.100.1'), '198.51.100.1'],
    [
      'trusted ones stand behind',
      '10.0.0.1',
      forwardedFor('6.6.6.6, 198.51.100.1, 10.2.3.4, 192.0.2.1'),
      '198.51.100.1',
    ],
    ['all are trusted', '10.0.0.1', forwardedFor('10.0.0.3, 10.0.0.2'), '10.0.0.3'],
    ['garbage stands left of a proxy', '10.0.0.1', forwardedFor('198.51.100.1, x, 10.0.0.2'), '10.0.0.2'],
    ['there is nothing but garbage', '10.0.0.1', forwardedFor("' or 1=1"), '10.0.0.1'],
    ['it is empty', '10.0.0.1', forwardedFor(''), '10.0.0.1'],
    ['the proxy is mapped into IPv6', '::ffff:10.0.0.1', forwardedFor('198.51.100.1'), '198.51.100.1'],
    ['the client is mapped into IPv6', '10.0.0.1', forwardedFor('::ffff:198.51.100.1'), '198.51.100.1'],
    ['it is mapped in hexadecimal', '10.0.0.1', forwardedFor('::FFFF:c633:6401'), '198.51.100.1'],
    ['a trusted one hides in hexadecimal', '10.0.0.1', forwardedFor('198.51.100.1, ::ffff:0a00:0002'), '198.51.100.1'],
    ['a port stands behind', '10.0.0.1', forwardedFor('198.51.100.1:4711'), '198.51.100.1'],
    ['the proxy speaks IPv6', '2001:db8:ffff::7', forwardedFor('[2001:db8:1::9]:4711'), '2001:db8:1::9'],
    ['a proxy speaks RFC 7239', '10.0.0.1', { forwarded: 'for=6.6.6.6, for=198.51.100.1;proto=https' }, '198.51.100.1'],
    ['RFC 7239 quotes IPv6', '10.0.0.1', { forwarded: 'proto=https;For="[2001:db8:1::9]:80"' }, '2001:db8:1::9'],
    ['RFC 7239 hides it', '10.0.0.1', { forwarded: 'for=_hidden' }, '10.0.0.1'],
    [
      'the two headers disagree',
      '10.0.0.1',
      { ...forwardedFor('198.51.100.1'), forwarded: 'for=127.0.0.1' },
      '10.0.0.1',
    ],
    ['other headers say something', '10.0.0.1', { 'x-real-ip': '127.0.0.1', 'client-ip': '127.0.0.1' }, '10.0.0.1'],
  ])('when %s', (_, socket, headers, expected) => {
    expect(from(socket, headers as Record<string, string>)).toBe(expected)
  })
})

it('counts one subscriber of IPv6 as one', () => {
  expect(groupOf('2001:db8:1:2:3:4:5:6')).toBe(groupOf('2001:db8:1:2::1'))
  expect(groupOf('2001:db8:1:3::1')).not.toBe(groupOf('2001:db8:1:2::1'))
  expect(groupOf('192.0.2.1')).toBe('192.0.2.1')
})

it('keeps of an address only its network', () => {
  const places = {
    '127.0.0.1': 'this-machine',
    '::1': 'this-machine',
    '192.168.7.8': 'private',
    '172.31.0.1': 'private',
    '172.32.0.1': '172.32.x.x',
    'fd00::1': 'private',
    '203.0.113.9': '203.0.x.x',
    '2001:db8:1:2:3:4:5:6': '2001:db8::/32',
    '2001::1': '2001:0::/32',
    nonsense: null,
  }
  for (const [address, place] of Object.entries(places)) expect([address, placeOf(address)]).toEqual([address, place])
})
