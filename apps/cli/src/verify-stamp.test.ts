import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verifyText } from '@art32/ledger'
import { readRoots, readStamp, stampRequest } from '@art32/timestamp'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '@art32/timestamp/testing'
import type { TestAuthority } from '@art32/timestamp/testing'
import { sampleBundle } from './testing/bundle.ts'
import { runHere } from './testing/terminal.ts'
import { check } from './verify-page/check.ts'
import { german } from './verify-page/german.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-stamp-'))
let authority: TestAuthority
let other: TestAuthority
let files: Map<string, Uint8Array>

/** The sample, whose head in the installation's log a real authority stamped. */
async function stampedBundle(witnessed = 4): Promise<Map<string, Uint8Array>> {
  const made = new Map(sampleBundle({ witnesses: [], witnessed }).files)
  for (const name of ['leaf', 'checkpoint', 'tenant.tlog-proof'])
    made.set(`stamp/${name}`, made.get(`instance/${name}`) ?? new Uint8Array())
  const note = new TextDecoder().decode(made.get('stamp/checkpoint'))
  const text = new TextEncoder().encode(note.slice(0, note.indexOf('\n\n') + 1))
  const imprint = Uint8Array.from(createHash('sha256').update(text).digest())
  const reply = authority.reply(stampRequest(imprint, Uint8Array.of(1, 2, 3, 4)))
  const { token, root } = await readStamp(reply, { text, roots: await readRoots(authority.root) })
  return made.set('stamp/token.tsr', token).set('stamp/tsa.pem', Buffer.from(root))
}

beforeAll(async () => {
  authority = makeAuthority({ curve: true, intermediate: true })
  other = makeAuthority({ curve: true })
  files = await stampedBundle()
})
afterAll(() => {
  authority.remove()
  other.remove()
  rmSync(home, { recursive: true, force: true })
})

let count = 0
const written = (bytes: Uint8Array | string) => {
  const path = join(home, `${(count += 1)}`)
  writeFileSync(path, bytes)
  return path
}
const bundle = (held: ReadonlyMap<string, Uint8Array> = files) => written(zipSync(Object.fromEntries(held)))
const verify = async (...args: readonly string[]) => {
  const { exit, out, err } = await runHere(['verify', ...args])
  return { exit, err, out: out.replaceAll(/\s+/g, ' ') }
}
const flipped = (path: string, at: number) => {
  const bytes = files.get(path) ?? new Uint8Array()
  return new Map(files).set(
    path,
    bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)),
  )
}
const says = 'The time-stamping authority Example TSA saw a head of the installation’s log at '

describe('art32 verify of a bundle with a time stamp', () => {
  it('says by whose clock and what it covers, and whose word the root is', async () => {
    const { exit, out, err } = await verify(bundle())
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain(says)
    expect(out).toContain('the first 4 of the 4 entries of this log were there by then; the edition is among them')
    expect(out).toContain('its root certificate is the one that the publisher named')
    const own = await verify(bundle(), '--tsa-root', authority.rootFile)
    expect(own.exit).toBe(0)
    expect(own.out).toContain(says)
    expect(own.out).not.toContain('the one that the publisher named')
    expect((await verify(bundle(await stampedBundle(2)))).out).toContain('the edition was recorded later')
  })

  it('fails by a root that one trusts and that it does not lead to', async () => {
    const { exit, out } = await verify(bundle(), '--tsa-root', other.rootFile)
    expect(exit).toBe(1)
    expect(out).toContain('✗ stamp/token.tsr: The certificate leads to no root that was named')
    expect((await verify(bundle(), '--tsa-root', written('hello'))).err).toContain(
      '--tsa-root: There is no certificate',
    )
    expect((await verify(bundle(), '--tsa-root', join(home, 'missing'))).exit).toBe(2)
  })

  it('finds a changed byte anywhere in stamp and root, and bytes that were added', async () => {
    const survivors: string[] = []
    for (const [path, step] of [
      ['stamp/token.tsr', 97],
      ['stamp/tsa.pem', 61],
    ] as const)
      for (let at = 0; at < (files.get(path)?.length ?? 0); at += step)
        if ((await verify(bundle(flipped(path, at)))).exit === 0) survivors.push(`${path} ${at}`)
    expect(survivors).toEqual([])
    const token = files.get('stamp/token.tsr') ?? new Uint8Array()
    const longer = new Map(files).set('stamp/token.tsr', Uint8Array.of(...token, 0))
    const more = new Map(files).set('stamp/tsa.pem', Buffer.from(authority.root + other.root))
    for (const held of [longer, more]) expect((await verify(bundle(held))).exit).toBe(1)
  })

  it('does the same in a proof file and in a browser, in German too', async () => {
    const path = join(home, 'line.tlog-proof')
    expect((await runHere(['proof', bundle(), '--line', 's3', '--output', path])).exit).toBe(0)
    expect((await verify(path)).out).toContain(says)
    expect((await verify(path, '--tsa-root', other.rootFile)).exit).toBe(1)
    const given = {
      name: 'bundle.zip',
      bundle: Uint8Array.from(zipSync(Object.fromEntries(files))),
      key: '',
      held: null,
    }
    const shown = await check({ ...given, policy: null, root: null })
    if (shown.kind !== 'verified') throw new Error(shown.why)
    const said = [...shown.verification.proven, ...shown.verification.notProven]
    expect(said.join(' ')).toContain(says)
    expect(said.filter((sentence) => german(sentence) === null)).toEqual([])
    const strict = await check({
      ...given,
      bundle: Uint8Array.from(given.bundle),
      policy: null,
      root: Buffer.from(other.root),
    })
    expect(strict).toMatchObject({ verification: { holds: false } })
    const wrong = await check({ ...given, bundle: Uint8Array.from(given.bundle), policy: null, root: Buffer.from('x') })
    expect(wrong).toEqual({ kind: 'unreadable', why: 'root' })
  })

  it('is shown by VERIFY.md in a shell, and a stamp of something else is not', () => {
    const script = verifyText.replaceAll(/^(?! {4}).*\n/gm, '').replaceAll(/^ {4}/gm, '')
    const run = (held: ReadonlyMap<string, Uint8Array>) => {
      const folder = join(home, `${(count += 1)}`)
      for (const [name, bytes] of held) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), bytes)
      }
      return execFileSync('bash', ['-c', `exec 2>&1\n${script}\ntrue`], { cwd: folder, encoding: 'utf8' })
    }
    const good = run(files)
    expect(good).toContain('stamp covers the first 4 entries')
    expect(good).toContain('Verification: OK')
    expect(good).toMatch(/^Time stamp: .* GMT$/m)
    expect(run(flipped('stamp/checkpoint', 40))).toContain('Verification: FAILED')
  })

  it.skipIf(!existsSync('/usr/bin/node'))('does the same by the single file and the Node.js of the machine', () => {
    const file = fileURLToPath(new URL('../../server/verifier/art32-verify.mjs', import.meta.url))
    const out = execFileSync('/usr/bin/node', [file, bundle(), '--tsa-root', authority.rootFile], { encoding: 'utf8' })
    expect(out.replaceAll(/\s+/g, ' ')).toContain(says)
  })
})
