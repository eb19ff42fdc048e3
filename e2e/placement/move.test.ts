import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDoor } from '../../scripts/testing/door.ts'
import type { Door } from '../../scripts/testing/door.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'
import { connectExternal, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import type { MoveStep } from '../../apps/server/src/placement/index.ts'

describe('moving a tenant between database servers', () => {
  let door: Door
  let server: TestServer
  let operator: Person
  let person: Person
  let interrupt: (step: MoveStep) => Promise<void> = () => Promise.resolve()
  beforeAll(async () => {
    door = await openDoor(inject('otherDatabaseUrl'))
    server = await startTestServer(
      { ART32_DATABASE_SERVERS: `east=${door.url}` },
      { watch: { everyMs: 500, patienceMs: 3_000 }, moving: (step) => interrupt(step) },
    )
    for (const slug of ['this-installation', 'moving', 'staying', 'stuck'])
      await server.registry.create({ name: slug, slug, language: 'en' })
    operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
    person = await server.addPerson('person@example.com', 'moving', 'owner')
    for (const slug of ['staying', 'stuck']) await server.tenants.join(slug, person.accountId, 'owner')
  })
  afterAll(async () => {
    await server.stop()
    await door.close()
  })

  const idOf = async (slug: string) => (await server.registry.open(slug)).tenant.id
  const placeOf = async (slug: string) => await server.registry.placeOf(await idOf(slug))
  const rename = (slug: string, name: string) => person.post('/api/tenant/rename', { slug, name })
  const move = (slug: string, to: string, by = operator) => by.post('/api/tenant/move', { slug, to })
  /** The names that a tenant's own ledger says it was given, in their order. */
  const namesIn = async (slug: string) =>
    await server.tenants.asSystem(slug, async ({ sql }) => {
      const { rows } = await sql.query<{ name: string }>(
        `select convert_from(content, 'UTF8')::jsonb->>'name' as name from opening
         where convert_from(content, 'UTF8') like '{"name":"N%'`,
      )
      return rows.map(({ name }) => name)
    })
  /** On which servers a database or login of the tenant is. */
  const whereIs = async (database: string) => {
    const there = await Promise.all(
      ['first', 'east'].map(async (name) => ((await server.databases.on(name).has(database)) ? [name] : [])),
    )
    return there.flat()
  }
  const noMoves = async () => expect((await server.databases.control.query('select from tenant_move')).rowCount).toBe(0)
  const scratchesOn = async (url: string) => {
    const postgres = await connectExternal(url)
    return await withClient(
      postgres.url(postgres.maintenance),
      async (client) => (await client.query(`select from pg_database where datname like 'tenant_scratch%'`)).rowCount,
    )
  }

  it('loses nothing that was acknowledged while the tenant and its neighbours write', async () => {
    const { database } = await placeOf('moving')
    const acknowledged: Record<string, string[]> = { moving: [], staying: [] }
    const refused: { status: number; code: string; after: string | null }[] = []
    const end = new AbortController()
    const write = async (slug: string, worker: number) => {
      for (let n = 0; !end.signal.aborted; n++) {
        const name = `N ${worker} ${n}`
        const response = await rename(slug, name)
        if (response.status === 200) acknowledged[slug]?.push(name)
        else {
          // As a client that was told to wait, only sooner.
          await sleep(20)
          const { code } = (await response.json()) as { code: string }
          refused.push({ status: response.status, code: `${slug} ${code}`, after: response.headers.get('retry-after') })
        }
      }
    }
    const writers = ['moving', 'moving', 'staying'].map((slug, worker) => write(slug, worker))
    await sleep(200)
    interrupt = (step) => (step === 'held' ? sleep(100) : Promise.resolve())
    const moved = await move('moving', 'east')
    interrupt = () => Promise.resolve()
    const said = (await moved.json()) as { heldMs: number; rows: number }
    expect([moved.status, said]).toMatchObject([
      200,
      { from: 'first', to: 'east', isRemoved: true, ledger: { root: expect.any(String) } },
    ])
    await sleep(200)
    end.abort()
    await Promise.all(writers)
    expect(await placeOf('moving')).toEqual({ server: 'east', database })
    expect(await whereIs(database)).toEqual(['east'])
    for (const slug of ['moving', 'staying']) {
      await server.ledgers.settle(await server.registry.open(slug))
      expect(acknowledged[slug]?.length).toBeGreaterThan(5)
      expect(await namesIn(slug)).toEqual(expect.arrayContaining(acknowledged[slug] ?? []))
    }
    // Nobody beside it noticed, and itself it was asked to come again.
    expect(new Set(refused.map(({ code }) => code.split(' ', 1)[0]))).toEqual(new Set(['moving']))
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]))
    expect(refused.some(({ code, after }) => code === 'moving postgres.held' && after === '5')).toBe(true)
    await noMoves()
  }, 60_000)

  it('stands in the ledger of the installation at both ends, with what was compared', async () => {
    const { rows } = await server.databases.control.query<{ type: string; content: string }>(
      `select convert_from(e.leaf, 'UTF8')::jsonb->>'type' as type, convert_from(o.content, 'UTF8') as content
       from log_entry e join opening o on strpos(convert_from(e.leaf, 'UTF8'), encode(o.commitment, 'base64')) > 0
       where o.role = 'content' and convert_from(e.leaf, 'UTF8') like '%"tenant.%' order by e.idx`,
    )
    const said = rows.filter(({ type }) => ['tenant.moved', 'tenant.copy-removed'].includes(type))
    expect(said.map(({ type }) => type)).toEqual(['tenant.moved', 'tenant.copy-removed'])
    expect(JSON.parse(said[0]?.content ?? '')).toMatchObject({ from: 'first', to: 'east', digest: expect.any(String) })
    expect(JSON.parse(said[1]?.content ?? '')).toMatchObject({ server: 'first', gone: ['database', 'database-login'] })
  })

  it('is read while it is held, and refuses only to be changed', async () => {
    const seen: [string, number][] = []
    interrupt = async (step) => {
      if (step !== 'filled') return
      seen.push(['read', (await person.get('/api/tenants/moving/ledger/show')).status])
      seen.push(['write', (await rename('moving', 'N held')).status])
    }
    expect((await move('moving', 'first')).status).toBe(200)
    interrupt = () => Promise.resolve()
    expect(seen).toEqual([
      ['read', 200],
      ['write', 503],
    ])
    expect((await placeOf('moving')).server).toBe('first')
    expect((await rename('moving', 'N later')).status).toBe(200)
  })

  it('is for the operator alone, and says what cannot be', async () => {
    expect(await (await move('moving', 'east', person)).json()).toMatchObject({ code: 'access.not_operator' })
    for (const [slug, to, code] of [
      ['moving', 'first', 'placement.same_server'],
      ['moving', 'north', 'placement.no_server'],
      ['this-installation', 'east', 'placement.home_stays'],
      ['nobody', 'east', 'tenant.not_found'],
    ] as const)
      expect(await (await move(slug, to)).json()).toMatchObject({ code })
  })

  it('one tenant is moved at a time, and none is deleted meanwhile', async () => {
    const codes: string[] = []
    interrupt = async (step) => {
      if (step !== 'held') return
      for (const answer of [
        await move('staying', 'east'),
        await operator.post('/api/tenant/delete', { slug: 'moving', confirm: 'moving' }),
      ])
        codes.push(((await answer.json()) as { code: string }).code)
    }
    expect((await move('moving', 'east')).status).toBe(200)
    interrupt = () => Promise.resolve()
    expect(codes).toEqual(['placement.under_way', 'tenant.moving'])
  })

  it.each(['made', 'held', 'filled', 'compared', 'adopted'] as const)(
    'stays where it was when the target goes away after it is %s, and works on at once',
    async (where) => {
      const before = await placeOf('stuck')
      interrupt = async (step) => {
        if (step === where) await door.shut()
      }
      const answer = await move('stuck', 'east')
      interrupt = () => Promise.resolve()
      // What the control database can do alone needs no target any more.
      if (where === 'adopted') {
        expect(answer.status).toBe(200)
        await door.open()
        await expect.poll(() => server.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('up')
        expect(await server.moves.finish()).toBe(0)
        expect((await placeOf('stuck')).server).toBe('east')
        return
      }
      expect([answer.status, await answer.json()]).toMatchObject([503, { code: expect.stringMatching(/^postgres\./) }])
      expect(await placeOf('stuck')).toEqual(before)
      expect((await rename('stuck', `N after ${where}`)).status).toBe(200)
      await door.open()
      await expect.poll(() => server.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('up')
      expect(await server.moves.finish()).toBe(0)
      expect(await whereIs(before.database)).toEqual([before.server])
      expect(await scratchesOn(inject('otherDatabaseUrl'))).toBe(0)
    },
    60_000,
  )

  it('a target that freezes in the middle is given up, and the tenant is held no longer', async () => {
    if ((await placeOf('stuck')).server === 'east') expect((await move('stuck', 'first')).status).toBe(200)
    interrupt = async (step) => {
      if (step === 'filled') door.freeze()
      await Promise.resolve()
    }
    const answer = await move('stuck', 'east')
    interrupt = () => Promise.resolve()
    expect(answer.status).toBe(503)
    expect((await rename('stuck', 'N after frost')).status).toBe(200)
    door.thaw()
    await expect.poll(() => server.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('up')
    expect(await server.moves.finish()).toBe(0)
  }, 60_000)

  it('a database of somebody else on the target is left alone', async () => {
    const { database } = await placeOf('stuck')
    const other = await connectExternal(inject('otherDatabaseUrl'))
    const there = (sql: string) => withClient(other.url(other.maintenance), async (client) => await client.query(sql))
    await there(`create database ${database}`)
    expect(await (await move('stuck', 'east')).json()).toMatchObject({ code: 'placement.occupied' })
    await noMoves()
    expect(await server.databases.on('east').has(database)).toBe(true)
    await there(`comment on database ${database} is 'art32: restored, not in use yet'`)
    expect((await move('stuck', 'east')).status).toBe(200)
    expect((await rename('stuck', 'N at last')).status).toBe(200)
  })
})
