import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const document = new TextEncoder().encode(`# Technical and organisational measures

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Visitors are escorted at all times.

## Availability

- Backups are made daily and restored every 3 months.
`)

interface Line {
  id: string
  text: string
  type: string
  section: string
  status: string
  condition: string | null
  parameters: Record<string, unknown>
  measure: { id: string; revision: number; assurance: string; parts: { confirmedBy: string | null }[] } | null
}

let server: TestServer
let owner: Person
let viewer: Person

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  viewer = await server.addPerson('member@example.com', 'alpha', 'member')
  const read = (await (await owner.upload(`${at('document.read')}?name=tom.md`, document)).json()) as {
    document: { id: string }
  }
  await owner.post(at('document.adopt'), { documentId: read.document.id })
})
afterAll(() => server.stop())

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

async function lines(): Promise<Line[]> {
  return ((await (await owner.get(at('register.show'))).json()) as { statements: Line[] }).statements
}
async function lineOf(word: string): Promise<Line & { measure: NonNullable<Line['measure']> }> {
  const found = (await lines()).find(({ text, type }) => text.includes(word) && type !== 'heading')
  if (!found?.measure) throw new Error(`no line says ${word}`)
  return { ...found, measure: found.measure }
}
async function target(word: string) {
  const { measure } = await lineOf(word)
  return { measureId: measure.id, revision: measure.revision }
}
async function done<T = unknown>(operation: string, input: object): Promise<T> {
  const response = await owner.post(at(operation), input)
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}
const said = async () => (await lines()).filter(({ measure }) => measure).map(({ text }) => text)

describe('a line of the register', () => {
  it('says something else, with the values of its new text, and its meaning has to be confirmed anew', async () => {
    await done('measure.confirm', await target('TLS'))
    await done('measure.reword', { ...(await target('TLS')), text: 'All traffic uses TLS 1.3 where possible.' })
    const line = await lineOf('TLS')
    expect(line).toMatchObject({
      text: 'All traffic uses TLS 1.3 where possible.',
      status: 'conditional',
      parameters: { tls: '1.3' },
    })
    expect(line.measure.parts.map(({ confirmedBy }) => confirmedBy)).toEqual([null])
    await done('measure.reword', { ...(await target('TLS')), text: 'All traffic uses TLS 1.3.' })
    expect((await lineOf('TLS')).status).toBe('in-place')
  })

  it('has a condition and values of its own, and stays planned whatever its text says', async () => {
    await done('measure.reword', { ...(await target('escorted')), condition: 'outside of office hours' })
    expect(await lineOf('escorted')).toMatchObject({ status: 'conditional', condition: 'outside of office hours' })
    await done('measure.reword', { ...(await target('escorted')), parameters: { notice: 'P1D' } })
    expect((await lineOf('escorted')).parameters).toEqual({ notice: 'P1D' })
    await done('measure.change', { ...(await target('escorted')), status: 'planned' })
    await done('measure.reword', { ...(await target('escorted')), text: 'Visitors are escorted by staff.' })
    expect((await lineOf('escorted')).status).toBe('planned')
  })

  it('is not overwritten by who saw an older one', async () => {
    const old = await target('TLS')
    await done('measure.reword', { ...old, text: 'All traffic uses TLS 1.2.' })
    const late = await owner.post(at('measure.reword'), { ...old, text: 'All traffic uses TLS 1.1.' })
    expect(await late.json()).toMatchObject({ status: 409, code: 'measure.changed_meanwhile' })
    expect((await lineOf('TLS')).text).toBe('All traffic uses TLS 1.2.')
    for (const [operation, more] of [
      ['measure.move', { behind: (await lines())[0]?.id }],
      ['measure.remove', { reason: 'too late' }],
    ] as const)
      expect([operation, (await owner.post(at(operation), { ...old, ...more })).status]).toEqual([operation, 409])
  })

  it('is changed by nobody who may only read', async () => {
    const { measureId, revision } = await target('TLS')
    for (const [operation, input] of [
      ['measure.reword', { measureId, revision, text: 'Nothing is encrypted.' }],
      ['measure.add', { behind: (await lines())[0]?.id, text: 'Nothing is encrypted.' }],
      ['measure.move', { measureId, revision, behind: (await lines())[0]?.id }],
      ['measure.remove', { measureId, revision, reason: 'not wanted' }],
    ] as const)
      expect([operation, (await viewer.post(at(operation), input)).status]).toEqual([operation, 403])
  })

  it('is added behind another one or first in a chapter, moved, and taken out with a reason', async () => {
    const heading = (await lines()).find(({ text }) => text === 'Availability')
    await done('measure.add', { behind: heading?.id, text: 'Disks are mirrored as RAID 1.', catalogueIds: ['raid'] })
    expect(await said()).toEqual([
      'All traffic uses TLS 1.2.',
      'Visitors are escorted by staff.',
      'Disks are mirrored as RAID 1.',
      'Backups are made daily and restored every 3 months.',
    ])
    expect(await lineOf('RAID')).toMatchObject({ section: 'Availability', parameters: { raid: 1 } })
    await done('measure.move', { ...(await target('TLS')), behind: (await lineOf('Backups')).id })
    expect((await said()).at(-1)).toBe('All traffic uses TLS 1.2.')
    expect((await lineOf('TLS')).section).toBe('Availability')
    await done('measure.remove', { ...(await target('RAID')), reason: 'The disks are in the cloud.' })
    expect(await said()).not.toContain('Disks are mirrored as RAID 1.')
  })

  it('finds a place between two others as often as somebody wants', async () => {
    const first = await lineOf('escorted')
    for (let n = 0; n < 60; n++) await done('measure.add', { behind: first.id, text: `Added as number ${n}.` })
    const added = (await said()).filter((text) => text.startsWith('Added'))
    expect(added).toEqual(Array.from({ length: 60 }, (_, n) => `Added as number ${59 - n}.`))
  })

  it('keeps two people who add at the same place at once apart', async () => {
    const { id } = await lineOf('escorted')
    const both = await Promise.all(
      ['Left.', 'Right.'].map((text) => owner.post(at('measure.add'), { behind: id, text: `Together ${text}` })),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await said()).filter((text) => text.startsWith('Together'))).toHaveLength(2)
  })

  it('refuses values, conditions and texts that are none', async () => {
    const line = await target('TLS')
    for (const wrong of [
      { text: '  ' },
      { text: 'x'.repeat(10_001) },
      { parameters: { 'no name': '1' } },
      { parameters: { tls: { deep: true } } },
      { condition: 'x'.repeat(501) },
      { assurance: 'verified' },
    ])
      expect([wrong, (await owner.post(at('measure.reword'), { ...line, ...wrong })).status]).toEqual([wrong, 400])
  })

  it('tells in its history who edited what', async () => {
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { events } = (await (
      await owner.get(`${at('history.list')}?id=${(await target('TLS')).measureId}`)
    ).json()) as {
      events: { type: string; after: Record<string, unknown> | null; who: { name: string } | null }[]
    }
    const types = new Set(events.map(({ type }) => type))
    for (const type of ['statement.changed', 'statement.moved', 'mapping.confirmed'])
      expect([type, types.has(type)]).toEqual([type, true])
    expect(events.find(({ type }) => type === 'statement.changed')?.who?.name).toBe('owner')
  })
})

