import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from './envelope.ts'
import type { Envelope } from './envelope.ts'

const envelope: Envelope = {
  format: 'art32.intake/1',
  id: '00000000-0000-4000-8000-000000000000',
  at: '2026-01-02T03:04:05.678Z',
  slug: 'alpha',
  atSite: false,
  form: 'report',
  language: 'en',
  link: '',
  type: 'multipart/form-data; boundary=x',
  group: '192.0.2.1',
  token: 'a'.repeat(64),
}

describe('a packed submission', () => {
  it('is unpacked as it was, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        const unpacked = unpack(pack(envelope, body))
        expect([unpacked?.envelope, [...(unpacked?.body ?? [])]]).toEqual([envelope, [...body]])
      }),
    )
  })

  it.each([
    ['another tenant by a path', { ...envelope, slug: '../beta' }],
    ['a form that is none', { ...envelope, form: 'link' }],
    ['a token of one’s choice', { ...envelope, token: 'short' }],
    ['an id that is none', { ...envelope, id: '1' }],
    ['a field more', { ...envelope, role: 'owner' }],
    ['a link that is none', { ...envelope, link: 'a b' }],
  ])('is none with %s', (_, wrong) => {
    expect(unpack(Buffer.from(`${JSON.stringify(wrong)}\nbody`))).toBe(null)
  })

  it('is none where bytes are anything', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => unpack(Buffer.from(bytes)) === null))
  })
})
