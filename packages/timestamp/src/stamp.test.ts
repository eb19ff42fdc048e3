import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from './testing/tsa.ts'
import type { AuthorityWish, TestAuthority } from './testing/tsa.ts'
import { formatRoot, readRoots, readStamp, StampError, stampRequest } from './index.ts'

const text = new TextEncoder().encode('art32.example/instance\n3\nMvN26ZgQx6A6ov4YuS9k7c+xSFB3CBvsLYjwxwHzv0w=\n')
const imprintOf = (bytes: Uint8Array) => Uint8Array.from(createHash('sha256').update(bytes).digest())
const nonce = Uint8Array.of(0x91, 2, 3, 4, 5, 6, 7, 8)
const home = mkdtempSync(join(tmpdir(), 'art32-stamp-'))
const made: TestAuthority[] = []
const make = (wish: AuthorityWish = {}) => {
  const authority = makeAuthority(wish)
  made.push(authority)
  return authority
}
let authority: TestAuthority
let other: TestAuthority

beforeAll(() => {
  authority = make()
  other = make({ name: 'Other TSA' })
})
afterAll(() => {
  for (const one of made) one.remove()
  rmSync(home, { recursive: true, force: true })
})

const asked = (of = text, with_ = nonce) => stampRequest(imprintOf(of), with_)
const check = async (from = authority) => ({ text, nonce, roots: await readRoots(from.root) })
const problem = async (reply: Uint8Array, judge?: Awaited<ReturnType<typeof check>>) =>
  await readStamp(reply, judge ?? (await check())).then(
    () => 'none',
    (error: unknown) => (error instanceof StampError ? error.problem : String(error)),
  )
/** Whether OpenSSL accepts it too. */
const verifiedByOpenssl = (token: Uint8Array, root: string) => {
  for (const [name, bytes] of [
    ['token', token],
    ['text', text],
    ['root', root],
  ] as const)
    writeFileSync(join(home, name), bytes)
  return execFileSync('openssl', ['ts', '-verify', '-in', 'token', '-data', 'text', '-CAfile', 'root'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
}

describe('a time stamp', () => {
  it.each([
    ['RSA', {}],
    ['an elliptic curve', { curve: true }],
    ['a certificate between', { intermediate: true }],
  ])('counts where OpenSSL made it with %s, and OpenSSL accepts what is kept', async (_, wish) => {
    const tsa = make(wish)
    const before = Date.now()
    const stamp = await readStamp(tsa.reply(asked()), await check(tsa))
    expect(stamp).toMatchObject({ authority: 'Example TSA', imprint: imprintOf(text), accuracyMs: 1_000 })
    expect(Math.abs(stamp.time.getTime() - before)).toBeLessThan(60_000)
    expect(verifiedByOpenssl(stamp.token, stamp.root)).toContain('Verification: OK')
    const again = await readStamp(stamp.token, { text, roots: await readRoots(stamp.root) })
    expect([again.token, again.root]).toEqual([stamp.token, stamp.root])
  })

  it('keeps no byte whose change is not found', async () => {
    const { token, root } = await readStamp(authority.reply(asked()), await check())
    const roots = await readRoots(root)
    const survivors: number[] = []
    // Every fifth, and every one of the root: a check takes five milliseconds.
    for (let i = 0; i < token.length; i += 5) {
      const changed = token.map((byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte))
      const found = await readStamp(changed, { text, roots }).catch(() => null)
      if (found !== null && Buffer.from(found.token).equals(changed)) survivors.push(i)
    }
    expect(survivors).toEqual([])
    const kept: number[] = []
    for (let i = 0; i < root.length; i += 1) {
      const changed = root.slice(0, i) + String.fromCharCode(root.charCodeAt(i) ^ 1) + root.slice(i + 1)
      const read = await readRoots(changed).catch(() => [])
      if (read[0] !== undefined && formatRoot(read[0]) === changed) kept.push(i)
    }
    expect(kept).toEqual([])
  }, 60_000)

  it('counts for its own text, question and root only', async () => {
    const reply = authority.reply(asked())
    expect(await problem(reply)).toBe('none')
    expect(await problem(reply, { ...(await check()), text: new TextEncoder().encode('else\n') })).toBe('imprint')
    expect(
      await problem(
        authority.reply(
          asked(
            text,
            nonce.map((byte) => byte + 1),
          ),
        ),
      ),
    ).toBe('nonce')
    expect(await problem(reply, await check(other))).toBe('untrusted')
    expect(await problem(other.reply(asked()))).toBe('untrusted')
  })

  it.each<readonly [string, AuthorityWish]>([
    ['is over', { validity: ['20200101000000Z', '20210101000000Z'] }],
    ['has not begun', { validity: ['20900101000000Z', '20910101000000Z'] }],
  ])('does not count by a certificate whose time %s', async (_, wish) => {
    const tsa = make(wish)
    expect(await problem(tsa.reply(asked()), await check(tsa))).toBe('untrusted')
  })

  it('does not count where the authority refuses, or says something else', async () => {
    const refused = authority.reply(asked().slice(0, 12))
    expect(await problem(refused)).toBe('refused')
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0x30, 0x80),
      new TextEncoder().encode('<html>'),
      new Uint8Array(70_000),
    ])
      expect(await problem(bytes)).toBe('garbage')
    const reply = authority.reply(asked())
    const cut = await Promise.all([10, 100, 500, reply.length - 1].map((end) => problem(reply.slice(0, end))))
    expect(cut.filter((one) => one === 'none')).toEqual([])
  })

  it('takes no root that is none', async () => {
    await expect(readRoots('')).rejects.toThrow(StampError)
    await expect(readRoots('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).rejects.toThrow(
      StampError,
    )
  })
})
