import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import type { Person } from '../../../../scripts/testing/server.ts'
import { addMonths } from '../calendar/index.ts'
import { attendGuidelines } from './remind.ts'

let { server, owner, editor } = {} as Published
let member: Person
let signatory: Person
let stranger: Person
beforeAll(async () => {
  ;({ server, owner, editor } = await publishedEdition())
  member = await server.addPerson('member-of-rules@example.com', 'alpha', 'member')
  signatory = await server.addPerson('signatory-of-rules@example.com', 'alpha', 'signatory')
  await server.registry.create({ name: 'beta', slug: 'beta', language: 'de' })
  stranger = await server.addPerson('stranger-of-rules@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const today = () => todayOfTenants()
const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const read = async <T>(operation: string, query = '', person = owner): Promise<T> =>
  await json<T>(await person.get(`${at(operation)}${query}`))
const refused = async (operation: string, body: object, person = owner): Promise<unknown> =>
  ((await (await person.post(at(operation), body)).json()) as { code: string }).code

interface Shown {
  readonly guideline: Readonly<Record<string, unknown>> & { readonly state: string }
  readonly draft: { title: string; body: string; measures: string[]; reviewMonths: number; revision: number }
  readonly versions: readonly { versionId: string; number: number; alone: boolean; body: string }[]
  readonly acceptances: readonly { name: string | null; at: string | null }[] | null
}
const show = async (guidelineId: string, person = owner) =>
  await read<Shown>('guideline.show', `?guidelineId=${guidelineId}`, person)
const create = async (more: object = {}, person = editor) =>
  (await ask<{ guidelineId: string }>('guideline.create', { template: 'clean-desk', ...more }, person)).guidelineId
const approve = async (guidelineId: string, revision = 1, person = owner, effectiveFrom = today()) =>
  (await ask<{ versionId: string }>('guideline.approve', { guidelineId, revision, effectiveFrom }, person)).versionId

describe('a guideline', () => {
  it('goes from a template to a version that each member accepts, and asks again with the next', async () => {
    const guidelineId = await create()
    expect((await show(guidelineId)).guideline).toMatchObject({ state: 'draft', number: null, hasDraft: true })
    const first = await approve(guidelineId)
    const before = await show(guidelineId)
    expect(before.guideline).toMatchObject({
      state: 'in-force',
      number: 1,
      hasDraft: false,
      accepted: 0,
      reviewDue: addMonths(today(), 12),
    })
    expect(before.versions[0]).toMatchObject({ alone: false, body: expect.stringContaining('Alpha') })
    await ask('guideline.accept', { versionId: first }, member)
    await ask('guideline.accept', { versionId: first }, member)
    const { guideline, acceptances } = await show(guidelineId)
    expect(guideline['accepted']).toBe(1)
    expect(acceptances?.filter(({ at: when }) => when !== null)).toHaveLength(1)
    expect(acceptances).toHaveLength(Number(guideline['members']))
    // Whoever only reads sees the figure and no names.
    expect((await show(guidelineId, member)).acceptances).toBeNull()

    const { title, body, measures, reviewMonths, revision } = before.draft
    const next = { guidelineId, revision, title, body: `${body}\n\nOne more rule.`, measures, reviewMonths }
    await ask('guideline.change', next, editor)
    expect(await refused('guideline.change', next, editor)).toBe('guideline.stale')
    const second = await approve(guidelineId, revision + 1)
    expect((await show(guidelineId)).guideline).toMatchObject({ number: 2, accepted: 0 })
    expect((await show(guidelineId)).versions.map(({ number }) => number)).toEqual([2, 1])
    expect(await refused('guideline.accept', { versionId: first }, member)).toBe('guideline.not_in_force')
    const { guidelines } = await read<{ guidelines: { versionId: string; acceptedAt: string | null }[] }>(
      'guideline.mine',
      '',
      member,
    )
    expect(guidelines).toContainEqual(expect.objectContaining({ versionId: second, acceptedAt: null }))
    const { paragraphs } = await read<{ paragraphs: { in: string; text: string }[][] }>(
      'guideline.compare',
      `?guidelineId=${guidelineId}&from=1&to=2`,
    )
    expect(paragraphs.length).toBeGreaterThan(20)
    expect(
      paragraphs
        .flat()
        .filter((run) => run.in !== 'both')
        .map(({ text }) => text.trim()),
    ).toEqual(['One more rule.'])
  })

  it('is approved by who may sign and did not write it, unless nobody else could', async () => {
    const own = await create({}, owner)
    const body = { guidelineId: own, revision: 1, effectiveFrom: today() }
    expect(await refused('guideline.approve', body)).toBe('guideline.own_text')
    expect((await editor.post(at('guideline.approve'), body)).status).toBe(403)
    await approve(own, 1, signatory)
    expect(await refused('guideline.approve', body, signatory)).toBe('guideline.same_text')

    const beta = (operation: string) => `/api/tenants/beta/${operation}`
    const made = await json<{ guidelineId: string }>(
      await stranger.post(beta('guideline/create'), { template: 'passwords' }),
    )
    await json(await stranger.post(beta('guideline/approve'), { ...made, revision: 1, effectiveFrom: today() }))
    const shown = await json<Shown>(await stranger.get(`${beta('guideline/show')}?guidelineId=${made.guidelineId}`))
    expect(shown.versions[0]).toMatchObject({ alone: true, body: expect.stringContaining('## Zweck') })
    // What is beta's does not exist in alpha.
    expect((await owner.get(`${at('guideline.show')}?guidelineId=${made.guidelineId}`)).status).toBe(404)
    expect(await refused('guideline.accept', { versionId: shown.versions[0]?.versionId })).toBe('guideline.no_version')
  })

  it('refuses places left open, days out of reach, and measures that only a check proves', async () => {
    const guidelineId = await create({ template: undefined, title: 'Rules', body: 'Ask {{contact}} before you begin.' })
    const body = { guidelineId, revision: 1, effectiveFrom: today() }
    expect(await refused('guideline.approve', body)).toBe('guideline.open_place')
    const draftOf = {
      guidelineId,
      revision: 1,
      title: 'Rules',
      body: 'Ask before you begin to work.',
      reviewMonths: 12,
    }
    expect(await refused('guideline.change', { ...draftOf, measures: ['mfa'] })).toBe('guideline.no_such_measure')
    expect(await refused('guideline.change', { ...draftOf, measures: ['made-up'] })).toBe('guideline.no_such_measure')
    await ask('guideline.change', { ...draftOf, measures: [] }, editor)
    for (const effectiveFrom of ['2020-01-01', addMonths(today(), 13)])
      expect(await refused('guideline.approve', { guidelineId, revision: 2, effectiveFrom })).toBe(
        'guideline.bad_start',
      )
    await approve(guidelineId, 2, owner, addMonths(today(), 1))
    expect((await show(guidelineId)).guideline.state).toBe('coming')
    expect(await refused('guideline.discard', { guidelineId })).toBe('guideline.approved_already')
  })

  it('is withdrawn by a record, and what was accepted stays', async () => {
    const guidelineId = await create()
    await approve(guidelineId)
    await ask('guideline.withdraw', { guidelineId, reason: 'The office was given up.' })
    expect((await show(guidelineId)).guideline.state).toBe('withdrawn')
    expect((await show(guidelineId)).versions).toHaveLength(1)
    expect(await refused('guideline.withdraw', { guidelineId, reason: 'Twice.' })).toBe('guideline.nothing_approved')
    expect(await refused('guideline.review', { guidelineId })).toBe('guideline.nothing_approved')
  })

  it('hands out who accepted as CSV, without formulas, to whoever manages members', async () => {
    const guidelineId = await create({ title: '=HYPERLINK("https://example.com")' })
    await approve(guidelineId)
    const csv = await (await owner.get(`${at('guideline.acceptances')}?guidelineId=${guidelineId}`)).text()
    expect(csv.split('\r\n')).toContainEqual(expect.stringContaining('HYPERLINK'))
    expect(csv).not.toMatch(/(^|[\n,"])=/)
    expect((await member.get(at('guideline.acceptances'))).status).toBe(403)
  })
})

describe('reminders', () => {
  it('go once in their time, and not for what everybody accepted', async () => {
    const reminded = async () =>
      (
        await server.tenants.asSystem('alpha', async (tx) => {
          await attendGuidelines(tx)
          return await tx.sql.query<{ kind: string; version_id: string }>('select * from guideline_reminder')
        })
      ).rows
    const guidelineId = await create()
    const versionId = await approve(guidelineId)
    const kinds = async () => (await reminded()).filter((row) => row.version_id === versionId).map(({ kind }) => kind)
    expect(await kinds()).toEqual(['acceptance'])
    expect(await kinds()).toEqual(['acceptance'])
    const later = async (days: number) =>
      await server.tenants.asSystem('alpha', (tx) =>
        attendGuidelines({ ...tx, now: new Date(tx.now.getTime() + days * 86_400_000) }),
      )
    await later(6)
    expect(await kinds()).toEqual(['acceptance'])
    await later(7)
    expect(await kinds()).toEqual(['acceptance', 'acceptance'])
    await later(360)
    expect((await kinds()).toSorted()).toEqual(['acceptance', 'acceptance', 'acceptance', 'review'])
    await later(367)
    expect((await kinds()).filter((kind) => kind === 'overdue')).toHaveLength(1)
  })
})
