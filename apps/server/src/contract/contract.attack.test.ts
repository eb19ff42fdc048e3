import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import type { Person } from '../../../../scripts/testing/server.ts'
import { addDays } from '../calendar/index.ts'
import { attendCustomers } from './index.ts'
import { pageOfCustomers } from './list.ts'
import { contractStates, stateOf } from './contract.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

let { server, owner, editor } = {} as Published
let member: Person
let stranger: Person
beforeAll(async () => {
  ;({ server, owner, editor } = await publishedEdition())
  member = await server.addPerson('member-of-contracts@example.com', 'alpha', 'member')
  await server.registry.create({ name: 'beta', slug: 'beta', language: 'de' })
  stranger = await server.addPerson('stranger-of-contracts@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const today = () => todayOfTenants()
const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const read = async <T>(operation: string, query = '', person = owner): Promise<T> =>
  await json<T>(await person.get(`${at(operation)}${query}`))
const refused = async (operation: string, body: object, person = owner): Promise<unknown> =>
  ((await (await person.post(at(operation), body)).json()) as { code: string }).code
const send = async (path: string, bytes: string | Uint8Array, person = owner) => {
  const response = await person.upload(path, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

let count = 0
const newCustomer = async (more: object = {}) =>
  (await ask<{ customerId: string }>('customer.add', { name: `Customer ${(count += 1)}`, language: 'en', ...more }))
    .customerId
const newContract = async (more: object = {}, customer: object = {}) => {
  const customerId = await newCustomer(customer)
  const given = { customerId, title: 'Agreement', validFrom: '2020-01-01', ...more }
  return { customerId, ...(await ask<{ contractId: string }>('contract.add', given)) }
}

interface Shown {
  readonly contracts: readonly {
    contractId: string
    state: string
    edition: number | null
    confirmedAt: string | null
  }[]
  readonly matters: readonly {
    matterId: string
    kind: string
    state: string
    dueOn: string | null
    closedOn: string | null
    steps: readonly { state: string; said: Record<string, string> }[]
  }[]
}
const show = async (customerId: string) => await read<Shown>('customer.show', `?customerId=${customerId}`)

describe('an agreement with a customer', () => {
  it('is on file, confirmed by a signatory, changed, and ended with what is to be done then', async () => {
    const { customerId, contractId } = await newContract({ edition: 1, returnDays: 10 })
    expect(await refused('contract.confirm', { contractId })).toBe('contract.no_file')
    const file = await send(`${at('file.add')}?name=agreement.txt`, 'Signed by both.')
    await ask('contract.attach', { contractId, fileIds: [file.body['fileId']] })
    expect((await editor.post(at('contract.confirm'), { contractId })).status).toBe(403)
    await ask('contract.confirm', { contractId })
    expect((await show(customerId)).contracts[0]).toMatchObject({ state: 'in-force', edition: 1 })
    expect((await show(customerId)).contracts[0]?.confirmedAt).not.toBeNull()
    const terms = { title: 'Agreement', validFrom: '2020-01-01', edition: 1 }
    await ask('contract.change', { contractId, revision: 1, ...terms, validUntil: addDays(today(), 20) })
    // What was confirmed held for what it was.
    expect((await show(customerId)).contracts[0]).toMatchObject({ state: 'ending', confirmedAt: null })
    expect(await refused('contract.change', { contractId, revision: 1, ...terms })).toBe('contract.stale')
    await ask('contract.end', { contractId, endedOn: today(), reason: 'They left.' })
    const { contracts, matters } = await show(customerId)
    expect(contracts[0]?.state).toBe('ended')
    expect(matters[0]).toMatchObject({ kind: 'return', state: 'due' })
    expect(await refused('contract.end', { contractId, endedOn: today(), reason: 'Again.' })).toBe('contract.ended')
    const matterId = matters[0]?.matterId
    const certificate = (format: string) =>
      owner.get(`${at('matter.certificate')}?matterId=${matterId}&format=${format}`)
    expect((await certificate('json')).status).toBe(409)
    const said = { choice: 'deletion', how: 'Databases dropped', backups: '2030-01-31' }
    await ask('matter.step', { matterId, state: 'done', onDay: today(), said })
    const text = await (await certificate('json')).text()
    expect(text).toContain('Certificate of deletion')
    expect(text).toContain('31 January 2030')
    const pdf = Buffer.from(await (await certificate('pdf')).arrayBuffer())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('names only an edition that is published', async () => {
    const customerId = await newCustomer()
    const given = { customerId, title: 'Agreement', validFrom: '2026-01-01', edition: 99 }
    expect(await refused('contract.add', given)).toBe('contract.needs_edition')
    const backwards = { ...given, edition: 1, validUntil: '2025-12-31' }
    expect(await refused('contract.add', backwards)).toBe('contract.bad_days')
    expect(await refused('contract.add', { ...given, edition: 1, measures: ['mfa'] })).toBe('contract.no_such_measure')
  })

  it('is told once when it ends soon and once when it is over, and lets the measure that rests on it lapse', async () => {
    const { customerId, contractId } = await newContract({
      validUntil: addDays(today(), 5),
      measures: ['dpa-contracts'],
    })
    const file = await send(`${at('file.add')}?name=signed.txt`, 'Signed.')
    await ask('contract.attach', { contractId, fileIds: [file.body['fileId']] })
    await ask('contract.confirm', { contractId })
    const attend = () => server.tenants.asSystem('alpha', attendCustomers)
    const leaves = async (type: string) =>
      await server.tenants.asSystem('alpha', async ({ sql }) => {
        const { rows } = await sql.query<{ n: number }>(
          `select (select count(*) from log_entry where type = $1 and subject = $2)::int
             + (select count(*) from log_pending where event->>'type' = $1 and event->'subj'->>'id' = $2)::int as n`,
          [type, contractId],
        )
        return rows[0]?.n
      })
    const window = async () =>
      await server.tenants.asSystem('alpha', async ({ sql }) => {
        const { rows } = await sql.query<{ fresh_until: Date }>(
          `select fresh_until from attestation where source = 'contract' and source_id = $1`,
          [contractId],
        )
        return rows.map((row) => row.fresh_until.toISOString().slice(0, 10))
      })
    await attend()
    await attend()
    expect(await leaves('agreement.reminded')).toBe(1)
    // Through its last day, and no longer.
    expect(await window()).toEqual([addDays(today(), 6)])
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('update contract set valid_until = $2 where id = $1', [contractId, addDays(today(), -1)]),
    )
    await attend()
    await attend()
    expect(await leaves('agreement.expired')).toBe(1)
    expect((await show(customerId)).contracts[0]?.state).toBe('expired')
    expect(await refused('contract.confirm', { contractId })).toBe('contract.over')
  })

  it('stands in lists as it stands by its days', async () => {
    const days = [null, -400, -1, 0, 10, 70].map((by) => (by === null ? null : addDays(today(), by)))
    const made = new Map<string, string>()
    await server.tenants.asSystem('alpha', async ({ sql, newId, now }) => {
      for (const until of days)
        for (const ended of [null, addDays(today(), -1), addDays(today(), 3), addDays(today(), 200)])
          for (const from of [addDays(today(), -500), addDays(today(), 1)]) {
            if (until !== null && until < from) continue
            const id = newId()
            await sql.query(`insert into customer (id, name, language, created_at) values ($1, $2, 'en', $3)`, [
              id,
              id,
              now,
            ])
            await sql.query(
              `insert into contract (id, customer_id, title, valid_from, valid_until, ended_on, sub_processor_days, measure_days,
                 incident_hours, forward_days, return_days, created_at)
               values (gen_random_uuid(), $1, 'A', $2, $3, $4, 30, 30, 24, 3, 30, $5)`,
              [id, from, until, ended, now],
            )
            made.set(id, stateOf({ valid_from: from, valid_until: until, ended_on: ended }, today()))
          }
    })
    const rows = await server.tenants.asSystem('alpha', (tx) =>
      pageOfCustomers(tx, today(), { of: 'all', find: '', after: null, most: null }),
    )
    const listed = rows.filter(({ id }) => made.has(id)).map(({ id, state }) => [id, state])
    expect(new Map(listed as [string, string][])).toEqual(made)
    expect(new Set(made.values())).toEqual(new Set(contractStates))
  })
})

describe('what happens under an agreement', () => {
  it('is a chain of records: an instruction believed unlawful is told, and then withdrawn', async () => {
    const { customerId, contractId } = await newContract()
    const said = { from: 'Management', form: 'mail', text: 'Keep the logs for ever.', due: addDays(today(), 3) }
    const given = { contractId, kind: 'instruction', openedOn: today(), said }
    const { matterId } = await ask<{ matterId: string }>('matter.open', given)
    const step = (state: string, more: object = {}) => ({ matterId, state, onDay: today(), said: {}, ...more })
    expect(await refused('matter.step', step('done'))).toBe('matter.not_possible')
    expect(await refused('matter.step', step('unlawful', { said: { reason: 'Art. 5' } }))).toBe('matter.wrong_fields')
    await ask('matter.step', step('unlawful', { said: { reason: 'Art. 5(1)(e)', informed: today() } }))
    expect(await refused('matter.step', step('withdrawn', { onDay: addDays(today(), 2) }))).toBe('matter.to_come')
    await ask('matter.step', step('withdrawn', { said: { why: 'By them.' } }))
    const [matter] = (await show(customerId)).matters
    expect(matter).toMatchObject({ state: 'withdrawn', dueOn: said.due, closedOn: today() })
    expect(matter?.steps.map(({ state }) => state)).toEqual(['received', 'unlawful', 'withdrawn'])
    expect(await refused('matter.step', step('accepted'))).toBe('matter.not_possible')
  })

  it('has due days: a request is passed on within the days of the agreement', async () => {
    const { customerId, contractId } = await newContract({ forwardDays: 2 })
    const { matterId } = await ask<{ matterId: string }>('matter.open', {
      contractId,
      kind: 'request',
      openedOn: addDays(today(), -3),
      said: { right: 'erasure' },
    })
    expect((await show(customerId)).matters[0]?.dueOn).toBe(addDays(today(), -1))
    const open = await read<{ matters: { matterId: string; isOverdue: boolean }[] }>('matter.list')
    expect(open.matters.find((one) => one.matterId === matterId)?.isOverdue).toBe(true)
    await ask('matter.step', { matterId, state: 'forwarded', onDay: today(), said: { to: 'Data protection' } })
    expect((await show(customerId)).matters[0]?.dueOn).toBeNull()
  })

  it('refuses rooms, fields and words that are not there', async () => {
    const { contractId } = await newContract()
    const audit = { contractId, kind: 'audit', openedOn: today(), said: { by: 'Them', form: 'room', scope: 'All' } }
    expect(await refused('matter.open', { ...audit, roomId: contractId })).toBe('matter.no_room')
    for (const said of [
      {},
      { ...audit.said, form: 'telepathy' },
      { ...audit.said, planned: '2026-02-30' },
      { ...audit.said, more: 'x' },
    ])
      expect(await refused('matter.open', { ...audit, said })).toBe('matter.wrong_fields')
    expect(await refused('matter.open', { ...audit, openedOn: addDays(today(), 2) })).toBe('matter.to_come')
    expect((await owner.post(at('matter.open'), { ...audit, kind: 'return' })).status).toBe(400)
  })
})

describe('a file of customers', () => {
  const head = 'name;reference;contact_email;language;agreement;valid_from;valid_until;edition\n'
  const preview = (text: string) => send(`${at('customer.preview')}?name=c.csv`, text)
  const take = (text: string) => send(`${at('customer.import')}?name=c.csv`, text)

  it('says what each row would do, and is taken over whole or not at all', async () => {
    const wrong = `${head}Good Ltd;I-1;a@example.com;en;Agreement;2026-01-01;;1\nBad Ltd;I-2;no address;fr;Agreement;2026-02-01;2026-01-01;77\n;I-3;;;;;;\nTwice;I-1;;;;;;\n`
    const { body } = await preview(wrong)
    expect(body['counts']).toEqual({ add: 1, change: 0, same: 0, fault: 3 })
    expect(
      (body['rows'] as { name: string; faults: string[] }[]).find(({ name }) => name === 'Bad Ltd')?.faults,
    ).toEqual(['contact_email', 'language', 'valid_until', 'edition'])
    expect((await take(wrong)).body['code']).toBe('customer_import.has_faults')
    const right = `${head}Good Ltd;I-1;a@example.com;en;Agreement;2026-01-01;;1\n"=Formula; Ltd";I-4;;de;;;;\n`
    expect((await take(right)).body).toEqual({ added: 2, changed: 0, contracts: 1 })
    expect((await preview(right)).body['counts']).toEqual({ add: 0, change: 0, same: 2, fault: 0 })
    // What is handed out is no formula, and comes back as it was.
    const csv = await (await owner.get(`${at('customer.export')}?format=csv`)).text()
    expect(csv).toContain("'=Formula; Ltd")
    expect((await preview(csv)).body['counts']).toMatchObject({ fault: 0 })
  })

  it('is refused where it is none', async () => {
    expect((await preview('a,b\n1,2\n')).body['code']).toBe('customer_import.not_csv')
    expect((await preview('name\n"open')).body['code']).toBe('customer_import.not_csv')
    expect((await send(`${at('customer.preview')}?name=c.csv`, new Uint8Array([0xff, 0xfe, 0x00]))).status).toBe(400)
    const many = `name\n${Array.from({ length: 5_001 }, (_, n) => `C ${n}`).join('\n')}`
    expect((await preview(many)).body['code']).toBe('customer_import.too_many_rows')
  })
})

describe('customers', () => {
  it('are read by who reads the ledger, and by nobody of another tenant', async () => {
    const { customerId, contractId } = await newContract()
    for (const operation of ['customer.list', 'matter.list', 'announcement.list', 'processing.list'])
      expect((await member.get(at(operation))).status).toBe(403)
    expect((await member.get(`${at('customer.show')}?customerId=${customerId}`)).status).toBe(403)
    expect((await stranger.get(at('customer.list'))).status).toBe(404)
    const beta = await stranger.get(`/api/tenants/beta/customer/show?customerId=${customerId}`)
    expect(beta.status).toBe(404)
    const end = { contractId, endedOn: today(), reason: 'taken' }
    expect((await stranger.post('/api/tenants/beta/contract/end', end)).status).toBe(404)
    // An edition of another tenant is none of beta's.
    const own = await json<{ customerId: string }>(
      await stranger.post('/api/tenants/beta/customer/add', { name: 'Own', language: 'de' }),
    )
    const agreed = { ...own, title: 'Vertrag', validFrom: today(), edition: 1 }
    expect((await stranger.post('/api/tenants/beta/contract/add', agreed)).status).toBe(409)
  })

  it('keep a hostile name as a name, without what nobody could see', async () => {
    const name = '=cmd|\u202E<script>alert(1)</script>\u0000 Ltd'
    const customerId = await newCustomer({ name })
    const { customer } = await read<{ customer: { name: string } }>('customer.show', `?customerId=${customerId}`)
    expect(customer.name).toBe('=cmd|<script>alert(1)</script> Ltd')
    const csv = await (await owner.get(`${at('customer.export')}?format=csv`)).text()
    expect(csv).toContain("'=cmd|<script>")
    expect((await owner.post(at('customer.add'), { name: 'x'.repeat(500), language: 'en' })).status).toBe(400)
  })
})
