import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, editor } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor } = await publishedEdition())
})
afterAll(() => server.stop())

const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const read = async <T>(operation: string, query = ''): Promise<T> =>
  await json<T>(await owner.get(`${at(operation)}${query}`))
const refused = async (operation: string, body: object): Promise<unknown> =>
  ((await (await owner.post(at(operation), body)).json()) as { code: string }).code

interface Proposal {
  readonly template: string
  readonly side: string
  readonly name: string
  readonly said: Record<string, unknown>
}
interface Shown {
  readonly activities: readonly {
    activityId: string
    name: string
    side: string
    missing: string[]
    revision: number
  }[]
  readonly versions: readonly { number: number }[]
  readonly isChanged: boolean
  readonly missing: readonly string[]
  readonly edition: number | null
}
const body = { name: 'Alpha GmbH', address: '1 Example Road', contact: 'privacy@alpha.example' }

describe('the record of processing activities', () => {
  it('goes from proposals to a version, which stays as it is, with its review as a duty', async () => {
    expect(await refused('processing.record', {})).toBe('processing.empty')
    const { proposals } = await read<{ proposals: Proposal[] }>('processing.propose', '?language=de')
    expect(proposals.map(({ template }) => template)).toEqual(
      expect.arrayContaining(['operation', 'support', 'billing', 'newsletter', 'applicants', 'employees', 'art32']),
    )
    for (const one of proposals) await ask('processing.add', one)
    expect((await read<{ proposals: Proposal[] }>('processing.propose')).proposals).toEqual([])
    const before = await read<Shown>('processing.list')
    // A proposal is whole: nothing that the law wants is left open.
    expect(before.activities.flatMap(({ missing }) => missing)).toEqual([])
    expect(before).toMatchObject({ missing: ['name', 'address', 'contact'], isChanged: true, edition: 1 })
    expect(await refused('processing.record', {})).toBe('processing.incomplete')
    await ask('processing.set_body', { body })
    expect((await editor.post(at('processing.record'), {})).status).toBe(403)
    const customer = { name: 'Customer & Söhne', language: 'de', address: 'Beispielweg 1', dpo: 'Ihr DSB' }
    const { customerId } = await ask<{ customerId: string }>('customer.add', customer)
    await ask('contract.add', { customerId, title: 'Vertrag', validFrom: '2020-01-01' })
    await ask('processing.record', {})
    expect(await read<Shown>('processing.list')).toMatchObject({ versions: [{ number: 1 }], isChanged: false })
    const { duties } = await read<{ duties: { catalogueId: string | null }[] }>('duty.list')
    expect(duties.filter(({ catalogueId }) => catalogueId === 'processing-records')).toHaveLength(1)

    const activity = before.activities.find(({ side }) => side === 'controller')
    await ask('processing.end', { activityId: activity?.activityId, reason: 'We do it no more.' })
    await ask('customer.change', { customerId, revision: 1, ...customer, name: 'Another name' })
    expect((await read<Shown>('processing.list')).isChanged).toBe(true)
    const version = (query: string) => owner.get(`${at('processing.export')}?${query}`)
    const old = await (await version('number=1&format=json')).text()
    expect(old).toContain('Customer & Söhne')
    expect(old).toContain(activity?.name)
    const now = await (await version('format=json')).text()
    expect(now).not.toContain('Customer & Söhne')
    expect(now).not.toContain(activity?.name)
    await ask('processing.record', {})
    expect((await read<{ duties: { catalogueId: string | null }[] }>('duty.list')).duties).toHaveLength(duties.length)
    expect((await version('number=7')).status).toBe(404)
    // More than the database counts to is no version either.
    expect((await version('number=2147483648')).status).toBe(400)
  })

  it('is handed out in each form and both languages, without a word of the other', async () => {
    for (const format of ['pdf', 'docx']) {
      const bytes = Buffer.from(await (await owner.get(`${at('processing.export')}?format=${format}`)).arrayBuffer())
      expect(bytes.subarray(0, 4).toString('latin1')).toBe(format === 'pdf' ? '%PDF' : 'PK\u0003\u0004')
    }
    const german = await (await owner.get(`${at('processing.export')}?format=csv&language=de`)).text()
    expect(german).toContain('Kategorien betroffener Personen')
    expect(german).not.toMatch(/Categories of|Purposes/)
  })

  it('keeps hostile texts as texts, and refuses customers that are not there', async () => {
    const said = {
      purposes: '=HYPERLINK("http://x.example")',
      people: ['<img src=x onerror=alert(1)>'],
      data: ['a\u202Eb\u0000c'],
    }
    await ask('processing.add', { side: 'controller', name: '@sum(1)', said })
    const csv = await (await owner.get(`${at('processing.export')}?format=csv`)).text()
    expect(csv).toContain("'=HYPERLINK")
    expect(csv).toContain("'@sum(1)")
    expect(csv).toContain('abc')
    const unknown = { side: 'processor', name: 'X', said: { customerIds: ['00000000-0000-4000-8000-000000000000'] } }
    expect(await refused('processing.add', unknown)).toBe('processing.no_customer')
    const many = { side: 'controller', name: 'X', said: { people: Array.from({ length: 61 }, () => 'a') } }
    expect((await owner.post(at('processing.add'), many)).status).toBe(400)
    expect((await owner.post(at('processing.add'), { side: 'controller', name: 'X', said: { more: 1 } })).status).toBe(
      400,
    )
  })
})
