import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { login, mail, numbers, startVendors } from '../../../../scripts/testing/leaving-vendors.ts'
import type { Vendors } from '../../../../scripts/testing/leaving-vendors.ts'

const hourMs = 3_600_000

interface Shown {
  provenAt: string | null
  counts: Record<'all' | 'open' | 'closed' | 'said' | 'unseen', number>
  accounts: { accountId: string; connector: string; account: string; state: string; unseen: string | null }[]
}

let server: TestServer
let owner: Person
let editor: Person
let kim: Person
let vendors: Vendors
let personId = ''
// Sessions are as long as the machine's clock says: it all happened two days ago.
let at = Date.now() - 48 * hourMs

const address = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const must = async <T>(answer: Promise<Response>): Promise<T> => {
  const response = await answer
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const post = <T = object>(operation: string, body: object, by = owner) => must<T>(by.post(address(operation), body))
const get = <T>(operation: string, query = '') => must<T>(owner.get(`${address(operation)}?${query}`))
const show = () => get<Shown>('leaving.show', `personId=${personId}`)
const states = async () =>
  Object.fromEntries((await show()).accounts.map(({ connector, state }) => [connector, state])) as object

/** Looks at all three, as the page does. */
async function look(): Promise<void> {
  const { runId } = await post<{ runId: string }>('leaving.look', {})
  await server.runNow('alpha', runId)
}

async function outcome(): Promise<string> {
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ state: string }>(
      `select state from outcome where check_id = 'accounts.leavers-ended' and not superseded order by at desc limit 1`,
    ),
  )
  return rows[0]?.state ?? 'none'
}

async function findings(): Promise<string[]> {
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ state: string }>(
      `select case when closed_at is null then 'open' else 'closed' end as state from finding where check_id = 'accounts.leavers-ended'`,
    ),
  )
  return rows.map(({ state }) => state)
}

beforeAll(async () => {
  vendors = await startVendors()
  server = await startTestServer({}, { mayBeLocal: () => true, clock: { now: () => new Date((at += 1)) } })
  await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  kim = await server.addPerson(mail, 'alpha', 'editor')
  for (const [connector, settings] of Object.entries(vendors.settings))
    await post('connection.add', { connector, settings })
  ;({ personId } = await post<{ personId: string }>('person.add', { name: 'Kim Sample', email: mail }))
  await look()
  const { accounts } = await get<{ accounts: { systemId: string; account: string; connector: string }[] }>(
    'holder.list',
  )
  // The vault shows mail addresses; of the others somebody says whose the account is.
  for (const account of Object.values(numbers)) {
    const found = accounts.find((one) => one.account === account)
    await post('holder.set', { systemId: found?.systemId, account, personId })
  }
}, 30_000)
afterAll(async () => {
  await server.stop()
  await vendors.close()
})

