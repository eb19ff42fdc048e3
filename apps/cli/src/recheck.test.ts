import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bundle } from '@art32/ledger'
import type { EditionDocument } from '@art32/press'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { recheck } from './recheck.ts'
import { sampleBundle } from './testing/bundle.ts'
import { issue, listen, tlsServer, type TestServer } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'
import { verify } from './verify.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-recheck-'))
const servers: TestServer[] = []
let good = 0
let old = 0
let knocks = 0
let trap = 0

beforeAll(async () => {
  const issued = issue({ name: 'localhost' })
  const keep = (server: TestServer) => (servers.push(server), server.port)
  good = keep(await tlsServer(issued, { minVersion: 'TLSv1.2' }))
  old = keep(await tlsServer(issued, { minVersion: 'TLSv1', maxVersion: 'TLSv1' }))
  trap = keep(
    await listen(
      createServer((socket) => {
        knocks += 1
        socket.destroy()
      }),
    ),
  )
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  rmSync(home, { recursive: true, force: true })
})

/** The sample, with its system named so; its one check is `tls.protocols`, recorded as a pass. */
const named = (system: string) => sampleBundle({ edit: (edition) => rename(edition, system) }).files
const rename = (edition: EditionDocument, system: string): unknown =>
  JSON.parse(JSON.stringify(edition).replaceAll('"www.example.com"', JSON.stringify(system)))
const lookAgain = (files: Bundle) => recheck(files, { mayReach: () => true, timeoutMs: 5_000 })

describe('looking again from here', () => {
  it('says of each outcome whether it is the same, different, or out of reach', async () => {
    const base = { line: 's3', check: 'tls.protocols', recorded: 'pass' }
    expect(await lookAgain(named(`localhost:${good}`))).toMatchObject([{ ...base, now: 'pass', result: 'same' }])
    expect(await lookAgain(named(`localhost:${old}`))).toMatchObject([{ ...base, now: 'fail', result: 'different' }])
    expect(await lookAgain(named('localhost:1'))).toMatchObject([{ ...base, now: null, result: 'not-reachable' }])
  })

  it.each([
    'Front door',
    'intern',
    '0b9f6c1e-6a52-4bb7-9f5e-1f1d5f0a7c11',
    'a b.example',
    'user@host.example',
    '../x.y',
  ])('leaves a system alone that is not named by its address: %s', async (system) => {
    expect(await lookAgain(named(system))).toEqual([])
  })

  it.each(['localhost', '127.0.0.1'])(
    'knocks at nothing of its own network, however a bundle names it: %s',
    async (name) => {
      const found = await recheck(named(`${name}:${trap}`), { timeoutMs: 5_000 })
      expect(found).toMatchObject([{ result: 'not-reachable', now: null }])
      expect(knocks).toBe(0)
    },
  )

  it('tells it after the verdict, and ends with 1 where a pass is seen to fail', async () => {
    const run = async (files: Bundle, json = false) => {
      const path = join(home, 'bundle.zip')
      writeFileSync(path, zipSync(Object.fromEntries(files)))
      let out = ''
      const terminal = { out: (text: string) => void (out += text), err: () => undefined, columns: 100, isLive: false }
      const exit = await verify(path, { json }, { ...terminal, environment: {}, input: process.stdin }, lookAgain)
      return { exit, out }
    }
    const same = await run(named(`localhost:${good}`))
    expect([same.exit, same.out]).toEqual([0, expect.stringContaining('Looked at again from here\n  ✓ line s3')])
    const worse = await run(named(`localhost:${old}`))
    expect(worse.exit).toBe(1)
    expect(worse.out.replaceAll(/\s+/g, ' ')).toContain('different now: recorded as pass, seen as fail')
    const nothing = await run(named('Front door'))
    expect([nothing.exit, nothing.out]).toEqual([0, expect.stringContaining('Nothing: no line rests')])
    expect(JSON.parse((await run(named('localhost:1'), true)).out)).toMatchObject({
      holds: true,
      recheck: [{ result: 'not-reachable' }],
    })
    const broken = new Map(named(`localhost:${trap}`)).set('checkpoint', new Uint8Array())
    expect((await run(broken)).exit).toBe(1)
    expect(knocks).toBe(0)
  })

  it('would have been heard knocking', async () => {
    await lookAgain(named(`localhost:${trap}`))
    expect(knocks).toBeGreaterThan(0)
  })

  it('is an option of art32 verify', async () => {
    const path = join(home, 'plain.zip')
    writeFileSync(path, zipSync(Object.fromEntries(named('Front door'))))
    const { exit, out } = await runHere(['verify', path, '--recheck'])
    expect([exit, out]).toEqual([0, expect.stringContaining('Looked at again from here')])
  })
})

it.each([
  ['93.184.215.14', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ...[
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
  ].map((address) => [address, false] as const),
  ...['::1', '::', 'fe80::1', 'fd00:ec2::254', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1'].map(
    (address) => [address, false] as const,
  ),
] as const)('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})
