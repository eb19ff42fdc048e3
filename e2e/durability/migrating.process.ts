/**
 * Brings a database forward as a start does, and dies by its own hand at the first step: before it is committed or right after. It waits for a
 * line on standard input first, so that the next one can be warm while this one works.
 *
 *     node migrating.process.ts URL before|after|never FOLDER…
 */
import { once } from 'node:events'
import process from 'node:process'
import { Client } from 'pg'
import { migrate, readMigrations } from '../../apps/server/src/platform/migrate.ts'
import { ownerRole } from '../../apps/server/src/platform/postgres/index.ts'

const [, , url, moment, ...folders] = process.argv
const client = new Client({ connectionString: url })
const query = client.query.bind(client)
const die = (): void => void process.kill(process.pid, 'SIGKILL')

/** As the client does, but for the two statements after which a power cut would be worst. */
async function fatal(text: string, values?: unknown[]): Promise<unknown> {
  const answer = await query(text, values)
  if (moment === 'before' && text.startsWith('insert into public.migration')) die()
  if (moment === 'after' && text === 'commit') die()
  return answer
}

await once(process.stdin, 'data')
await client.connect()
Object.assign(client, { query: fatal })
await migrate(client, readMigrations(folders), ownerRole)
await client.end()
process.exit(0)
