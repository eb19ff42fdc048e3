import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whys, type ProveResult } from '@art32/probes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runChild } from './testing/child.ts'
import { hangingServer, issue, tlsServer, type TestServer } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-prove-'))
const authority = issue({ name: 'Test Authority', days: 400, isAuthority: true })
const good = issue({ name: 'localhost', issuer: authority })
const servers = new Map<string, TestServer>()
const target = (name: string) => `tls://localhost:${servers.get(name)?.port}`

beforeAll(async () => {
  writeFileSync(join(home, 'authority.pem'), authority.certificate)
  const expired = issue({ name: 'localhost', days: -3, issuer: authority })
  servers.set('good', await tlsServer(good, { minVersion: 'TLSv1.2' }))
  servers.set('old', await tlsServer(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1' }))
  servers.set('expired', await tlsServer(expired, { minVersion: 'TLSv1.2' }))
  servers.set('self-signed', await tlsServer(issue({ name: 'localhost' }), { minVersion: 'TLSv1.2' }))
  servers.set('hanging', await hangingServer())
})
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()))
  rmSync(home, { recursive: true, force: true })
})

/** Runs with the authority of the tests trusted, which only the start of a process can do. */
async function prove(...args: string[]) {
  const ran = await runChild(['prove', '--json', ...args], { NODE_EXTRA_CA_CERTS: join(home, 'authority.pem') })
  return { ...ran, result: JSON.parse(ran.out) as ProveResult }
}
const states = (result: ProveResult, name: string) => {
  const found = result.targets.find(({ system }) => system.endsWith(`:${servers.get(name)?.port}`))
  return Object.fromEntries(found?.checks.map(({ check, state }) => [check, state]) ?? [])
}