describe('somebody who leaves', () => {
  it('is shown with every account that looks saw, and is out of here at once', async () => {
    expect((await kim.get(address('finding.list'))).status).toBe(200)
    const today = new Date(at).toISOString().slice(0, 10)
    await post('leaving.start', { personId, on: today, atOnce: true })
    expect((await kim.get(address('finding.list'))).status).not.toBe(200)
    await look()
    expect(await states()).toEqual({ art32: 'gone', atlassian: 'open', bitwarden: 'open', github: 'open' })
    expect((await show()).provenAt).toBeNull()
    expect(await outcome()).toBe('info')
    expect(await findings()).toEqual([])
  })

  it('is named nowhere in what the check and the ledger keep', async () => {
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ text: string }>(
        `select coalesce(string_agg(subjects::text, ''), '') || (select string_agg(convert_from(leaf, 'UTF8'), '') from log_entry) as text from outcome`,
      ),
    )
    for (const name of [mail, 'Kim Sample', login]) expect(rows[0]?.text).not.toContain(name)
  })

  it('has a finding once the time is over and an account is still seen open', async () => {
    vendors.set({ bitwarden: 'gone' })
    at += 25 * hourMs
    await look()
    expect(await states()).toMatchObject({ atlassian: 'open', bitwarden: 'gone', github: 'open' })
    expect(await outcome()).toBe('fail')
    expect(await findings()).toEqual(['open'])
  })

  it('is never gone where somebody could not look: denied, another form, half an answer', async () => {
    for (const fault of ['a missing right', 'JSON of another form', 'an answer cut off'] as const) {
      vendors.servers.github.fail(fault)
      await look()
      expect((await states()) as Record<string, string>, fault).toMatchObject({ github: 'open' })
      const account = (await show()).accounts.find(({ connector }) => connector === 'github')
      expect(account?.unseen, fault).not.toBeNull()
    }
    vendors.servers.github.fail(null)
  })

  it('keeps a renamed account, since its number is the same', async () => {
    vendors.set({ github: 'renamed' })
    await look()
    expect(await states()).toMatchObject({ atlassian: 'open', github: 'open' })
  })

  it('is proven once every account is seen closed, with a record in the ledger', async () => {
    vendors.set({ atlassian: 'gone', github: 'gone' })
    at += 1 * hourMs
    await look()
    expect(await states()).toEqual({ art32: 'gone', atlassian: 'gone', bitwarden: 'gone', github: 'gone' })
    const { provenAt, counts } = await show()
    expect(provenAt).not.toBeNull()
    expect(counts).toMatchObject({ all: 4, open: 0, unseen: 0, closed: 4 })
    const { rows } = await server.tenants.asSystem('alpha', async ({ sql }) =>
      sql.query<{ type: string }>(`select type from log_entry where type like 'leaving.%' order by idx`),
    )
    expect(rows.map(({ type }) => type)).toEqual(['leaving.begun', 'leaving.proven'])
    // Too late is too late, and says so.
    expect(await outcome()).toBe('fail')
  })

  it('is open again when an account comes back, whatever was proven', async () => {
    vendors.set({ github: 'open' })
    await look()
    expect(await states()).toMatchObject({ github: 'open' })
    expect((await show()).provenAt).toBeNull()
    vendors.set({ github: 'gone' })
    await look()
    expect((await show()).provenAt).not.toBeNull()
  })

  it('passes where all was closed in time', async () => {
    vendors.set({ atlassian: 'open', bitwarden: 'open', github: 'open' })
    await post('leaving.stop', { personId })
    await look()
    await post('leaving.start', { personId, on: new Date(at).toISOString().slice(0, 10), atOnce: true })
    vendors.set({ atlassian: 'gone', bitwarden: 'disabled', github: 'gone' })
    at += 2 * hourMs
    await look()
    expect((await show()).provenAt).not.toBeNull()
    expect(await outcome()).toBe('pass')
    expect(await findings()).toEqual(['closed'])
  })

  it('is handed out as table and document', async () => {
    const csv = await (await owner.get(`${address('leaving.export')}?personId=${personId}&format=csv`)).text()
    expect(csv).toContain('github')
    expect(csv.split('\n').length).toBeGreaterThan(4)
    const pdf = await owner.get(`${address('leaving.export')}?personId=${personId}&format=pdf&language=de`)
    expect(new Uint8Array(await pdf.arrayBuffer()).slice(0, 4)).toEqual(new Uint8Array([37, 80, 68, 70]))
  })

  it('is said to leave by who keeps the records; only what an owner says ends a membership here', async () => {
    expect((await editor.post(address('leaving.start'), { personId, on: '2026-01-01' })).status).toBe(403)
    const other = await server.addPerson('lee@example.com', 'alpha', 'member')
    const lee = await post<{ personId: string }>('person.add', { name: 'Lee Sample', email: 'lee@example.com' }, editor)
    const signatory = await server.addPerson('signatory@example.com', 'alpha', 'signatory')
    await post('leaving.start', { personId: lee.personId, on: '2026-01-31' }, signatory)
    expect((await other.get(address('finding.list'))).status).toBe(200)
    const shown = await get<Shown>('leaving.show', `personId=${lee.personId}`)
    expect(shown.accounts).toMatchObject([{ connector: 'art32', state: 'open' }])
    await post('leaving.start', { personId: lee.personId, on: '2026-01-31' })
    expect((await other.get(address('finding.list'))).status).not.toBe(200)
  })
})
