import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { migrationFolders } from '../server.ts'
import { openAlone, openCrew } from './crew.ts'
import type { Crew, Word } from './crew.ts'
import { openLog } from './log.ts'
import { connectExternal, openDatabases } from './postgres/index.ts'
import type { Databases, PostgresServer } from './postgres/index.ts'
import { cloneControl, dropInstallation, templatePrefix } from './postgres/testing/control.ts'

let postgres: PostgresServer
let databases: Databases
const prefix = `crew${process.pid}`
const members: Crew[] = []
beforeAll(async () => {
  postgres = await connectExternal(inject('databaseUrl'))
  await cloneControl(postgres, prefix)
  databases = await openDatabases(postgres, { ...migrationFolders(), prefix, templatePrefix })
})
afterAll(async () => {
  for (const member of members) await member.stop()
  await databases.close()
  await dropInstallation(postgres, prefix)
})

const log = openLog(
  'error',
  () => new Date(),
  () => undefined,
)

async function join(): Promise<Crew> {
  const { control, controlUrl: url } = databases
  const member = await openCrew({ control, url, role: 'worker', isAlone: false, now: () => new Date(), log })
  members.push(member)
  return member
}

/** Ends the connection of a member from the server's side, as a failing network would. */
const cut = async (id: string) =>
  await databases.control.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and granted and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = hashtextextended('art32 held process ' || $1, 0)`,
    [id],
  )

describe('processes on one database', () => {
  it('hold a name one at a time, and each only once', async () => {
    const [one, other] = [await join(), await join()]
    const release = await one.tryHold('name')
    expect(release).not.toBeNull()
    expect(await one.tryHold('name')).toBeNull()
    expect(await other.tryHold('name')).toBeNull()
    expect(await other.hold('name', 100)).toBeNull()
    const waiting = other.hold('name', 10_000)
    await release?.()
    const next = await waiting
    expect(next).not.toBeNull()
    expect(await one.tryHold('name')).toBeNull()
    await next?.()
    // Given back twice it ends nobody else's.
    const again = await one.tryHold('name')
    await next?.()
    expect(await other.tryHold('name')).toBeNull()
    await again?.()
  })

  it('hear every word of the others and none of their own', async () => {
    const [one, other] = [await join(), await join()]
    const heard: Word[][] = [[], []]
    for (const [n, member] of [one, other].entries())
      member.onWord(
        (word) => heard[n]?.push(word),
        () => undefined,
      )
    const ids = Array.from({ length: 50 }, () => randomUUID())
    for (const id of ids) one.tell({ kind: 'changed', id })
    await one.tellNow({ kind: 'installation' })
    await vi.waitFor(() => expect(heard[1]).toHaveLength(51), 20_000)
    expect(heard[1]).toEqual([...ids.map((id) => ({ kind: 'changed', id })), { kind: 'installation' }])
    expect(heard[0]).toEqual([])
  })

  it('count those that live, and what a dead one left is taken over by one of the others', async () => {
    const [one, other, third] = [await join(), await join(), await join()]
    expect(await one.others()).toBe(members.length - 1)
    await databases.control.query('insert into process (id, role, since) values ($1, $2, now())', [
      randomUUID(),
      'worker',
    ])
    expect(await one.others()).toBe(members.length - 1)
    const left: string[] = []
    const inherit = async (ids: readonly string[]) => void left.push(...ids)
    await Promise.all([one.takeOver(inherit), other.takeOver(inherit), third.takeOver(inherit)])
    expect(left).toHaveLength(1)
    await one.takeOver(inherit)
    expect(left).toHaveLength(1)
  })

  it('one that loses its connection hears that it missed something, joins again and holds what it held', async () => {
    const [one, other] = [await join(), await join()]
    let missed = 0
    one.onWord(
      () => undefined,
      () => (missed += 1),
    )
    const release = await one.tryHold('kept')
    expect(one.hears()).toBe(true)
    await cut(one.id)
    await vi.waitFor(() => expect(one.hears()).toBe(false), 20_000)
    await expect(one.tryHold('other')).rejects.toThrow('does not answer')
    await vi.waitFor(() => expect(one.hears()).toBe(true), 20_000)
    expect(missed).toBe(2)
    expect(await other.tryHold('kept')).toBeNull()
    await release?.()
    expect(await other.tryHold('kept')).not.toBeNull()
  })

  it('are forgotten when they end in order', async () => {
    const one = await join()
    await one.stop()
    const { rows } = await databases.control.query('select 1 from process where id = $1', [one.id])
    expect(rows).toEqual([])
  })
})

it('a crew of one holds names as several would', async () => {
  const alone = openAlone()
  const release = await alone.tryHold('name')
  expect(await alone.tryHold('name')).toBeNull()
  await release?.()
  expect(await alone.hold('name')).not.toBeNull()
  expect(await alone.others()).toBe(0)
})
