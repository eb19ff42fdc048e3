import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServer } from 'node:http'
import { sampleBundle } from './testing/bundle.ts'
import { listen } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-dns-key-'))
const bundle = join(home, 'bundle.zip')
const { files, vkey } = sampleBundle()
const foreign = sampleBundle({ seed: 'other ' }).vkey
/** Text of the TXT records by name; a name that is missing does not exist, and null is never answered. */
const zone: Record<string, readonly string[] | null> = {
  '_art32.right.example': ['v=spf1 -all', `art32-log ${vkey}`],
  '_art32.changing.example': [`art32-log ${foreign}`, `art32-log ${vkey}`],
  '_art32.foreign.example': [`art32-log ${foreign}`],
  '_art32.broken.example': ['art32-log not-a-key'],
  '_art32.other.example': ['v=spf1 -all'],
  '_art32.silent.example': null,
}
let socket: Socket
let server = ''

/** Answers one question, as RFC 1035 has it: the question again, and TXT records in strings of at most 255 bytes. */
function answerOf(question: Buffer): Buffer | null {
  let at = 12
  const labels: string[] = []
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const records = zone[labels.join('.')]
  if (records === null) return null
  const asked = question.subarray(12, at + 5)
  const answers = (records ?? []).map((text) => {
    const parts = text.match(/.{1,100}/g) ?? ['']
    const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])))
    const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255])
    return Buffer.concat([head, data])
  })
  const flags = records === undefined ? 0x8183 : 0x8180
  const head = Buffer.from([question[0]!, question[1]!, flags >> 8, flags & 255, 0, 1, 0, answers.length, 0, 0, 0, 0])
  return Buffer.concat([head, asked, ...answers])
}

beforeAll(async () => {
  writeFileSync(bundle, zipSync(Object.fromEntries(files)))
  socket = createSocket('udp4', (question, from) => {
    const answer = answerOf(question)
    if (answer) socket.send(answer, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  server = `127.0.0.1:${socket.address().port}`
})
afterAll(() => {
  socket.close()
  rmSync(home, { recursive: true, force: true })
})

const verify = (domain: string) => runHere(['verify', bundle, '--domain', domain, '--dns-server', server])

it.each([
  ['right.example', 0, 'It holds'],
  ['right.example.', 0, 'It holds'],
  ['changing.example', 0, 'It holds'],
  ['foreign.example', 1, 'is one that you trust'],
])('takes the key that a domain vouches for: %s', async (domain, exit, say) => {
  const ran = await verify(domain)
  expect([ran.exit, ran.out]).toEqual([exit, expect.stringContaining(say)])
  // The key is no longer only what the bundle says of itself.
  expect(ran.out).not.toContain('the key was taken from the bundle itself')
})

it.each([
  ['nobody.example', 'there is no TXT record'],
  ['other.example', 'no TXT record at _art32.other.example begins with'],
  ['broken.example', 'holds no key'],
  ['silent.example', 'nothing is known of the key'],
  ['http://right.example/', 'takes the name of a domain'],
  ['', 'takes the name of a domain'],
])('verifies nothing where there is no key: %s', async (domain, say) => {
  const { exit, out, err } = await verify(domain)
  expect([exit, out, err]).toEqual([2, '', expect.stringContaining(say)])
})

it('asks only an address', async () => {
  const ran = await runHere(['verify', bundle, '--domain', 'right.example', '--dns-server', 'ns.example'])
  expect([ran.exit, ran.err]).toEqual([2, expect.stringContaining('takes an address')])
})

it('is asked for at each look of a watch, which tells a key that the domain does not name', async () => {
  const page = await listen(createServer((_, response) => response.end(zipSync(Object.fromEntries(files)))))
  const url = `http://localhost:${page.port}/trust/example`
  const look = async (domain: string, ...more: string[]) => {
    const options = ['--state', join(home, 'state'), '--dns-server', server, '--json', '--domain', domain]
    const { exit, out, err } = await runHere(['watch', url, ...more, ...options])
    const { state, alerts } = (out === '' ? {} : JSON.parse(out)) as { state?: string; alerts?: { kind: string }[] }
    return { exit, state, kinds: alerts?.map(({ kind }) => kind), err }
  }
  try {
    // The sample's proof may have lapsed by the clock of this machine, which is told once.
    expect((await look('right.example')).kinds).not.toContain('other-key')
    expect(await look('right.example')).toMatchObject({ exit: 0, state: 'in-order', kinds: [] })
    expect((await look('foreign.example')).kinds?.[0]).toBe('other-key')
    expect(await look('nobody.example')).toMatchObject({ exit: 2, state: 'not-looked' })
    expect(await look('right.example', `${url}2`)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('one provider'),
    })
  } finally {
    await page.close()
  }
})
