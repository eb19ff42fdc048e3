/**
 * A stand-in for the server that a test kills: starts PostgreSQL in a home, writes numbers, keeps the log, makes one base after the
 * other, and prints each number of which the log says that it is kept.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres, withClient } from '../../apps/server/src/platform/index.ts'
import { openLogOf } from './log-of.ts'

const [, , home = '', recipient = '', master = ''] = process.argv
const postgres = await startPostgres({ folder: join(home, 'postgres'), archives: true, durable: false })
const log = openLogOf(postgres, { home, recipient, master: Buffer.from(master, 'hex') })
await withClient(postgres.url('postgres'), async (client) => {
  await client.query('create table if not exists number (n serial primary key)')
  writeSync(1, 'ready\n')
  for (;;) {
    const { rows } = await client.query<{ n: number }>('insert into number default values returning n')
    await log.makeBase()
    const { places, waiting } = await log.state()
    if (waiting === 0 && places.every(({ problem }) => problem === null)) writeSync(1, `${rows[0]?.n}\n`)
  }
})
