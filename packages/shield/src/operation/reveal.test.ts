import { describe, expect, it } from 'vitest'
import { KeyError } from '../key/error.ts'
import { createSealingKey } from '../key/sealing-key.ts'
import { createVault } from '../key/vault.ts'
import { reveal, type Revealing, type RevealRecord } from './reveal.ts'
import { sealValues } from './seal.ts'

const mail = { tenant: 't', domain: 'crm', type: 'email', epoch: '1' }
const name = { ...mail, type: 'name' }
const { vault, shares } = createVault(2)
const { key, sealed } = createSealingKey(vault, [mail, name])

function seal(text: string, use = mail, by = key): string {
  const bytes = Buffer.from(text)
  const out = new Uint8Array(bytes.length * 4 + 64)
  const length = sealValues(by, use).apply(bytes, 0, bytes.length, out, 0)
  return Buffer.from(out.subarray(0, length)).toString()
}

function revealing(changed: Partial<Revealing> = {}): Revealing {
  return {
    vault,
    people: [
      { name: 'first', share: shares[0] ?? '' },
      { name: 'second', share: shares[1] ?? '' },
    ],
    why: 'Request 12 (Art. 15)',
    sealed: [sealed],
    log: () => undefined,
    ...changed,
  }
}

async function textOf(chunks: Iterable<Uint8Array>, encode?: (value: Uint8Array) => Uint8Array): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of reveal(revealing()).text(chunks, encode)) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('a sealed value', () => {
  it('is the same for the same value, another for another type, domain, epoch or key', () => {
    const token = seal('anna@example.org')
    expect(token).toMatch(/^rv1[a-z2-7]{58}$/)
    expect(seal('anna@example.org')).toBe(token)
    const another = createSealingKey(vault, [mail]).key
    const others = [name, { ...mail, domain: 'x' }, { ...mail, epoch: '2' }, { ...mail, tenant: 'x' }]
    const all = [...others.map((use) => seal('anna@example.org', use)), seal('anna@example.org', mail, another), token]
    expect(new Set(all.map((each) => each.slice(10))).size).toBe(6)
    expect(new Set(all.map((each) => each.slice(3, 9))).size).toBe(6)
  })

  it('is nothing where nothing is', () => {
    expect(seal('')).toBe('')
  })
})

describe('revealing', () => {
  it('gives the values back as they were, and undefined for what is none', async () => {
    const values = ['Anna@Example.org ', 'é', 'x'.repeat(5000)]
    const tokens = [...values.map((value) => seal(value)), seal('Zoë', name), 'rv1aaaa', 'anna', `${seal('x')}a`]
    expect(await reveal(revealing()).values(tokens)).toEqual([...values, 'Zoë', undefined, undefined, undefined])
  })

  it('writes who and why before it gives anything, and gives nothing where that fails', async () => {
    const records: RevealRecord[] = []
    await reveal(revealing({ log: (record) => void records.push(record) })).values([seal('a'), seal('b')])
    expect(records).toEqual([
      {
        who: ['first', 'second'],
        why: 'Request 12 (Art. 15)',
        vault: vault.id,
        keys: [key.id],
        what: 'values',
        count: 2,
      },
    ])
    const failing = reveal(revealing({ log: () => Promise.reject(new Error('disk full')) }))
    await expect(failing.values([seal('a')])).rejects.toThrow('disk full')
    await expect(failing.text([Buffer.from(seal('a'))]).next()).rejects.toThrow('disk full')
  })

  it('refuses one person, one share or no reason', () => {
    const [first, second] = revealing().people
    for (const changed of [
      { people: [first, { ...second, name: ' first' }] as const },
      { people: [first, { ...second, share: first.share }] as const },
      { why: ' ' },
    ]) {
      expect(() => reveal(revealing(changed))).toThrow(KeyError)
    }
  })

  it('replaces them in a text, wherever its chunks end', async () => {
    const text = `r,rv1,"${seal('Zoë', name)}",${seal('a@example.org')}\nrv1aaaa ${seal('x')}rv rv1${seal('y')}`
    const expected = 'r,rv1,"Zoë",a@example.org\nrv1aaaa xrv rv1y'
    const bytes = Buffer.from(text.replace('rv rv1', '.rv rv1'))
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await textOf([bytes.subarray(0, at), bytes.subarray(at)])).toBe(expected.replace('xrv', 'x.rv'))
    }
    expect(await textOf(Array.from(bytes, (byte) => new Uint8Array([byte])))).toBe(expected.replace('xrv', 'x.rv'))
  })

  it('writes them as the format demands, and says how many there were', async () => {
    const quoted = (value: Uint8Array): Uint8Array => Buffer.from(JSON.stringify(Buffer.from(value).toString()))
    expect(await textOf([Buffer.from(`[${seal('a "b"')}]`)], quoted)).toBe('["a \\"b\\""]')
    const records: RevealRecord[] = []
    const revealer = reveal(revealing({ log: (record) => void records.push(record) }))
    for await (const part of revealer.text([Buffer.from(`${seal('a')} ${seal('b')}`)])) expect(part).toBeDefined()
    expect(records.map(({ what, count }) => [what, count])).toEqual([
      ['text', 0],
      ['revealed', 2],
    ])
  })
})
