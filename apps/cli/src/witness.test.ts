import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, hash, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addCosignatures,
  encodeUtf8,
  formatAddCheckpoint,
  formatCheckpoint,
  formatVkey,
  leafHash,
  openNote,
  parseVkey,
  proveConsistency,
  type Signer,
  signNote,
  treeRoot,
  verifierKey,
} from '@art32/ledger'
import { afterEach, afterAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeCrypto } from './node-crypto.ts'
import { mainFile, runChild } from './testing/child.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-witness-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A log in memory, with as many histories as a test wants. */
class Log {
  readonly signer: Signer
  readonly vkey: string

  constructor(name: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
    this.signer = { name, type: 0x01, publicKey: raw, sign: (message) => sign(null, message, privateKey) }
    this.vkey = formatVkey(verifierKey(nodeCrypto, this.signer))
  }

  checkpoint(size: number, history = 'entry'): string {
    const root = treeRoot(nodeCrypto, leaves(history).slice(0, size))
    return signNote(nodeCrypto, formatCheckpoint({ origin: this.signer.name, size, root }), [this.signer])
  }

  request(oldSize: number, size: number, history = 'entry'): string {
    const all = leaves(history)
    const proof =
      oldSize === 0 || oldSize === size
        ? []
        : proveConsistency(nodeCrypto, oldSize, size, (nodes) =>
            nodes.map(({ level, index }) => treeRoot(nodeCrypto, all.slice(index << level, (index + 1) << level))),
          )
    return formatAddCheckpoint({ oldSize, proof, checkpoint: this.checkpoint(size, history) })
  }
}

const known = new Map<string, Uint8Array[]>()
function leaves(history: string): Uint8Array[] {
  const made =
    known.get(history) ??
    Array.from({ length: 2_000 }, (_, i) => leafHash(nodeCrypto, hash('sha256', `${history} ${i}`, 'buffer')))
  known.set(history, made)
  return made
}

interface Running {
  readonly child: ChildProcess
  readonly vkey: string
  readonly port: number
  readonly lines: () => string
}

const running = new Set<ChildProcess>()
let state = ''
let log: Log
let number = 0

beforeEach(() => {
  state = join(home, `${(number += 1)}.json`)
  log = new Log('example.com/log')
})

afterEach(async () => {
  for (const child of running) await end({ child }, 'SIGKILL')
})

async function start(allow = [log.vkey]): Promise<Running> {
  const allowed = allow.flatMap((vkey) => ['--allow', vkey])
  const args = ['witness', '--state', state, '--name', 'customer.example/witness', '--port', '0', ...allowed]
  const child = spawn(process.execPath, [mainFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let out = ''
  let err = ''
  child.stderr.on('data', (part: Buffer) => (err += part.toString()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      if (/^address .*\n/m.test(out)) resolve()
    })
    child.once('close', () => reject(new Error(err)))
  })
  const vkey = /^witness {2}(\S+)$/m.exec(out)?.[1] ?? ''
  const port = Number(/^address {2}http:\/\/127\.0\.0\.1:(\d+)$/m.exec(out)?.[1])
  return { child, vkey, port, lines: () => err }
}

