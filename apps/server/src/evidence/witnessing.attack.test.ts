import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  formatVkey,
  openNote,
  parseCheckpoint,
  parsePolicy,
  parseVkey,
  verifierKey,
  verifyBundle,
  verifyClaim,
} from '@art32/ledger'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerCrypto } from '../platform/index.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { adopt, keepDocument } from '../measure/index.ts'
import { makeDraft } from '../edition/index.ts'

const program = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'art32-e2e-witness-'))
const state = join(home, 'witness.json')
const pretended = verifierKey(ledgerCrypto, {
  name: 'pretended.example/witness',
  type: 0x04,
  publicKey: generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
})

/** Bears the id of the key, and signs nothing. */
const forged = Buffer.concat([Buffer.from(pretended.id, 'hex'), Buffer.alloc(72)]).toString('base64')

/** Answers whatever the test says: what no honest witness would. */
let says = { status: 503, body: '' }
const liar = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(says.status).end(says.body))
})

let customer: { child: ChildProcess; vkey: string; address: string }
let server: TestServer
let owner: Person

interface Shown {
  readonly instance: {
    readonly vkey: string
    readonly witnesses: readonly {
      name: string
      size: number | null
      cosignedAt: string | null
      problem: string | null
    }[]
  }
}

async function startWitness(port: string, allow: readonly string[]): Promise<typeof customer> {
  const args = ['witness', '--state', state, '--name', 'customer.example/witness', '--port', port]
  const child = spawn(process.execPath, [program, ...args, ...allow.flatMap((vkey) => ['--allow', vkey])], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  // Not read to its end by a loop that breaks: that would close the pipe under the witness.
  return await new Promise((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      const [, vkey, address] = /^witness {2}(\S+)\naddress {2}(\S+)\n/.exec(out) ?? []
      if (vkey !== undefined && address !== undefined) resolve({ child, vkey, address })
    })
    child.once('close', () => reject(new Error('the witness ended')))
  })
}

async function stopWitness(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  customer.child.kill(signal)
  await once(customer.child, 'exit')
}

const shown = async () => ((await (await owner.get('/api/tenants/alpha/ledger/show')).json()) as Shown).instance
const witnessesNow = async () => (await shown()).witnesses
/** Something happens in the installation, and a minute passes. */
const grow = async (slug: string) => {
  await server.registry.create({ name: slug, slug, language: 'en' })
  await server.ledgers.anchorAll()
}

