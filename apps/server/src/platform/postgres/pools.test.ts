import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from './testing/clone.ts'
import { withClient } from './administration.ts'
import { boundPools, type Connections, openPool } from './pools.ts'

describe('pools', () => {
  let databases: TestDatabase[]

  beforeAll(async () => {
    databases = await Promise.all([cloneDatabase([]), cloneDatabase([]), cloneDatabase([])])
  })
  afterAll(() => Promise.all(databases.map((database) => database.drop())))

  const name = async (connections: Connections): Promise<string | undefined> => {
    const client = await connections.connect()
    const { rows } = await client.query<{ name: string }>('select current_database()::text as name')
    client.release()
    return rows[0]?.name
  }
  const open = (most: number): { all: Connections[]; close: () => Promise<void> } => {
    const pools = boundPools(most)
    const all = databases.map((database) =>
      pools.open(
        database.name,
        () => mark(database.url),
        () => Promise.resolve(),
      ),
    )
    return { all, close: () => pools.closeAll() }
  }
  // The number of connections tells which pools are open.
  const tag = randomBytes(4).toString('hex')
  const mark = (url: string): string => `${url}&application_name=${tag}`
  const connected = async (): Promise<string[]> => {
    const question = 'select datname as name from pg_stat_activity where application_name = $1 order by 1'
    const { rows } = await withClient(databases[0]?.url ?? '', (client) =>
      client.query<{ name: string }>(question, [tag]),
    )
    return rows.map((row) => row.name)
  }

  it('close the least recently used one to make room', async () => {
    const { all, close } = open(2)
    const [first, second, third] = all as [Connections, Connections, Connections]
    expect(await name(first)).toBe(databases[0]?.name)
    await name(second)
    await name(first)
    await name(third)
    expect(new Set(await connected())).toEqual(new Set([databases[0]?.name, databases[2]?.name]))
    expect(await name(second)).toBe(databases[1]?.name)
    await close()
  })

  it('make a tenant wait for one that is busy, instead of opening more', async () => {
    const { all, close } = open(1)
    const [first, second] = all as [Connections, Connections]
    const busy = await first.connect()
    const waiting = name(second)
    expect(await Promise.race([waiting, new Promise((done) => setTimeout(done, 100, 'waits'))])).toBe('waits')
    busy.release()
    expect(await waiting).toBe(databases[1]?.name)
    await close()
  })

  it('hold only so many connections together, and serve everybody all the same', async () => {
    const { all, close } = open(4)
    const over = new AbortController()
    let most = 0
    const watching = (async () => {
      while (!over.signal.aborted) most = Math.max(most, (await connected()).length)
    })()
    const asked = Array.from({ length: 300 }, (_, i) => name(all[i % all.length] as Connections))
    const names = await Promise.all(asked)
    over.abort()
    await watching
    expect(names).toEqual(asked.map((_, i) => databases[i % all.length]?.name))
    expect(most).toBeGreaterThan(2)
    // PostgreSQL lists for a moment those that are just being closed.
    expect(most).toBeLessThanOrEqual(6)
    await close()
  })

  it('forget a database that has no connection any more', async () => {
    const [database, other] = databases as [TestDatabase, TestDatabase]
    const pools = boundPools(4)
    let begun = 0
    const connections = pools.open(
      database.name,
      () => {
        begun++
        return mark(database.url)
      },
      () => Promise.resolve(),
    )
    await name(connections)
    await name(connections)
    expect(begun).toBe(1)
    await withClient(other.url, (client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [tag]),
    )
    await expect.poll(() => connected()).toEqual([])
    await expect
      .poll(async () => {
        await name(connections)
        return begun
      })
      .toBe(2)
    await pools.closeAll()
  })

  it('ask several things at once on one connection, each answered for itself', async () => {
    const [database] = databases as [TestDatabase]
    const pools = boundPools(1)
    const connections = pools.open(
      database.name,
      () => mark(database.url),
      () => Promise.resolve(),
    )
    const client = await connections.connect()
    const named = { name: 'twice', text: 'select $1::int as n' }
    const answers = await Promise.allSettled([
      client.query(named, [1]),
      client.query('select 1 / 0'),
      client.query(named, [2]),
      client.query('select n from nowhere'),
      client.query(named, [3]),
    ])
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value.rows : (one.reason as Error).message))).toEqual(
      [[{ n: 1 }], 'division by zero', [{ n: 2 }], 'relation "nowhere" does not exist', [{ n: 3 }]],
    )
    // What nobody waits for any more takes nothing from whoever is next.
    client.query('select pg_sleep(0.2), 9 as n').catch(() => undefined)
    client.release()
    expect(await name(connections)).toBe(database.name)
    await pools.closeAll()
  })

  it('forget a password that was refused, and take the one of that moment at once', async () => {
    const pools = boundPools(2)
    const [database] = databases as [TestDatabase]
    const role = `renewed_${randomBytes(4).toString('hex')}`
    const passwords = ['the old one', 'the new one']
    await withClient(database.url, (client) => client.query(`create role ${role} login password 'the new one'`))
    const connections = pools.open(
      database.name,
      () => {
        const url = new URL(database.url)
        url.username = role
        url.password = passwords.shift() ?? ''
        return url.href
      },
      () => Promise.resolve(),
    )
    expect(await name(connections)).toBe(database.name)
    await pools.closeAll()
    await withClient(database.url, (client) => client.query(`drop role ${role}`))
  })

  it('prepare a database once, and again after a failure', async () => {
    const pools = boundPools(2)
    let calls = 0
    const prepare = (): Promise<void> => {
      calls += 1
      return calls === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()
    }
    const [database] = databases as [TestDatabase]
    const connections = pools.open(database.name, () => database.url, prepare)
    await expect(connections.connect()).rejects.toThrow('not yet')
    await Promise.all([name(connections), name(connections)])
    expect(calls).toBe(2)
    await pools.closeAll()
  })

  it('survive that the server ends their connections, idle or in use', async () => {
    const [database, other] = databases as [TestDatabase, TestDatabase]
    const pool = openPool(database.url, 2)
    const [used, idle] = [await pool.connect(), await pool.connect()]
    idle.release()
    const lost = used.query('select pg_sleep(10)')
    const failure = lost.catch(String)
    await withClient(other.url, (client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name]),
    )
    expect(await failure).toMatch(/terminat/i)
    used.release(true)
    // The pool has heard of the idle one's end, too.
    await expect.poll(() => pool.totalCount).toBe(0)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  it('end a statement that takes too long', async () => {
    const pool = openPool(databases[0]?.url ?? '', 1, { statement_timeout: 50 })
    await expect(pool.query('select pg_sleep(10)')).rejects.toThrow('statement timeout')
    await pool.end()
  })
})
