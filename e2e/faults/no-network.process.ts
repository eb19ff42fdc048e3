/**
 * Starts art32 as `npm start` does and does with it what people do, where there is no network but the machine's own. Prints one
 * line of JSON: what it saw. `node no-network.process.ts <folder>`
 */
import { spawn, spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { setUp, signIn } from '../durability/client.ts'
import { owner } from './caller.ts'
import type { SeenWithoutNetwork } from './no-network.ts'

const [, , folder = ''] = process.argv
const repository = fileURLToPath(new URL('../../', import.meta.url))
const at = '/api/tenants/this-installation'
const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)

/** An address of documentation (RFC 5737), which has a way only where everything has one. */
async function reach(): Promise<string> {
  const socket = connect({ host: '192.0.2.1', port: 443 })
  return await once(socket, 'connect').then(() => 'reached', codeOf)
}

const environment = { ...process.env, ART32_DATA: join(folder, 'data'), ART32_PORT: '0', HOME: folder }
const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  scripts: { start: string }
}
const child = spawn('sh', ['-c', scripts.start], {
  cwd: repository,
  env: environment,
  stdio: ['ignore', 'pipe', 'pipe'],
})
const ended = once(child, 'exit')
const printed: string[] = []
const complaints: string[] = []
child.stderr.on('data', (data) => void complaints.push(String(data)))
for await (const line of createInterface(child.stdout)) {
  printed.push(line)
  if (line.includes('/setup#')) break
}
const said = printed.join('\n')
try {
  writeSync(1, `${JSON.stringify(await work())}\n`)
} finally {
  if (child.exitCode === null) child.kill('SIGTERM')
  await ended
}

async function work(): Promise<SeenWithoutNetwork> {
  const url = /workplace\s+(http:\S+?)\/?$/m.exec(said)?.[1]
  if (url === undefined) throw new Error(`art32 did not start:\n${said}\n${complaints.join('')}`)
  await setUp(url, /\/setup#(\S+)/.exec(said)?.[1] ?? '', owner)
  const caller = await signIn(url, owner)
  const { editions } = await caller.get<{ editions: { id: string; state: string }[] }>(`${at}/edition/list`)
  const draft = editions.find(({ state }) => state === 'draft')
  await caller.post(`${at}/edition/sign`, { editionId: draft?.id ?? '' })
  const bundle = join(folder, 'bundle.zip')
  const file = await fetch(`${url}/trust/this-installation/bundle.zip`)
  writeFileSync(bundle, Buffer.from(await file.arrayBuffer()))
  const pdf = Buffer.from(await (await fetch(`${url}/trust/this-installation/edition.pdf`)).arrayBuffer())
  return {
    networks: Object.keys(networkInterfaces()),
    away: await reach(),
    name: await lookup('www.example.com').then(() => 'found', codeOf),
    printed: said,
    complaints: complaints.join(''),
    pdf: pdf.subarray(0, 5).toString('latin1'),
    workplace: (await fetch(`${url}/`)).status,
    verified: [bundle, `${url}/trust/this-installation`].map((source) => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [join(repository, 'apps/cli/src/main.ts'), 'verify', source],
        {
          env: environment,
          encoding: 'utf8',
        },
      )
      return { status, holds: stdout.includes('✓ It holds.') }
    }),
  }
}