describe('weighing a line against the last edition', () => {
  it('takes nothing for a weakening as long as nothing is published', async () => {
    const { measureId } = await target('TLS')
    expect(await done('edition.weigh', { measureId, text: 'Nothing is encrypted.' })).toEqual({
      since: null,
      decision: 'not-needed',
      differences: [],
    })
  })

  it('says before it is saved what would need a decision, and changes nothing', async () => {
    const { id } = await done<{ id: string }>('edition.draft', {})
    await done('edition.sign', { editionId: id })
    const { measureId, revision } = await target('TLS')
    const weigh = async (proposal: object) => {
      const { decision, differences } = await done<{ decision: string; differences: { aspect: string }[] }>(
        'edition.weigh',
        { measureId, ...proposal },
      )
      return [decision, differences.map(({ aspect }) => aspect)]
    }
    expect(await weigh({})).toEqual(['not-needed', []])
    expect(await weigh({ text: 'All traffic uses TLS 1.1.' })).toEqual(['needed', ['parameter']])
    expect(await weigh({ text: 'All traffic uses TLS 1.3.' })).toEqual(['not-needed', ['parameter']])
    expect(await weigh({ condition: 'where a customer asks for it' })).toEqual(['needed', ['status', 'condition']])
    expect(await weigh({ status: 'planned' })).toEqual(['needed', ['status']])
    expect(await weigh({ guarantor: 'customer' })).toEqual(['needed', ['guarantor']])
    expect(await weigh({ catalogueIds: [] })).toEqual(['needed', ['measure']])
    expect(await weigh({ remove: true })).toEqual(['needed', ['line']])
    expect(await target('TLS')).toEqual({ measureId, revision })
  })
})
