/**
 * Makes X.509 certificates for tests in plain TypeScript, since a bare machine has no openssl program.
 *
 * - Tests only: serial numbers count up, nothing is checked, keys are shared between certificates.
 * - A certificate without an issuer signs itself; an authority is one that others name as issuer.
 *
 * Source: RFC 5280.
 */
import { X509Certificate, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A certificate with its private key, both as PEM. */
export type Issued = { readonly certificate: string; readonly key: string; readonly name: string }

/** What the certificate says; by default a good one for `localhost`, valid for a year around today. */
export type CertificateWish = {
  readonly name?: string
  readonly hosts?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly issuer?: Issued
  readonly authority?: boolean
  readonly rsaBits?: number
  readonly digest?: 'sha256' | 'sha1'
}

const dayMs = 86_400_000
let serial = 1000

/** Makes a certificate and its key. */
export function issue(wish: CertificateWish = {}): Issued {
  const {
    name = 'localhost',
    hosts = ['localhost'],
    issuer,
    authority = false,
    rsaBits = 2048,
    digest = 'sha256',
  } = wish
  const notBefore = wish.notBefore ?? new Date(Date.now() - dayMs)
  const notAfter = wish.notAfter ?? new Date(Date.now() + 365 * dayMs)
  const { publicKey, privateKey } = keys(rsaBits)
  const signer = issuer === undefined ? privateKey : createPrivateKey(issuer.key)
  const algorithm = seq(oid(digest === 'sha256' ? '1.2.840.113549.1.1.11' : '1.2.840.113549.1.1.5'), der(0x05))
  const body = seq(
    der(0xa0, integer(2)),
    integer((serial += 1)),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    seq(time(notBefore), time(notAfter)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, seq(...extensions(hosts, authority))),
  )
  const signed = seq(body, algorithm, der(0x03, Buffer.of(0), sign(digest, body, signer)))
  return {
    certificate: new X509Certificate(signed).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    name,
  }
}

const made = new Map<number, { publicKey: KeyObject; privateKey: KeyObject }[]>()
let turn = 0

/** Keys are slow to make: three of a length serve all tests. */
function keys(rsaBits: number): { publicKey: KeyObject; privateKey: KeyObject } {
  const known = made.get(rsaBits) ?? []
  made.set(rsaBits, known)
  turn += 1
  const kept = known.length < 3 ? undefined : known[turn % 3]
  if (kept !== undefined) return kept
  const fresh = generateKeyPairSync('rsa', { modulusLength: rsaBits })
  known.push(fresh)
  return fresh
}

function extensions(hosts: readonly string[], authority: boolean): Buffer[] {
  const alternative = hosts.map((host) =>
    /^\d+\.\d+\.\d+\.\d+$/.test(host)
      ? der(0x87, Buffer.from(host.split('.').map(Number)))
      : der(0x82, Buffer.from(host)),
  )
  const basic = seq(
    oid('2.5.29.19'),
    der(0x01, Buffer.of(0xff)),
    der(0x04, seq(...(authority ? [der(0x01, Buffer.of(0xff))] : []))),
  )
  return authority ? [basic] : [basic, seq(oid('2.5.29.17'), der(0x04, seq(...alternative)))]
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), body])
}

const seq = (...parts: Buffer[]) => der(0x30, ...parts)

function integer(value: number): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return der(0x02, (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap((part) => {
    const groups = [part & 127]
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128)
    return groups
  })
  return der(0x06, Buffer.of(first * 40 + second, ...bytes))
}

const distinguishedName = (name: string) => seq(der(0x31, seq(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))))

/** GeneralizedTime throughout; RFC 5280 wants UTCTime before 2050, readers accept both. */
const time = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')))
