import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Push } from '@art32/probes'
import { runHere } from './testing/terminal.ts'

const token = `art32_${'x'.repeat(38)}`
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-cli-collect-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.runIf(platform() === 'linux')('art32 collect host', () => {
  it('writes the facts of this computer to a file that others cannot read, by the id that it prints', async () => {
    const file = join(folder, 'facts.json')
    expect((await runHere(['collect', 'host', '--label', 'NB-017', '--output', file])).exit).toBe(0)
    expect(statSync(file).mode & 0o077).toBe(0)
    const facts = Push.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(facts).toMatchObject({ label: 'NB-017', collector: expect.stringMatching(/^art32 \d/) as unknown })
    expect((await runHere(['collect', 'host', '--id'])).out.trim()).toBe(facts.computer)
  })

  it('sends them to the named server and tenant, with the token of the environment', async () => {
    const asked: { path: string | undefined; authorization: string | undefined; body: unknown }[] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
        asked.push({ path: request.url, authorization: request.headers.authorization, body })
        response.writeHead(asked.length === 1 ? 200 : 409, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ detail: 'Facts of this computer were received before.' }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const args = ['collect', 'host', '--push', `http://127.0.0.1:${port}`, '--tenant', 'example']
    const environment = { ART32_TOKEN: token }
    expect(await runHere(args, { environment })).toEqual({ exit: 0, out: '', err: 'Sent.\n' })
    expect(asked).toMatchObject([{ path: '/api/tenants/example/computer/push', authorization: `Bearer ${token}` }])
    expect(Push.safeParse(asked[0]?.body).success).toBe(true)
    const again = await runHere(args, { environment })
    expect(again.exit).toBe(1)
    expect(again.err).toContain('received before')
    server.close()
  })

  it.each([
    [['--push', 'https://art32.example'], 'name it, --tenant'],
    [['--push', 'http://art32.example', '--tenant', 'example'], 'in the clear'],
    [['--label', '<b>'], '--label takes'],
  ])('refuses %j before it looks', async (args, says) => {
    const ran = await runHere(['collect', 'host', ...args], { environment: { ART32_TOKEN: token } })
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain(says)
  })
})
