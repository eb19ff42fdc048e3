import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  instanceKey,
  instanceProof,
  sampleInput,
  tenantKey,
  witnessedInput,
  witnessKeys,
  witnessSigners,
} from '../testing/sample-log.ts'
import {
  buildBundle,
  type Bundle,
  type BundleTrust,
  decodeUtf8,
  encodeUtf8,
  formatVkey,
  LedgerError,
  parsePolicy,
  type Signer,
  verifierKey,
  verifyBundle,
} from './index.ts'

const build = (signers: readonly Signer[] = witnessSigners, covered = 4) =>
  buildBundle(nodeCrypto, witnessedInput(signers, covered))
const verify = (bundle: Bundle, trust: BundleTrust = {}) =>
  verifyBundle(nodeCrypto, bundle, { keys: [tenantKey, instanceKey], ...trust })
const faults = (bundle: Bundle, trust: BundleTrust = {}) =>
  verify(bundle, trust).steps.flatMap(({ ok, id, place }) => (ok ? [] : [`${id} ${place}`]))
const [first, second] = witnessKeys.map((key) => formatVkey(key))
const policyOf = (...lines: readonly string[]) => parsePolicy(nodeCrypto, lines.map((line) => `${line}\n`).join(''))

describe('a bundle with cosignatures', () => {
  it('says who cosigned, when, and what that covers', () => {
    const report = verify(build())
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(report.proven.join(' ')).toContain(
      'The witness customer.example/witness cosigned the installation’s log up to its size 3, by its own clock at 2026-11-22T01:00:00Z.',
    )
    expect(report.proven.join(' ')).toContain('the first 4 of the 4 entries of this log; the edition is among them.')
    expect(report.notProven.join(' ')).toContain(
      'independent of the publisher, who named them in the bundle: customer.example/witness, other.example/witness',
    )
    expect(report.notProven.join(' ')).not.toContain('self-asserted')
    expect(report.witnessed).toMatchObject({ size: 3, head: 4 })
  })

  it('says what is younger than the last witnessing, and whether the edition is', () => {
    const late = verify(build(witnessSigners, 3))
    expect(late.proven.join(' ')).toContain('the first 3 of the 4 entries of this log; the edition is among them.')
    expect(late.notProven.join(' ')).toContain(
      'That what was recorded after the last witnessing stays as it is: leaf 3 to 3, 1 of 4 entries, are self-asserted.',
    )
    expect(verify(build(witnessSigners, 2)).proven.join(' ')).toContain('the edition was recorded later')
  })

  it('says that nobody did where nobody did', () => {
    const report = verify(buildBundle(nodeCrypto, sampleInput()))
    expect(report).toMatchObject({ holds: true, witnessed: null })
    expect(report.notProven.join(' ')).toContain('That a witness has seen this log: none has cosigned a head of it.')
  })

  it('fails for every single byte changed in what witnesses add', () => {
    const bundle = build()
    const survivors: string[] = []
    for (const path of ['policy.txt', 'instance/checkpoint', 'instance/tenant.tlog-proof', 'instance/leaf']) {
      const bytes = bundle.get(path) ?? new Uint8Array()
      for (let i = 0; i < bytes.length; i += 1) {
        const changed = Uint8Array.from(bytes, (byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte))
        try {
          if (verify(new Map(bundle).set(path, changed)).holds) survivors.push(`${path} ${i}`)
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      }
    }
    expect(survivors).toEqual([])
  })

  it('refuses a policy that names more or fewer witnesses than cosigned, or a quorum that is easier to meet', () => {
    const policy = decodeUtf8(build().get('policy.txt') ?? new Uint8Array())
    const forged = (text: string) => new Map(build()).set('policy.txt', encodeUtf8(text))
    expect(policy).toContain('\nquorum all-witnesses\n')
    expect(faults(forged(policy.replace(' all-witnesses 2 ', ' all-witnesses 1 ')))).toContain('key policy.txt')
    expect(faults(forged(policy.replace('quorum all-witnesses', 'quorum none')))).toContain('key policy.txt')
    const one = decodeUtf8(build(witnessSigners.slice(0, 1)).get('policy.txt') ?? new Uint8Array())
    expect(faults(forged(one))).toContain('instance instance/checkpoint')
    const alone = new Map(build(witnessSigners.slice(0, 1))).set('policy.txt', encodeUtf8(policy))
    expect(faults(alone)).toContain('instance instance/tenant.tlog-proof')
  })

  it('refuses a cosignature by another key under the name of a witness', () => {
    const imposter = ed25519Signer('customer.example/witness', bytesOf('imposter'), 0x04)
    const { instance: _, ...input } = witnessedInput(witnessSigners.slice(0, 1))
    const bundle = buildBundle(nodeCrypto, { ...input, instance: instanceProof([imposter]) })
    expect(faults(bundle)).toContain('instance instance/tenant.tlog-proof')
  })
})

describe('a policy of one’s own', () => {
  const mine = policyOf(`witness customer ${first}`, 'quorum customer')

  it('decides by its own witnesses, and says which only the publisher named', () => {
    const report = verify(build(), { policy: mine })
    expect(report.holds).toBe(true)
    expect(report.proven.join(' ')).toContain('Your own policy accepts it: its quorum customer is met.')
    expect(report.notProven.join(' ')).toContain('who named them in the bundle: other.example/witness.')
    const both = policyOf(`witness a ${first}`, `witness b ${second}`, 'group g all a b', 'quorum g')
    expect(verify(build(), { policy: both }).notProven.join(' ')).not.toContain('independent of the publisher')
  })

  it('fails where its witness did not cosign, or nobody could have', () => {
    expect(faults(build(witnessSigners.slice(1)), { policy: mine })).toEqual(['witness instance/checkpoint'])
    expect(faults(buildBundle(nodeCrypto, sampleInput()), { policy: mine })).toEqual(['witness instance/checkpoint'])
    const { instance: _, ...alone } = sampleInput()
    const bundle = buildBundle(nodeCrypto, { ...alone, keys: [tenantKey] })
    expect(faults(bundle, { policy: mine })).toEqual(['witness instance/checkpoint'])
  })

  it('trusts the logs that it lists and no others', () => {
    const log = `log ${formatVkey(instanceKey)}`
    const report = verifyBundle(nodeCrypto, build(), { policy: policyOf(log, 'quorum none') })
    expect(report).toMatchObject({ holds: true, keyFrom: 'bundle' })
    expect(report.notProven.join(' ')).not.toContain('Who runs the log')
    const both = policyOf(log, `log ${formatVkey(tenantKey)}`, 'quorum none')
    expect(verifyBundle(nodeCrypto, build(), { policy: both }).keyFrom).toBe('caller')
    const other = policyOf(
      `log ${formatVkey(verifierKey(nodeCrypto, ed25519Signer('other.example/log', bytesOf('other'))))}`,
      'quorum none',
    )
    expect(faults(build(), { policy: other })).toEqual(['witness instance/checkpoint'])
  })
})
