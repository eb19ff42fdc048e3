import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVkey } from '@art32/ledger'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { cosignedAt, witnessKey } from './testing/anchor.ts'
import { sampleBundle, type BundleWish } from './testing/bundle.ts'
import { runHere } from './testing/terminal.ts'
import { check } from './verify-page/check.ts'
import { german } from './verify-page/german.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-policy-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let count = 0
const written = (bytes: Uint8Array | string, ending = '') => {
  const path = join(home, `${(count += 1)}${ending}`)
  writeFileSync(path, bytes)
  return path
}
const [one, other] = ['customer.example/w', 'other.example/w'] as const
const bundle = (wish: BundleWish = { witnesses: [one, other] }) =>
  written(zipSync(Object.fromEntries(sampleBundle(wish).files)), '.zip')
const policy = (name: string) => `witness mine ${formatVkey(witnessKey(name))}\nquorum mine\n`
/** What it prints, however wide the terminal. */
const verify = async (...args: readonly string[]) => {
  const { exit, out, err } = await runHere(['verify', ...args])
  return { exit, err, out: out.replaceAll(/\s+/g, ' ') }
}

describe('art32 verify of a bundle with cosignatures', () => {
  it('says who, when, up to where, and that the publisher named them', async () => {
    const { exit, out } = await verify(bundle())
    expect(exit).toBe(0)
    expect(out).toContain(
      `The witness ${one} cosigned the installation’s log up to its size 1, by its own clock at ${cosignedAt}.`,
    )
    expect(out).toContain('the first 4 of the 4 entries of this log; the edition is among them.')
    expect(out).toContain(`who named them in the bundle: ${one}, ${other}. Give a policy of your own.`)
  })

  it('obeys a policy of one’s own, in words and as data', async () => {
    const { exit, out } = await verify(bundle(), '--policy', written(policy(one)))
    expect(exit).toBe(0)
    expect(out).toContain('Your own policy accepts it: its quorum mine is met.')
    expect(out).toContain(`who named them in the bundle: ${other}.`)
    const { out: data } = await runHere(['verify', bundle(), '--policy', written(policy(one)), '--json'])
    expect(JSON.parse(data)).toMatchObject({
      policyFrom: 'caller',
      witnessed: {
        size: 1,
        head: 4,
        witnesses: [
          { name: one, isYours: true },
          { name: other, isYours: false },
        ],
      },
    })
  })

  it.each([
    ['whose witness did not cosign', policy('stranger.example/w'), { witnesses: [one] }],
    ['where nobody cosigned', policy(one), { witnesses: [] }],
    ['where there is no installation’s log at all', policy(one), {}],
  ])('fails by a policy %s', async (_, text, wish) => {
    const { exit, out } = await verify(bundle(wish), '--policy', written(text))
    expect(exit).toBe(1)
    expect(out).toContain('✗ instance/checkpoint: ')
    expect(out).toContain('Nothing in it is proven.')
  })

  it.each([
    ['no text', Uint8Array.of(0xff, 10), '--policy: '],
    ['no policy', 'hello\n', '--policy: line 1: '],
    ['too long', 'x'.repeat(70_000), 'The file has 70000 bytes'],
  ])('refuses a file that is %s', async (_, bytes, says) => {
    const { exit, err } = await verify(bundle(), '--policy', written(bytes))
    expect([exit, err]).toEqual([2, expect.stringContaining(says)])
    expect((await verify(bundle(), '--policy', join(home, 'missing'))).err).toContain('no such file for the policy')
  })

  it('does the same in a browser, in German too', async () => {
    const given = (text: string) => ({
      name: 'bundle.zip',
      bundle: Uint8Array.from(zipSync(Object.fromEntries(sampleBundle({ witnesses: [one] }).files))),
      key: '',
      held: null,
      policy: Buffer.from(text),
      root: null,
    })
    const shown = await check(given(policy(one)))
    if (shown.kind !== 'verified') throw new Error(shown.why)
    expect(shown.verification).toMatchObject({ holds: true, policyFrom: 'caller' })
    const said = [...shown.verification.proven, ...shown.verification.notProven]
    expect(said.filter((sentence) => german(sentence) === null)).toEqual([])
    expect(await check(given(policy(other)))).toMatchObject({ verification: { holds: false } })
    expect(await check(given('hello'))).toEqual({ kind: 'unreadable', why: 'policy' })
  })
})