async function end({ child }: Pick<Running, 'child'>, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill(signal)
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

async function post({ port }: Running, body: string) {
  const answer = await fetch(`http://127.0.0.1:${port}/add-checkpoint`, { method: 'POST', body })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

describe('art32 witness', () => {
  it('cosigns what grows, by the key that it printed and keeps, in a file for its owner only', async () => {
    const first = await start()
    const answer = await post(first, log.request(0, 7))
    expect(answer.status).toBe(200)
    const note = addCosignatures(nodeCrypto, log.checkpoint(7), encodeUtf8(answer.text), [
      parseVkey(nodeCrypto, first.vkey),
    ])
    const { verified } = openNote(nodeCrypto, note, [parseVkey(nodeCrypto, first.vkey)])
    expect(Math.abs((verified[0]?.posixTime ?? 0) - Date.now() / 1000)).toBeLessThan(60)
    expect(await end(first, 'SIGTERM')).toBe(0)
    expect(statSync(state).mode & 0o777).toBe(0o600)
    const second = await start()
    expect(second.vkey).toBe(first.vkey)
    expect((await post(second, log.request(7, 12))).status).toBe(200)
    await expect.poll(second.lines).toMatch(/^\d{4}-\S+Z 200 example\.com\/log size 12 cosigned\n$/)
  })

  it('refuses a rollback with the size that it knows, also after kill -9', async () => {
    const first = await start()
    expect((await post(first, log.request(0, 20))).status).toBe(200)
    await end(first, 'SIGKILL')
    const second = await start()
    const answer = await post(second, log.request(7, 12))
    expect(answer).toEqual({ status: 409, type: 'text/x.tlog.size', text: '20\n' })
    expect((await post(second, log.request(0, 20))).text).toBe('20\n')
    expect((await post(second, log.request(20, 21))).status).toBe(200)
  })

  it('refuses a fork, says so in its line, and keeps both checkpoints', async () => {
    const witness = await start()
    await post(witness, log.request(0, 20))
    expect(await post(witness, log.request(20, 20, 'another'))).toMatchObject({ status: 409, text: '20\n' })
    await expect.poll(witness.lines).toContain('409 example.com/log size 20 FORK, both checkpoints are kept')
    expect((await post(witness, log.request(20, 30, 'another'))).status).toBe(422)
    const kept = JSON.parse(readFileSync(state, 'utf8')) as { logs: unknown }
    expect(kept.logs).toEqual({
      'example.com/log': { checkpoint: log.checkpoint(20), conflict: log.checkpoint(20, 'another') },
    })
    await end(witness, 'SIGKILL')
    expect((await post(await start(), log.request(20, 30))).status).toBe(200)
  })

  it('cosigns again for a log that never got the answer', async () => {
    const witness = await start()
    await post(witness, log.request(0, 7))
    const body = log.request(7, 12)
    const socket = connect(witness.port, '127.0.0.1')
    socket.end(`POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    await expect.poll(witness.lines).toContain('size 12 cosigned')
    socket.destroy()
    expect(await post(witness, body)).toMatchObject({ status: 409, text: '12\n' })
    expect((await post(witness, log.request(12, 12))).status).toBe(200)
  })

  it('lets one of twenty requests from the same head win, and rolls back for none', async () => {
    const witness = await start()
    await post(witness, log.request(0, 100))
    const sizes = Array.from({ length: 20 }, (_, i) => 101 + i)
    const answers = await Promise.all(sizes.map((size) => post(witness, log.request(100, size))))
    const won = sizes.filter((_, i) => answers[i]?.status === 200)
    expect(won).toHaveLength(1)
    expect(await post(witness, log.request(0, 1))).toMatchObject({ status: 409, text: `${won[0]}\n` })
  })

  it('has on the disk whatever it cosigned, killed four times at any moment', { timeout: 120_000 }, async () => {
    let acknowledged = 0
    for (let round = 0; round < 4; round++) {
      const witness = await start()
      // Asks for what it knows: from no head to the empty one, which is refused by any witness that has seen more.
      const probe = await post(witness, log.request(0, 0))
      let size = probe.status === 200 ? 0 : Number(probe.text)
      expect(size, `round ${round}`).toBeGreaterThanOrEqual(acknowledged)
      // How soon the first one is cosigned is for the machine to say.
      let killed: NodeJS.Timeout | undefined
      for (;;) {
        const answer = await post(witness, log.request(size, size + 1)).catch(() => null)
        if (answer === null) break
        expect(answer.status).toBe(200)
        acknowledged = size += 1
        killed ??= setTimeout(() => witness.child.kill('SIGKILL'), 37 * round)
      }
      clearTimeout(killed)
      await end(witness, 'SIGKILL')
    }
    expect(acknowledged).toBeGreaterThanOrEqual(4)
  })

  it('answers strangers, other addresses and bodies without end, and goes on', async () => {
    const witness = await start()
    const stranger = new Log('stranger.example/log')
    expect((await post(witness, stranger.request(0, 7))).status).toBe(404)
    expect((await post(witness, new Log('example.com/log').request(0, 7))).status).toBe(403)
    expect((await post(witness, '\u001b[2Jold 7\n')).status).toBe(400)
    const address = `http://127.0.0.1:${witness.port}`
    expect((await fetch(`${address}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${address}/`)).status).toBe(404)
    const huge = await post(witness, 'x'.repeat(1_000_000)).catch(() => null)
    expect([null, 413]).toContain(huge?.status ?? null)
    expect((await post(witness, log.request(0, 7))).status).toBe(200)
    expect(witness.lines()).not.toContain('\u001b')
  })

  it('refuses whoever names two hosts', async () => {
    const witness = await start()
    const body = log.request(0, 7)
    const ask = async (hosts: string, target = '/add-checkpoint') => {
      const socket = connect(witness.port, '127.0.0.1')
      let answer = ''
      socket.on('data', (part: Buffer) => void (answer += part.toString()))
      socket.on('error', () => undefined)
      socket.write(
        `POST ${target} HTTP/1.1\r\n${hosts}Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
      await once(socket, 'close')
      return answer.slice(0, 12)
    }
    const one = 'Host: witness.example\r\n'
    const refused = [
      await ask(`${one}Host: other.example\r\n`),
      await ask(one + one),
      await ask(`${one}${'X:\r\n'.repeat(1_500)}Host: other.example\r\n`),
      await ask('Host: witness.example, other.example\r\n'),
      await ask(one, 'http://other.example/add-checkpoint'),
      await ask(''),
    ]
    expect(refused).toEqual(refused.map(() => 'HTTP/1.1 400'))
    expect(await ask(one)).toBe('HTTP/1.1 200')
  })

  it('refuses a second process, a state that is none, another name, and keys that are no keys of logs', async () => {
    const witness = await start()
    const say = async (...args: string[]) => {
      const { exit, err } = await runChild(['witness', '--port', '0', ...args])
      return `${exit} ${err}`
    }
    const said = await Promise.all([
      say('--state', state),
      say('--state', join(home, 'a.json')),
      say('--state', join(home, 'none/b.json')),
      say('--state', join(home, 'c.json'), '--allow', witness.vkey),
    ])
    expect(said).toEqual([
      expect.stringContaining(`2 art32: Another witness, process ${witness.child.pid},`),
      expect.stringContaining('2 art32: A new witness needs a name'),
      expect.stringContaining('(ENOENT)'),
      expect.stringContaining('is the key of a witness'),
    ])
    await end(witness, 'SIGTERM')
    expect(await say('--state', state, '--name', 'other.example/w')).toContain('has another name')
    const half = readFileSync(state, 'utf8').slice(0, -5)
    writeFileSync(state, half)
    expect(await say('--state', state, '--name', 'customer.example/witness')).toContain('is not the file of a witness')
    expect(readFileSync(state, 'utf8')).toBe(half)
  })
})
