import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientHello, readAnswer, readHelloOnly } from './hello.ts'
import { suiteName, suites } from './suites.ts'

/** A ServerHello record with this version and suite. */
function serverHello(version: number, suite: number): Buffer {
  const body = Buffer.concat([
    Buffer.from([version >> 8, version & 255]),
    Buffer.alloc(32),
    Buffer.of(0),
    Buffer.from([suite >> 8, suite & 255, 0]),
  ])
  const message = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body])
  return Buffer.concat([Buffer.from([22, 3, 3, 0, message.length]), message])
}
const done = Buffer.from([22, 3, 3, 0, 4, 14, 0, 0, 0])
const request = Buffer.from([22, 3, 3, 0, 4, 13, 0, 0, 0])
const alert = (level: number, code: number) => Buffer.from([21, 3, 3, 0, 2, level, code])

describe('the hand-written hello', () => {
  it('offers one version, all suites and the name of the host', () => {
    const hello = clientHello('1.2', [0xc02f, 0x0005], Buffer.alloc(32, 7), 'www.example.com')
    expect([...hello.subarray(0, 3)]).toEqual([22, 3, 1])
    expect(hello.readUInt16BE(3)).toBe(hello.length - 5)
    expect([...hello.subarray(9, 11)]).toEqual([3, 3])
    expect(hello.includes(Buffer.from('www.example.com'))).toBe(true)
    expect(hello.includes(Buffer.from([0, 4, 0xc0, 0x2f, 0x00, 0x05]))).toBe(true)
  })

  it('sends SSLv3 without extensions, which its servers do not know', () => {
    const hello = clientHello('SSLv3', [5], Buffer.alloc(32), 'www.example.com')
    expect([...hello.subarray(0, 3)]).toEqual([22, 3, 0])
    expect(hello.includes(Buffer.from('www.example.com'))).toBe(false)
  })

  it('waits for the whole flight, then reads version, suite and the wish for a certificate', () => {
    const hello = serverHello(0x0303, 0xc02f)
    expect(readAnswer(hello, false)).toBeUndefined()
    expect(readAnswer(Buffer.concat([hello, done]), false)).toEqual({
      said: 'hello',
      version: 0x0303,
      suite: 0xc02f,
      asksCertificate: false,
    })
    expect(readAnswer(Buffer.concat([hello, request, done]), false)).toMatchObject({ asksCertificate: true })
    expect(readAnswer(hello, true)).toMatchObject({ said: 'hello' })
    expect(readHelloOnly(hello)).toMatchObject({ said: 'hello' })
  })

  it('tells a refusal from a warning, a silent close and something else', () => {
    expect(readAnswer(alert(2, 70), false)).toEqual({ said: 'alert', code: 70 })
    expect(readAnswer(alert(1, 112), false)).toBeUndefined()
    expect(readAnswer(Buffer.alloc(0), true)).toEqual({ said: 'closed' })
    expect(readAnswer(Buffer.from('220 mail.example.com'), false)).toEqual({ said: 'nonsense' })
    expect(readAnswer(Buffer.from('HTTP/1.1 400 Bad Request'), true)).toEqual({ said: 'nonsense' })
  })

  it('reads the same however the answer is cut, and never throws at foreign bytes', () => {
    const flight = Buffer.concat([alert(1, 112), serverHello(0x0302, 0x0035), request, done])
    fc.assert(
      fc.property(fc.nat(flight.length - 1), (cut) => {
        expect([undefined, 'hello']).toContain(readAnswer(flight.subarray(0, cut), false)?.said)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, ended) => {
        expect(() => readAnswer(Buffer.from(bytes), ended)).not.toThrow()
      }),
    )
    fc.assert(
      fc.property(fc.nat(flight.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const broken = Buffer.from(flight)
        broken[at] = value
        expect(() => readAnswer(broken, true)).not.toThrow()
      }),
    )
  })

  it('knows every suite once, by the name of the registry', () => {
    expect(new Set(suites.map(({ id }) => id)).size).toBe(suites.length)
    expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length)
    expect(suiteName(0xc02f)).toBe('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')
    expect(suiteName(0xfeed)).toBe('0xfeed')
  })
})
