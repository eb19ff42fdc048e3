import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { sampleBundle } from '../testing/bundle.ts'
import { check, type Shown } from './check.ts'
import { german } from './german.ts'
import { unpack } from './unpack.ts'

const given = (files: ReadonlyMap<string, Uint8Array>, key = '') => ({
  name: 'bundle.zip',
  bundle: Uint8Array.from(zipSync(Object.fromEntries(files))),
  key,
  held: null,
  policy: null,
  root: null,
})
const verification = (shown: Shown) => {
  if (shown.kind !== 'verified') throw new Error(shown.why)
  return shown.verification
}

describe('the check of the page', () => {
  it('says in German all that it says of a bundle that holds', async () => {
    const witnesses = ['a.example/w', 'b.example/w']
    const wishes = [
      { witnesses },
      { witnesses, witnessed: 1 },
      { witnesses: [] },
      {},
      { edit: (edition: object) => ({ ...edition, title: 'x' }) },
      { after: 0, padding: 300 },
    ]
    for (const wish of wishes) {
      const { holds, proven, notProven } = verification(await check(given(sampleBundle(wish).files)))
      expect(holds).toBe(true)
      expect([...proven, ...notProven].filter((sentence) => german(sentence) === null)).toEqual([])
    }
  })

  it('finds a signature by another key, and a changed one', async () => {
    const { files } = sampleBundle()
    const other = sampleBundle({ seed: 'other ' })
    const swapped = new Map(files).set('policy.txt', other.files.get('policy.txt') ?? new Uint8Array())
    expect(verification(await check(given(swapped))).holds).toBe(false)
    expect(verification(await check(given(files, other.vkey))).holds).toBe(false)
  })

  it('unpacks no bomb and no name twice', () => {
    const forged = Buffer.from(zipSync({ a: new Uint8Array(9) }))
    forged.writeUInt32LE(600 * 1_048_576, forged.lastIndexOf(Buffer.from('504b0102', 'hex')) + 24)
    expect(() => unpack(forged)).toThrow('too-large')
    const twice = Buffer.from(zipSync({ aa: Uint8Array.of(1), ab: Uint8Array.of(2) })).toString('latin1')
    expect(() => unpack(Buffer.from(twice.replaceAll('ab', 'aa'), 'latin1'))).toThrow('twice')
    expect(() => unpack(Uint8Array.of(1, 2, 3))).toThrow('no-archive')
  })
})
