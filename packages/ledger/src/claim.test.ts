import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../testing/node-crypto.ts'
import {
  instanceKey,
  sampleInput,
  tenantKey,
  witnessedInput,
  witnessKeys,
  witnessSigners,
} from '../testing/sample-log.ts'
import {
  buildBundle,
  canonicalize,
  type BundleTrust,
  claimOf,
  encodeUtf8,
  formatProof,
  formatVkey,
  LedgerError,
  openProof,
  parseProof,
  parsePolicy,
  policyOfKeys,
  verifyClaim,
} from './index.ts'

const bundle = (covered = 4) => buildBundle(nodeCrypto, witnessedInput(witnessSigners, covered))
const wish = { index: 2, records: [0, 1], line: 's3' }
const trusted = { keys: [tenantKey, instanceKey] }
const faults = (text: string, trust: BundleTrust = trusted) =>
  verifyClaim(nodeCrypto, text, trust).steps.flatMap(({ ok, say }) => (ok ? [] : [say]))

/** The claim with its extra changed. */
function changed(edit: (claim: Record<string, unknown>) => void): string {
  const proof = parseProof(claimOf(nodeCrypto, bundle(), wish))
  const claim = JSON.parse(new TextDecoder().decode(proof.extra)) as Record<string, unknown>
  edit(claim)
  return formatProof({ ...proof, extra: encodeUtf8(canonicalize(claim)) })
}

describe('a claim', () => {
  it('proves an entry with its records and contents, and names the witnesses', () => {
    const report = verifyClaim(nodeCrypto, claimOf(nodeCrypto, bundle(), wish), trusted)
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(report).toMatchObject({ holds: true, line: 's3', size: 4, keyFrom: 'caller', leaf: { seq: 2 } })
    expect(report.records.map(({ seq }) => seq)).toEqual([0, 1])
    expect([...report.opened.keys()].sort()).toEqual(['0/content', '1/content', '2/content'])
    expect(report.proven.join(' ')).toContain('The witness customer.example/witness cosigned')
    expect(report.witnessed).toMatchObject({ head: 4, size: 3 })
  })

  it('is a proof file that other tools read', () => {
    const text = claimOf(nodeCrypto, bundle(), wish)
    const entry = parseProof(claimOf(nodeCrypto, bundle(), { ...wish, index: 2 }))
    const { leaf } = JSON.parse(new TextDecoder().decode(entry.extra)) as { leaf: string }
    const bytes = Uint8Array.from(Buffer.from(leaf, 'base64'))
    expect(openProof(nodeCrypto, text, bytes, policyOfKeys([tenantKey]))).toMatchObject({ index: 2 })
  })

  it('shows by a consistency proof what a shorter witnessed head covers', () => {
    const report = verifyClaim(nodeCrypto, claimOf(nodeCrypto, bundle(3), wish), trusted)
    expect(report.holds).toBe(true)
    expect(report.proven.join(' ')).toContain('the first 3 of the 4 entries of this log; the edition is among them')
    const late = verifyClaim(nodeCrypto, claimOf(nodeCrypto, bundle(2), wish), trusted)
    expect(late.proven.join(' ')).toContain('the edition was recorded later')
    const other = verifyClaim(
      nodeCrypto,
      claimOf(nodeCrypto, bundle(2), { index: 1, records: [], line: null }),
      trusted,
    )
    expect(other.proven.join(' ')).toContain('the entry is among them')
  })

  it('fails wherever a character is changed', () => {
    const text = claimOf(nodeCrypto, bundle(), { index: 2, records: [1], line: null })
    const survivors: number[] = []
    for (let i = 0; i < text.length; i += 3) {
      const other = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1)
      try {
        if (verifyClaim(nodeCrypto, other, trusted).holds) survivors.push(i)
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerError)
      }
    }
    expect(survivors).toEqual([])
  }, 60_000)

  it('obeys the caller’s keys and policy', () => {
    const text = claimOf(nodeCrypto, bundle(), wish)
    const [first] = witnessKeys.map((key) => formatVkey(key))
    const own = parsePolicy(nodeCrypto, `witness mine ${first}\nquorum mine\n`)
    expect(faults(text, { policy: own })).toEqual([])
    const alone = claimOf(nodeCrypto, buildBundle(nodeCrypto, sampleInput()), wish)
    expect(faults(alone)).toEqual([])
    expect(faults(alone, { policy: own })).toEqual([expect.stringContaining('the quorum "mine" is not met')])
    expect(faults(text, { keys: [instanceKey] })).toEqual([expect.stringContaining('is one that you trust')])
    expect(verifyClaim(nodeCrypto, text).notProven.join(' ')).toContain('the key was taken from the file itself')
  })

  it('refuses records, contents and heads that are others', () => {
    const swap = changed((claim) => Object.assign(claim, { records: [] }))
    expect(faults(swap)).toEqual([])
    const records = (claim: Record<string, unknown>) => claim['records'] as Record<string, unknown>[]
    expect(faults(changed((claim) => Object.assign(records(claim)[0]!, { index: 1 })))).toEqual([
      'The entry is not number 1 of the log.',
    ])
    expect(
      faults(changed((claim) => Object.assign(claim, { openings: [...openings(claim), ...openings(claim)] }))),
    ).toEqual([expect.stringContaining('here twice')])
    const cut = changed((claim) =>
      Object.assign(claim['instance'] as object, { consistency: [String(claim['leaf']).slice(0, 44)] }),
    )
    expect(() => verifyClaim(nodeCrypto, cut, trusted).holds && expect.fail('held')).not.toThrow('held')
  })

  it('throws only for what is no claim', () => {
    const plain = formatProof({ ...parseProof(claimOf(nodeCrypto, bundle(), wish)), extra: encodeUtf8('{}') })
    for (const text of ['', 'hello', plain, changed((claim) => Object.assign(claim, { more: 1 }))])
      expect(() => verifyClaim(nodeCrypto, text)).toThrow(LedgerError)
    expect(() => claimOf(nodeCrypto, bundle(), { ...wish, index: 9 })).toThrow('The log has no leaf 9.')
  })
})

const openings = (claim: Record<string, unknown>) => claim['openings'] as unknown[]
