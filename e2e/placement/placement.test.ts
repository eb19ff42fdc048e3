import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDoor } from '../../scripts/testing/door.ts'
import type { Door } from '../../scripts/testing/door.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'

/** Often enough for a test. */
const watch = { everyMs: 500, patienceMs: 3_000 }

describe('tenants on two database servers', () => {
  let door: Door
  let server: TestServer
  let operator: Person
  let person: Person
  beforeAll(async () => {
    door = await openDoor(inject('otherDatabaseUrl'))
    server = await startTestServer(
      {
        ART32_DATABASE_SERVERS: `east=${door.url} spare=${door.url}&application_name=spare`,
        ART32_DATABASE_ROOM: 'first=2 spare=0',
      },
      { watch },
    )
    await server.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
    operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
    await server.registry.create({ name: 'Here', slug: 'here', language: 'en' })
    await server.registry.create({ name: 'There', slug: 'there', language: 'en' })
    person = await server.addPerson('person@example.com', 'here', 'owner')
    await server.tenants.join('there', person.accountId, 'owner')
  })
  afterAll(async () => {
    await server.stop()
    await door.close()
  })

  const rename = (slug: string, name: string) => person.post('/api/tenant/rename', { slug, name })
  const placeOf = async (slug: string) =>
    (await server.registry.placeOf((await server.registry.open(slug)).tenant.id)).server

  it('puts a new tenant on the first server with room', async () => {
    expect([await placeOf('this-installation'), await placeOf('here'), await placeOf('there')]).toEqual([
      'first',
      'first',
      'east',
    ])
  })

  it('lets the operator choose a server, and says where there is none of the name or no room', async () => {
    const create = (slug: string, on: string) =>
      operator.post('/api/tenant/create', { name: 'Chosen', slug, language: 'en', server: on })
    expect((await create('chosen', 'east')).status).toBe(200)
    expect(await placeOf('chosen')).toBe('east')
    expect(await (await create('lost', 'north')).json()).toMatchObject({
      code: 'tenant.no_server',
      detail: expect.stringContaining('first, east, spare'),
    })
    expect(await (await create('lost', 'first')).json()).toMatchObject({ code: 'tenant.no_room' })
  })

  it('shows the operator, and nobody else, where tenants lie', async () => {
    const shown: unknown = await (await operator.get('/api/placement/show')).json()
    expect(shown).toMatchObject({
      servers: [
        { name: 'first', state: 'up', tenants: 2, most: 2 },
        { name: 'east', state: 'up', tenants: 2, most: null },
        { name: 'spare', tenants: 0, most: 0 },
      ],
      tenants: expect.arrayContaining([
        { slug: 'there', server: 'east', layout: expect.stringMatching(/^(database|schema)$/) },
      ]),
      moves: [],
    })
    expect((await person.get('/api/placement/show')).status).toBe(403)
  })

  it('keeps the logins of one server unknown on the other', async () => {
    const { id } = (await server.registry.open('there')).tenant
    const { user } = await server.registry.loginOf(id)
    expect(await server.databases.on('east').has(user)).toBe(true)
    expect(await server.databases.on('first').has(user)).toBe(false)
    expect(await server.databases.on('east').countSeparate([user])).toMatchObject({ databases: 1, logins: 1 })
  })

  it.each(['shut', 'frozen'] as const)(
    'works on for all others while one server is %s, and for its own when it is back',
    async (how) => {
      if (how === 'shut') await door.shut()
      else door.freeze()
      // Whoever asks first may ask while it is not known yet.
      await expect.poll(async () => (await rename('there', 'There')).status, { timeout: 40_000 }).toBe(503)
      const refusal = await rename('there', `Gone ${how}`)
      expect([refusal.status, await refusal.json()]).toEqual([
        503,
        expect.objectContaining({
          code: 'postgres.server_away',
          detail: expect.stringContaining('other tenants work on'),
        }),
      ])
      expect((await rename('here', `Here while ${how}`)).status).toBe(200)
      expect((await person.get('/api/account/whoami')).status).toBe(200)
      await expect
        .poll(async () => await (await fetch(`${server.local}/readyz`)).json(), { timeout: 20_000 })
        .toEqual({ status: 'ready', role: 'all', away: ['east', 'spare'] })
      expect(await (await operator.get('/api/placement/show')).json()).toMatchObject({
        servers: [{}, { name: 'east', state: 'away', why: 'postgres.server_away' }, {}],
      })
      if (how === 'shut') await door.open()
      else door.thaw()
      await expect.poll(async () => (await rename('there', `Back from ${how}`)).status, { timeout: 20_000 }).toBe(200)
    },
    60_000,
  )

  it('starts while a server is away, and finds it later', async () => {
    await door.shut()
    const second = await startTestServer({ ART32_DATABASE_SERVERS: `east=${door.url}` }, { watch })
    try {
      expect(second.databases.servers()).toMatchObject([{ name: 'first' }, { name: 'east', state: 'away' }])
      await expect(
        second.registry.create({ name: 'Away', slug: 'away', language: 'en', server: 'east' }),
      ).rejects.toThrow('does not answer')
      // The name is not taken by what could not be made.
      await second.registry.create({ name: 'Away', slug: 'away', language: 'en' })
      await door.open()
      await expect.poll(() => second.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('up')
    } finally {
      await second.stop()
    }
  }, 60_000)

  it('refuses a server that is too old, with its version', async () => {
    door.pretend('140018')
    const second = await startTestServer({ ART32_DATABASE_SERVERS: `old=${door.url}` }, { watch })
    try {
      await expect(second.registry.create({ name: 'Old', slug: 'old', language: 'en', server: 'old' })).rejects.toThrow(
        'art32 needs 15 or newer',
      )
    } finally {
      door.pretend(null)
      await second.stop()
    }
  }, 30_000)
})
