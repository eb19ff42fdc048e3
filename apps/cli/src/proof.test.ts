import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVkey } from '@art32/ledger'
import type { EditionDocument, Line } from '@art32/press'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { witnessKey } from './testing/anchor.ts'
import { sampleBundle, type BundleWish } from './testing/bundle.ts'
import { listen } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'
import { check } from './verify-page/check.ts'
import { german } from './verify-page/german.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-proof-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let count = 0
const newPath = () => join(home, `${(count += 1)}`)
const written = (bytes: Uint8Array | string) => {
  const path = newPath()
  writeFileSync(path, bytes)
  return path
}
const witness = 'customer.example/w'
const bundle = (wish: BundleWish = {}) =>
  written(zipSync(Object.fromEntries(sampleBundle({ witnesses: [witness], ...wish }).files)))
const exported = async (wish: BundleWish = {}, ...what: readonly string[]) => {
  const path = newPath()
  const named = what.length === 0 ? ['--line', 's3'] : what
  expect(await runHere(['proof', bundle(wish), ...named, '--output', path])).toMatchObject({ exit: 0, err: '' })
  return path
}
/** What it prints, however wide the terminal. */
const verify = async (...args: readonly string[]) => {
  const { exit, out, err } = await runHere(['verify', ...args])
  return { exit, err, out: out.replaceAll(/\s+/g, ' ') }
}

describe('art32 proof', () => {
  it('takes a line out of a bundle, which is verified alone, cosignatures included', async () => {
    const { exit, out, err } = await verify(await exported())
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain('Line s3 of the edition reads: “All connections use TLS 1.2 or newer.” It is verified.')
    expect(out).toContain('Its 2 records are unchanged, and the line says no more than they do.')
    expect(out).toContain(`The witness ${witness} cosigned`)
    expect(out).toContain('What else the log holds: this file proves single entries of it.')
  })

  it('takes a single entry, and obeys key and policy', async () => {
    const path = await exported({}, '--leaf', '1')
    const { vkey } = sampleBundle()
    const policy = written(`witness mine ${formatVkey(witnessKey(witness))}\nquorum mine\n`)
    const { exit, out } = await verify(path, '--key', vkey, '--policy', policy)
    expect(exit).toBe(0)
    expect(out).toContain('Entry 1 of the 4 in the log')
    expect(out).toContain('its quorum mine is met')
    const { vkey: stranger } = sampleBundle({ seed: 'other ' })
    expect((await verify(path, '--key', stranger)).exit).toBe(1)
    expect((await verify(path, '--held', written('x'), '--save-checkpoint', newPath())).exit).toBe(2)
  })

  it('finds a line that claims more than its records', async () => {
    const lie = (edition: EditionDocument) => {
      const { sections } = edition
      const blocks = sections[0]!.blocks.map((block) =>
        (block as Line).id === 's4' ? { ...block, assurance: 'verified', publicState: 'proven' } : block,
      )
      return { ...edition, sections: [{ ...sections[0], blocks }] }
    }
    const path = newPath()
    const refused = await runHere(['proof', bundle({ edit: lie }), '--line', 's4', '--output', path])
    // The bundle holds as a log, so that its lie can be shown to others.
    expect(refused.exit).toBe(0)
    const { exit, out } = await verify(path)
    expect(exit).toBe(1)
    expect(out).toContain('✗ line s4: It says verified, but names no required measure.')
  })

  it('names what there is where there is no such line or leaf, and refuses what is broken', async () => {
    const path = newPath()
    const refusal = async (...args: string[]) => (await runHere(['proof', ...args, '--output', path])).err
    expect(await refusal(bundle(), '--line', 's9')).toContain('s3  All connections use TLS')
    expect(await refusal(bundle(), '--leaf', '99')).toContain('The log has no leaf 99.')
    expect(await refusal(bundle(), '--leaf', '-1')).toContain('named by its number')
    expect(await refusal(bundle())).toContain('Name a line or a leaf')
    const files = new Map(sampleBundle().files)
    files.set('VERIFY.md', new Uint8Array())
    expect(await refusal(written(zipSync(Object.fromEntries(files))), '--leaf', '1')).toContain('does not hold')
  })

  it('is fetched from an address, dropped on the page, and refused where it is something else', async () => {
    const text = readFileSync(await exported())
    let served: Uint8Array = text
    const server = createServer((_, response) => response.end(served))
    const { port, close } = await listen(server)
    const address = `http://127.0.0.1:${port}/trust/example/line/s3.tlog-proof`
    expect((await verify(address)).exit).toBe(0)
    served = Buffer.from('hello')
    expect((await verify(address)).err).toContain('no proof file')
    await close()
    const given = {
      name: 'line.tlog-proof',
      bundle: Uint8Array.from(text),
      key: '',
      held: null,
      policy: null,
      root: null,
    }
    const shown = await check(given)
    if (shown.kind !== 'verified') throw new Error(shown.why)
    const said = [...shown.verification.proven, ...shown.verification.notProven]
    expect(shown.verification.holds).toBe(true)
    expect(said.filter((sentence) => german(sentence) === null)).toEqual([])
  })

  it('checks a plain proof of any log with its entry, by key or policy only', async () => {
    const path = await exported({}, '--leaf', '1')
    const text = readFileSync(path, 'utf8')
    const claim = JSON.parse(Buffer.from(/^extra (.+)$/m.exec(text)?.[1] ?? '', 'base64').toString()) as {
      leaf: string
    }
    const plain = written(text.replace(/^extra .+\n/m, ''))
    const entry = written(Buffer.from(claim.leaf, 'base64'))
    const { vkey } = sampleBundle()
    expect((await verify(plain)).err).toContain('holds no entry')
    expect((await verify(plain, '--entry', entry)).err).toContain('give --policy or --key')
    const { exit, out } = await verify(plain, '--entry', entry, '--key', vkey)
    expect([exit, out]).toEqual([0, expect.stringContaining('The entry is number 1 of the 4 in the log')])
    expect((await verify(plain, '--entry', written('else'), '--key', vkey)).exit).toBe(1)
  })
})
