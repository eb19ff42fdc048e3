import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRoots, readStamp, StampError, stampRequest } from './index.ts'
import { makeAuthority } from './testing/tsa.ts'
import type { TestAuthority } from './testing/tsa.ts'

const text = new TextEncoder().encode('art32.example/instance\n3\nMvN26ZgQx6A6ov4YuS9k7c+xSFB3CBvsLYjwxwHzv0w=\n')
const nonce = Uint8Array.of(0x91, 2, 3, 4, 5, 6, 7, 8)
let authority: TestAuthority
beforeAll(() => {
  authority = makeAuthority({})
})
afterAll(() => authority.remove())

const asked = () => stampRequest(Uint8Array.from(createHash('sha256').update(text).digest()), nonce)
const changes = fc.array(
  fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)),
  { minLength: 1, maxLength: 4 },
)

function changed(good: Uint8Array, list: readonly (readonly [isSet: boolean, where: number, value: number])[]) {
  let bytes = Buffer.from(good)
  for (const [isSet, where, value] of list) {
    const at = Math.floor(where * bytes.length)
    if (isSet) bytes.fill(value, at, Math.min(at + 1, bytes.length))
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (value % 16))])
  }
  return Uint8Array.from(bytes)
}

describe('a reply of an authority', () => {
  it('that was changed says the same, or does not count', async () => {
    const reply = authority.reply(asked())
    const roots = await readRoots(authority.root)
    const good = await readStamp(reply, { text, roots, nonce })
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const stamp = await readStamp(changed(reply, list), { text, roots, nonce }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(StampError)
          return good
        })
        expect([stamp.time, stamp.imprint, stamp.token]).toEqual([good.time, good.imprint, good.token])
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('of any bytes does not count', async () => {
    const roots = await readRoots(authority.root)
    const der = fc.tuple(fc.constantFrom([0x30, 0x80], [0x30, 0x03], [0x30, 0x84, 0xff], []), fc.uint8Array())
    await fc.assert(
      fc.asyncProperty(der, fc.nat(2_000), async ([begin, rest], times) => {
        const bytes = Uint8Array.from([...Array.from({ length: times }, () => begin).flat(), ...rest])
        await expect(readStamp(bytes, { text, roots, nonce })).rejects.toBeInstanceOf(StampError)
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

it('a root that was changed is none, or the same', async () => {
  const der = Buffer.from(authority.root.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const bytes = Buffer.from(changed(der, list))
      const pem = `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`
      const roots = await readRoots(pem).catch((error: unknown) => {
        expect(error).toBeInstanceOf(StampError)
        return []
      })
      if (roots.length > 0) expect(bytes.equals(der)).toBe(true)
    }),
    { seed: 3, numRuns: 500 },
  )
})