beforeAll(async () => {
  liar.listen(0, '127.0.0.1')
  await once(liar, 'listening')
  customer = await startWitness('0', [])
  const pretence = `${formatVkey(pretended)} http://127.0.0.1:${(liar.address() as AddressInfo).port}/w/`
  server = await startTestServer({ ART32_WITNESSES: `${customer.vkey} ${customer.address}, ${pretence}` })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(async () => {
  customer.child.kill('SIGKILL')
  liar.close()
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

/** A new edition, and a minute passes. */
const draft = async () => {
  await server.tenants.asSystem('alpha', (tx) => makeDraft(tx, server), { settled: true })
  await server.ledgers.anchor(await server.registry.open('alpha'))
  await server.ledgers.anchorAll()
}

/** The bundle of the newest edition, checked by the customer's own policy. */
const bundleNow = async () => {
  const response = await fetch(`${server.local}/trust/alpha/bundle.zip`)
  const files = new Map(Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))))
  const policy = parsePolicy(ledgerCrypto, `witness mine ${customer.vkey}\nquorum mine\n`)
  return { files, report: verifyBundle(ledgerCrypto, files, { policy }), unasked: verifyBundle(ledgerCrypto, files) }
}

describe('the witness of a customer', () => {
  it('refuses at first, which is said, and cosigns once its operator has allowed the key', async () => {
    const before = await fetch(`${server.local}/ledger/checkpoint`)
    expect([before.status, await before.text()]).toEqual([
      404,
      'No witness has cosigned the ledger of this installation.\n',
    ])
    await server.ledgers.anchorAll()
    expect(await witnessesNow()).toMatchObject([
      { name: 'customer.example/witness', size: null, cosignedAt: null, problem: 'refused' },
      { name: 'pretended.example/witness', size: null, problem: 'refused' },
    ])
    const port = new URL(customer.address).port
    await stopWitness('SIGTERM')
    customer = await startWitness(port, [(await shown()).vkey])
    await server.ledgers.anchorAll()
    const [cosigned] = await witnessesNow()
    expect(cosigned).toMatchObject({ size: expect.any(Number), cosignedAt: expect.any(String), problem: null })
  })

  it('is served with the checkpoint to everybody, and its cosignature verifies by the key that it printed', async () => {
    const note = await (await fetch(`${server.local}/ledger/checkpoint`)).text()
    const keys = [parseVkey(ledgerCrypto, customer.vkey), parseVkey(ledgerCrypto, (await shown()).vkey)]
    const opened = openNote(ledgerCrypto, note, keys)
    expect(opened.verified.map(({ key }) => key.name).sort()).toEqual(
      [keys[1]!.name, 'customer.example/witness'].sort(),
    )
    expect(parseCheckpoint(opened.text).size).toBe((await witnessesNow())[0]?.size)
  })

  it('follows the log as it grows, and catches up after it was away', async () => {
    const first = (await witnessesNow())[0]?.size ?? 0
    await grow('beta')
    const second = (await witnessesNow())[0]?.size ?? 0
    expect(second).toBeGreaterThan(first)
    const { port } = new URL(customer.address)
    await stopWitness('SIGKILL')
    await grow('gamma')
    expect((await witnessesNow())[0]).toMatchObject({ size: second, problem: 'unreachable' })
    customer = await startWitness(port, [(await shown()).vkey])
    await server.ledgers.anchorAll()
    expect((await witnessesNow())[0]).toMatchObject({ size: expect.any(Number), problem: null })
    expect((await witnessesNow())[0]?.size).toBeGreaterThan(second)
  })

  it('stands in the bundle of an edition, which says that the ledger goes to it', async () => {
    const text = new TextEncoder().encode('All network communication uses TLS 1.2 or newer.\n')
    const read = await server.read(text, 'tom.txt', new Date())
    await server.tenants.asSystem('alpha', async (tx) => adopt(tx, (await keepDocument(tx, text, read)).id))
    await draft()
    const { report, unasked, files } = await bundleNow()
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(report.witnessed).toMatchObject({ witnesses: [{ name: 'customer.example/witness', isYours: true }] })
    expect(report.proven.join(' ')).toContain('the edition is among them')
    expect(unasked.notProven.join(' ')).toContain('who named them in the bundle: customer.example/witness.')
    const page = await (await fetch(`${server.local}/trust/alpha`)).text()
    expect(page).toContain('By now the witness customer.example/witness has cosigned, by its own clock ')
    expect(page).toContain('with this edition')
    expect(page).toContain('The ledger goes to these witnesses, which the provider chose: customer.example/witness, ')
    expect(new TextDecoder().decode(files.get('policy.txt'))).not.toContain('pretended.example')
  })

  it('stands in the proof of each line, and no line that is not public has one', async () => {
    const page = await (await fetch(`${server.local}/trust/alpha`)).text()
    const [path = ''] = /\/trust\/alpha\/line\/[^"]+/.exec(page) ?? []
    const text = await (await fetch(`${server.local}${path}`)).text()
    const policy = parsePolicy(ledgerCrypto, `witness mine ${customer.vkey}\nquorum mine\n`)
    const report = verifyClaim(ledgerCrypto, text, { policy })
    expect(report).toMatchObject({ holds: true, witnessed: { witnesses: [{ name: 'customer.example/witness' }] } })
    expect(`/trust/alpha/line/${report.line}.tlog-proof`).toBe(path)
    for (const other of [
      'alpha/line/0.tlog-proof',
      'alpha/line/..%2f.tlog-proof',
      'beta/line/0.tlog-proof',
      'alpha/line/',
    ])
      expect([other, (await fetch(`${server.local}/trust/${other}`)).status]).toEqual([other, 404])
    const show = async (visibility: string) => {
      await server.tenants.asSystem('alpha', ({ sql }) => sql.query('update measure set visibility = $1', [visibility]))
      await draft()
      return (await fetch(`${server.local}${path}`)).status
    }
    expect([await show('auditors'), await show('public')]).toEqual([404, 200])
  })

  it('covers less than the bundle holds once it is away, which the bundle says', async () => {
    const { port } = new URL(customer.address)
    const before = (await bundleNow()).report.witnessed
    await stopWitness('SIGKILL')
    await draft()
    const { report } = await bundleNow()
    expect(report.witnessed).toMatchObject({ size: before?.size, head: before?.head })
    expect(report.proven.join(' ')).toContain('the edition was recorded later')
    const page = await (await fetch(`${server.local}/trust/alpha?language=de`)).text()
    expect(page).toContain('diese Fassung noch nicht')
    expect(report.notProven.join(' ')).toContain('That what was recorded after the last witnessing stays as it is')
    customer = await startWitness(port, [(await shown()).vkey])
    await server.ledgers.anchorAll()
    expect((await bundleNow()).report.proven.join(' ')).toContain('the edition is among them')
  })

  it('is left out where what it cosigned is not of the ledger that is here, as after a restore', async () => {
    const { control } = server.databases
    const { rows } = await control.query<{ note: string }>('select note from witness where vkey = $1', [customer.vkey])
    const note = rows[0]?.note ?? ''
    const longer = note.replace(/\n\d+\n/, '\n999999\n')
    await control.query('update witness set note = $2, size = 999999 where vkey = $1', [customer.vkey, longer])
    const { report, unasked } = await bundleNow()
    expect([report.holds, unasked.holds, unasked.witnessed]).toEqual([false, true, null])
    await control.query('update witness set note = $2, size = $3 where vkey = $1', [
      customer.vkey,
      note,
      parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size,
    ])
    expect((await bundleNow()).report.holds).toBe(true)
  })

  it('goes on where an answer of it was lost', async () => {
    await server.databases.control.query('update witness set size = 1 where vkey = $1', [customer.vkey])
    await grow('delta')
    const kept = readFileSync(state, 'utf8')
    expect((await witnessesNow())[0]).toMatchObject({ problem: null })
    expect(kept).toContain(`\\n${(await witnessesNow())[0]?.size}\\n`)
  })

  it.each([
    ['a longer log than there is', { status: 409, body: '99999999\n' }, 'ahead'],
    ['the very size that was named', { status: 409, body: '0\n' }, 'forked'],
    ['that the proof does not hold', { status: 422, body: 'no' }, 'forked'],
    ['a size below zero', { status: 409, body: '-1' }, 'refused'],
    ['a page', { status: 409, body: '<html>' }, 'refused'],
    ['that it is elsewhere', { status: 301, body: '' }, 'refused'],
    ['words', { status: 200, body: 'fine\n' }, 'invalid'],
    ['a signature over something else', { status: 200, body: `— ${pretended.name} ${forged}\n` }, 'invalid'],
    ['more than anybody reads', { status: 200, body: '\n'.repeat(600_000) }, 'unreachable'],
  ])('says of a witness that answers %s what is wrong, and goes on with the others', async (_, answer, problem) => {
    says = answer
    await server.ledgers.anchorAll()
    const [honest, other] = await witnessesNow()
    expect(other).toMatchObject({ size: null, problem })
    expect(honest?.problem).toBeNull()
  })
})
