import { Client } from 'pg'
import { expect, inject, it } from 'vitest'
import { databaseOutage } from './outage.ts'

const failing = (code: string, message = 'x', more: object = {}) => Object.assign(new Error(message), { code }, more)

it('knows a database that does not answer, on the real thing', async () => {
  const nobody = new Client({ host: '/nowhere', database: 'x', user: 'x' })
  const away = await nobody.connect().catch((error: unknown) => error)
  expect(databaseOutage(away)?.code).toBe('postgres.away')

  const client = new Client({ connectionString: inject('databaseUrl') })
  client.on('error', () => undefined)
  await client.connect()
  const cut = await client.query('select pg_terminate_backend(pg_backend_pid())').catch((error: unknown) => error)
  expect(databaseOutage(cut)?.code).toBe('postgres.away')
})

it('tells a full disk from a lost connection, and both from a mistake of ours', () => {
  expect(databaseOutage(failing('53100'))?.definition).toMatchObject({ code: 'postgres.disk_full', status: 507 })
  expect(databaseOutage(failing('57P03'))?.definition).toMatchObject({
    code: 'postgres.away',
    status: 503,
    family: 'outage',
  })
  // What is sent in the moment in which the other end is gone.
  for (const [code, syscall] of [
    ['EPIPE', 'write'],
    ['ECONNRESET', 'read'],
  ] as const)
    expect(databaseOutage(failing(code, `${syscall} ${code}`, { syscall }))?.code).toBe('postgres.away')
  expect(databaseOutage(failing('42P01', 'relation does not exist'))).toBeNull()
  // A missing file of ours is no database.
  expect(databaseOutage(failing('ENOENT', 'no such file', { syscall: 'open' }))).toBeNull()
  expect(databaseOutage('text')).toBeNull()
})
