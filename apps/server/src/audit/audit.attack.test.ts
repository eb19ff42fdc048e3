import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, editor, measureOf } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor, measureOf } = await publishedEdition())
})
afterAll(() => server.stop())

interface Shown {
  readonly audit: { readonly state: string; readonly undecided: number; readonly toDo: number; readonly seed: string }
  readonly items: {
    readonly itemId: string
    readonly title: string
    readonly reasons: string[]
    readonly detail: object
    readonly verdict: string | null
  }[]
}

const ask = async <T>(operation: string, input: object, person = owner) =>
  (await (await person.post(at(operation), input)).json()) as T & { readonly code?: string }
const show = async (auditId: string) => await json<Shown>(await owner.get(`${at('audit.show')}?auditId=${auditId}`))
const plan = async (kind: 'review' | 'internal') =>
  (await ask<{ auditId: string }>('audit.plan', { kind, title: 'Autumn', scope: 'All of it', plannedOn: '2026-11-30' }))
    .auditId
const finding = { verdict: 'finding', note: 'Nobody knew.', severity: 'minor', owner: 'Office', due: '2027-01-31' }
const conclusion = 'The measures are kept, but for one.'

describe('a review of the measures', () => {
  it('walks through what changed, is decided item by item, signed, and followed up', async () => {
    await json(
      await owner.post(at('measure.change'), {
        ...(await measureOf('12 characters')),
        catalogueIds: ['password-policy'],
      }),
    )
    const { measureId, revision } = await measureOf('escorted')
    await json(
      await owner.post(at('measure.reword'), { measureId, revision, text: 'Visitors are escorted where possible.' }),
    )
    const auditId = await plan('review')
    await ask('audit.open', { auditId })
    const { items, audit } = await show(auditId)
    expect(audit.state).toBe('open')
    const reworded = items.find(({ title }) => title.includes('where possible'))
    expect(reworded?.reasons).toContain('changed')
    expect(reworded?.detail).toMatchObject({ before: expect.stringContaining('at all times') })
    expect(items.map(({ reasons }) => reasons).flat()).toContain('only-stated')
    expect(await ask('audit.sign', { auditId, conclusion })).toMatchObject({ code: 'audit.undecided' })
    expect(await ask('audit.decide', { itemId: items[0]?.itemId, verdict: 'finding' })).toMatchObject({
      code: 'audit.no_follow_up',
    })
    for (const [index, { itemId }] of items.entries())
      await ask('audit.decide', { itemId, ...(index === 0 ? finding : { verdict: 'fine' }) })
    expect((await editor.post(at('audit.sign'), { auditId, conclusion })).status).toBe(403)
    await ask('audit.sign', { auditId, conclusion })
    expect(await ask('audit.decide', { itemId: items[1]?.itemId, ...finding })).toMatchObject({
      code: 'audit.not_open',
    })
    expect((await show(auditId)).audit).toMatchObject({ state: 'signed', toDo: 1 })
    await ask('audit.done', { itemId: items[0]?.itemId, note: 'The list is complete.' })
    expect(await ask('audit.done', { itemId: items[0]?.itemId, note: 'Again.' })).toMatchObject({
      code: 'audit.nothing_to_do',
    })
    expect((await show(auditId)).audit.toDo).toBe(0)
    const pdf = await owner.get(`${at('audit.export')}?auditId=${auditId}&format=pdf&language=de`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
  })

  it('is open once, and begins where the last signed one began', async () => {
    const [first, second] = [await plan('review'), await plan('review')]
    const both = await Promise.all([first, second].map((auditId) => owner.post(at('audit.open'), { auditId })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const opened = both[0]?.status === 200 ? first : second
    expect(await ask('audit.open', { auditId: opened })).toMatchObject({ code: 'audit.already_open' })
    await ask('audit.cancel', { auditId: opened, reason: 'Next week.' })
    expect(await ask('audit.note', { auditId: opened, title: 'A door stood open.' })).toMatchObject({
      code: 'audit.not_open',
    })
  })
})

describe('an internal audit', () => {
  it('looks at a sample that its seed repeats, and at what somebody saw', async () => {
    const auditId = await plan('internal')
    expect(await ask('audit.open', { auditId, sample: 2 })).toEqual({ items: 2 })
    await ask('audit.note', { auditId, title: '=cmd|calc <b>A door stood open.</b>' })
    const { items, audit } = await show(auditId)
    expect(audit.seed).toMatch(/^[0-9a-f-]{36}$/)
    expect(items.map(({ reasons }) => reasons[0])).toEqual(['sampled', 'sampled', 'own'])
    for (const { itemId } of items) await ask('audit.decide', { itemId, verdict: 'fine' })
    await Promise.all([1, 2].map(() => owner.post(at('audit.sign'), { auditId, conclusion })))
    const csv = await (await owner.get(`${at('audit.export')}?auditId=${auditId}&format=csv`)).text()
    expect(csv).not.toMatch(/(^|[\n,"])=/)
  })

  it('stands behind its measure of the catalogue, once signed, and the newest alone', async () => {
    const signedOff = async () =>
      await server.tenants.asSystem('alpha', async ({ sql }) => {
        const { rows } = await sql.query("select 1 from attestation where source = 'audit' and ended_at is null")
        return rows.length
      })
    const before = await signedOff()
    const auditId = await plan('internal')
    await ask('audit.open', { auditId, sample: 1 })
    for (const { itemId } of (await show(auditId)).items) await ask('audit.decide', { itemId, verdict: 'fine' })
    await ask('audit.sign', { auditId, conclusion })
    expect([before, await signedOff()]).toEqual([2, 2])
  })

  it('is not found by another tenant', async () => {
    await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
    const stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
    const auditId = await plan('internal')
    expect((await stranger.get(`${at('audit.show')}?auditId=${auditId}`)).status).toBe(404)
    expect((await stranger.get(`/api/tenants/beta/audit/show?auditId=${auditId}`)).status).toBe(404)
    expect((await stranger.post('/api/tenants/beta/audit/open', { auditId })).status).toBe(404)
  })
})
