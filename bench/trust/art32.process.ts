/* The server with a published edition of 150 measures, in a process of its own. Its argument is an empty data folder. */
import { join } from 'node:path'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { startPostgres } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp } from '../client.ts'

const slug = 'published'
const wanted = 150
const sentences = [
  'All network communication uses TLS 1.2 or newer.',
  'All passwords are stored as argon2id hashes.',
  'Backups of the database are made daily and kept for 30 days.',
  'Visitors are escorted by staff at all times.',
  'Accounts of administrators are protected by a second factor.',
  'Security updates are installed within 14 days.',
]

/** What the bench needs to know; times in milliseconds. */
export interface Published {
  readonly page: string
  readonly lines: number
  readonly first: number
  readonly second: number
}

const folder = process.argv[2] ?? ''
const postgres = await startPostgres({ folder: join(folder, 'postgres') })
const settings = { ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }
const server = await startServer(readConfig(settings), {
  postgres,
  // What keeps people apart from programs that ran wild would end the measurement.
  limits: { caller: 1e9, token: 1e9, change: 1e9 },
})
process.once('SIGTERM', () => void server.stop().then(() => postgres.stop()))
const owner = await setUp(server)
await owner.post('/api/tenant/create', { name: 'Published', slug, language: 'en' })
const api = `/api/tenants/${slug}`
const lines = Array.from({ length: wanted }, (_, n) => `- Site ${n + 1}: ${sentences[n % sentences.length]}`)
const sections = lines.map((line, n) => (n % 10 === 0 ? `\n## Chapter ${n / 10 + 1}\n\n${line}` : line))
const { headers } = owner
const read = await fetch(`${server.local}${api}/document/read?name=tom.md`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/octet-stream' },
  body: `# Technical and organisational measures\n${sections.join('\n')}\n`,
})
const { document } = (await read.json()) as { document: { id: string } }
await owner.post(`${api}/document/adopt`, { documentId: document.id })

async function publish(): Promise<number> {
  const { id } = (await (await owner.post(`${api}/edition/draft`, {})).json()) as { id: string }
  const start = performance.now()
  await owner.post(`${api}/edition/sign`, { editionId: id })
  return performance.now() - start
}

const published: Published = {
  first: await publish(),
  second: await publish(),
  lines: wanted,
  page: `${server.local}/trust/${slug}`,
}
process.stdout.write(`${JSON.stringify(published)}\n`)
