/**
 * A stand-in for the server that tests kill: starts PostgreSQL in the folder given, prints its pid, and with `write`
 * adds numbers to a table, printing each one only after it is committed.
 */
import { writeSync } from 'node:fs'
import { Client } from 'pg'
import { startPostgres } from '../start.ts'

const [, , folder = '', task] = process.argv
const postgres = await startPostgres({ folder })
writeSync(1, `ready ${postgres.pid}\n`)
if (task === 'stop') await postgres.stop()
if (task === 'write') {
  const client = new Client(postgres.url('postgres'))
  await client.connect()
  await client.query('create table if not exists number (n serial primary key)')
  for (;;) {
    const { rows } = await client.query<{ n: number }>('insert into number default values returning n')
    writeSync(1, `${rows[0]?.n}\n`)
  }
}