describe('art32 prove', () => {
  it('tells TLS 1.0 only, an expired chain, a self-signed one, a good one and a hanging port apart, at once', async () => {
    const names = [...servers.keys()]
    const { exit, err, result } = await prove(...names.flatMap((name) => ['--target', target(name)]), '--timeout', '3')
    expect(exit).toBe(1)
    expect(result.schema).toBe('art32.prove/1')
    expect(states(result, 'good')).toMatchObject({ 'tls.protocols': 'pass', 'tls.chain': 'pass', 'tls.expiry': 'pass' })
    expect(states(result, 'old')).toMatchObject({ 'tls.protocols': 'fail', 'tls.chain': 'pass' })
    expect(states(result, 'expired')).toMatchObject({ 'tls.protocols': 'pass', 'tls.expiry': 'fail' })
    expect(states(result, 'self-signed')).toMatchObject({ 'tls.chain': 'fail', 'tls.expiry': 'pass' })
    const hanging = result.targets[names.indexOf('hanging')]
    expect(new Set(hanging?.checks.map(({ state }) => state))).toEqual(new Set(['not-evaluated']))
    expect(new Set(hanging?.checks.map(({ outcomes }) => outcomes[0]?.reason))).toEqual(new Set(['unreachable']))
    // One line a target, in the order in which they ended: the hanging one holds up nobody.
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines[4]).toContain(`localhost:${servers.get('hanging')?.port}: ${hanging?.checks.length} not evaluated`)
    const slowest = Math.max(...result.targets.filter((one) => one !== hanging).map(({ tookMs }) => tookMs))
    expect(slowest).toBeLessThan(hanging?.tookMs ?? 0)
  })

  it('ends with 0 where nothing failed, and says in words what was seen', async () => {
    const trust = { NODE_EXTRA_CA_CERTS: join(home, 'authority.pem') }
    const { exit, out } = await runChild(
      ['prove', '--target', target('good'), '--only', 'tls.chain,tls.protocols'],
      trust,
    )
    expect(exit).toBe(0)
    expect(out).toContain('  ✓ pass           ')
    expect(out).toContain('[tls.protocols]')
    expect(out).not.toContain('tls.expiry')
  })

  it('groups what could not be looked at under its one reason, and has a status for seeing nothing', async () => {
    const { exit, out, err } = await runHere(['prove', '--target', target('hanging'), '--timeout', '1'])
    expect(exit).toBe(3)
    expect(err).toContain('Nothing could be looked at, so nothing is said.\n')
    expect(out.match(/\? not evaluated/g)).toHaveLength(1)
    expect(out).toMatch(/^\d+ could not be evaluated: that is neither a pass nor a fail\./m)
  })

  it('names a fault, its remedy and the check', async () => {
    const { exit, out } = await runHere(['prove', '--target', target('self-signed'), '--only', 'tls.chain'])
    expect(exit).toBe(1)
    expect(out).toMatch(/✗ fail {11}.+\[tls\.chain\]\n +→ .+/)
  })

  it('carries parameters into a check and back out in its outcome', async () => {
    const { result } = await prove(
      '--target',
      target('good'),
      '--param',
      'tls.expiry.failDays=3000',
      '--only',
      'tls.expiry',
    )
    expect(result.targets[0]?.checks[0]).toMatchObject({
      state: 'fail',
      outcomes: [{ parameters: { failDays: 3000 } }],
    })
  })

  it('shows a person one line that is written over', async () => {
    const { err } = await runHere(['prove', '--target', target('good'), '--only', 'tls.chain'], { isLive: true })
    expect(err).toContain('\r\u001B[2K0 of 1 looked at; tls:localhost')
    expect(err).toMatch(/\r\u001B\[2K[^\n]+\.\n$/)
    expect(err.match(/\n/g)).toHaveLength(1)
  })

  it.each([
    [[], 'Name what to look at'],
    [['--target', 'gopher://user:hunter2@example.com'], '--target 1: The scheme of this target is not known.'],
    [['--target', 'postgres://user:hunter2@'], '--target 1: This database address'],
    [['postgres://user:hunter2@example.com/db'], 'too many arguments'],
    [['--targets=postgres://user:hunter2@example.com/db'], 'unknown option'],
    [['--host', '--only', 'tls.chian'], 'There is no check of this name. Near it: tls.chain'],
    [['--host', '--only', 'tls.chain'], 'None of the checks in --only looks at these targets.'],
    [['--host', '--param', 'tls.chain'], 'A parameter is written as check.name=value'],
    [['--host', '--param', 'tls.chain.colour=blue'], 'tls.chain has no parameter "colour"'],
    [['--host', '--param', 'tls.chain.minRsaBits=many'], 'The value of tls.chain.minRsaBits is not one'],
    [['--host', '--timeout', 'soon'], '--timeout takes seconds'],
    [['--host', '--timeout', '0'], '--timeout takes seconds'],
  ])('refuses %j without repeating a password', async (args, say) => {
    const { exit, out, err } = await runHere(['prove', ...args])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(say)
    expect(err).not.toContain('hunter2')
  })

  it('keeps a password out of everything it prints', async () => {
    const { exit, out, err } = await runHere(['prove', '--json', '--target', 'postgres://user:hunter2@localhost:1/db'])
    expect(exit).toBe(3)
    expect(`${out}${err}`).toContain('localhost')
    expect(`${out}${err}`).not.toContain('hunter2')
  })

  it('prints only what its reference page names', async () => {
    const page = readFileSync(new URL('../../../docs/reference/prove-schema.md', import.meta.url), 'utf8')
    const named = new Set([...page.matchAll(/`([\w-]+)(?:\[\])?`/g)].map(([, name]) => name))
    const open = new Set(['facts', 'params', 'parameters'])
    const membersOf = (value: unknown): string[] => {
      if (Array.isArray(value)) return value.flatMap(membersOf)
      if (typeof value !== 'object' || value === null) return []
      return Object.entries(value).flatMap(([name, inner]) => [name, ...(open.has(name) ? [] : membersOf(inner))])
    }
    const targets = ['good', 'self-signed', 'hanging'].flatMap((name) => ['--target', target(name)])
    const { out } = await runHere(['prove', '--json', '--timeout', '1', ...targets])
    const result: unknown = JSON.parse(out)
    expect(membersOf(result).length).toBeGreaterThan(100)
    expect([...new Set(membersOf(result))].filter((name) => !named.has(name))).toEqual([])
    for (const why of whys) expect(named).toContain(why)
  })
})
