import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, changes, seeded } from '../../../../scripts/testing/fuzz.ts'
import { issue } from '../../../../scripts/testing/tls.ts'
import { certificateHeaders, forwardedCertificate } from './client-certificate.ts'
import { clientAddress, groupOf, placeOf, plainAddress, trustedProxies } from './peer.ts'

const trusted = trustedProxies(['10.0.0.0/8', '::1'])
/** What can stand in a header. */
const ofHeader = fc.string({ unit: fc.integer({ min: 33, max: 255 }).map((code) => String.fromCharCode(code)) })
const hop = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV6().map((address) => `[${address}]:80`),
  fc.ipV4().map((address) => `"::ffff:${address}"`),
  fc.constantFrom('10.1.1.1', '::', '::1', '1::', '::1:2:3:4:5:6:7', 'fe80::1%eth0', 'unknown', '_hidden', ''),
  ofHeader,
)

describe('whatever a proxy says', () => {
  it('of where a request comes from is an address', () => {
    fc.assert(
      fc.property(fc.array(hop, { maxLength: 5 }), fc.array(hop, { maxLength: 5 }), (first, second) => {
        const headers = new Headers({
          'x-forwarded-for': first.join(', '),
          forwarded: second.map((one) => `for=${one};proto=http`).join(', '),
        })
        const address = clientAddress('10.0.0.1', headers, trusted)
        expect(isIP(address)).not.toBe(0)
        expect(groupOf(address)).toMatch(/^[0-9a-f.:]+$/)
        expect(placeOf(address)).not.toBeNull()
        expect(clientAddress('192.0.2.1', headers, trusted)).toBe('192.0.2.1')
      }),
      seeded(2_000),
    )
  })

  it('of an address is written in one way', () => {
    fc.assert(
      fc.property(fc.oneof(hop, fc.string()), (text) => {
        const plain = plainAddress(text)
        if (isIP(plain) !== 0) expect(plainAddress(plain)).toBe(plain)
      }),
      seeded(2_000),
    )
  })

  it('of a certificate is one, or none', () => {
    const der = new X509Certificate(issue().certificate).raw
    const texts = {
      'X-SSL-Client-Cert': (bytes: Buffer) =>
        encodeURIComponent(`-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`),
      'X-Forwarded-Tls-Client-Cert': (bytes: Buffer) => encodeURIComponent(bytes.toString('base64')),
      'Client-Cert': (bytes: Buffer) => `:${bytes.toString('base64')}:`,
    }
    fc.assert(
      fc.property(changes, fc.constantFrom(...certificateHeaders), ofHeader, (list, header, any) => {
        expect(forwardedCertificate(new Headers({ [header]: texts[header](der) }), header)).not.toBeNull()
        for (const text of [texts[header](changed(der, list)), any]) {
          const found = forwardedCertificate(new Headers({ [header]: text }), header)
          if (found !== null) expect(found.length).toBeGreaterThan(100)
        }
      }),
      seeded(500),
    )
  })
})
