import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { atAlpha, letterAddress, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'
import { whenDue } from './letters.ts'

let world: LetterWorld
let server: LetterWorld['server']
let owner: LetterWorld['owner']
let editor: LetterWorld['editor']
let member: LetterWorld['member']
let choose: LetterWorld['choose']
let happens: LetterWorld['happens']
let due: LetterWorld['due']
let waiting: LetterWorld['waiting']

beforeAll(async () => {
  world = await startLetterWorld()
  ;({ server, owner, editor, member, choose, happens, due, waiting } = world)
})
afterAll(() => world.stop())
afterEach(() => world.clear())

describe('what people are told', () => {
  it('is little by default: new findings weekly to owners and editors, and nothing to others', async () => {
    await happens('critical', 2)
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ account_id: string; rhythm: string }>('select account_id, rhythm from notification_item'),
    )
    expect(new Set(rows.map((row) => row.account_id))).toEqual(new Set([owner.accountId, editor.accountId]))
    expect(rows.map((row) => row.rhythm)).toEqual(Array(4).fill('weekly'))
    const shown = await (await member.get(atAlpha('notification.show'))).json()
    expect(shown).toMatchObject({ mailIsSet: true, language: null, tenantLanguage: 'de' })
    const { choices } = shown as { choices: { kind: string; rhythm: string }[] }
    // What holds for everybody is told to everybody.
    expect(choices.filter(({ rhythm }) => rhythm !== 'never').map(({ kind }) => kind)).toEqual(['guideline.accept'])
  })

  it('comes as one letter in their language through the queue, with counts and nothing of the content', async () => {
    expect((await choose(owner, { 'finding.opened': 'now' }, { language: 'en' })).status).toBe(200)
    await choose(editor, { 'finding.opened': 'now' })
    await happens('critical', 2)
    await happens('low')
    await due()
    await vi.waitFor(() => expect(world.received).toHaveLength(2), 20_000)
    const english = world.received.find(({ to }) => to === 'owner@example.com')?.raw
    expect(english?.replaceAll('\r\n ', ' ')).toContain('Subject: Alpha <b> & Co.: 3 new findings (2 critical, 1 low)')
    expect(english).toContain('3 new findings (2 critical, 1 low)')
    expect(english).toContain('Alpha &lt;b&gt; &amp; Co.')
    expect(english).toContain(`${letterAddress}/t/alpha/findings`)
    const german = world.received.find(({ to }) => to === 'editor@example.com')?.raw
    expect(german).toContain('3 neue Feststellungen (2 kritisch, 1 niedrig)')
    await vi.waitFor(async () => expect(await waiting()).toBe(0), 20_000)
  })

  it('is not what they did themselves', async () => {
    await choose(owner, { 'member.changed': 'daily' })
    await choose(editor, { 'member.changed': 'daily' })
    await owner.post(atAlpha('access.change'), { accountId: member.accountId, role: 'dpo' })
    await owner.post(atAlpha('access.change'), { accountId: member.accountId, role: 'member' })
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ account_id: string; code: string }>('select account_id, code from notification_item'),
    )
    const told = { account_id: editor.accountId, code: 'changed' }
    expect(rows).toEqual([told, told])
  })

  it('is decided with what happened, or not at all', async () => {
    await expect(
      server.tenants.asSystem('alpha', async ({ append, newId }) => {
        await append({ type: 'finding.opened', about: { kind: 'finding', id: newId() }, code: 'high' })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await waiting()).toBe(0)
  })

  it('is at once, to the owners, that their tenant was suspended', async () => {
    const operator = await server.addPerson('runs@example.com', 'this-installation', 'owner')
    expect((await operator.post('/api/tenant/suspend', { slug: 'alpha' })).status).toBe(200)
    try {
      await server.ledgers.settle(await server.registry.open('alpha'))
      await due()
      await vi.waitFor(() => expect(world.received).toHaveLength(1), 20_000)
      expect(world.received[0]).toMatchObject({ to: 'owner@example.com' })
      expect(world.received[0]?.raw).toContain('1 tenant suspended by the operator')
    } finally {
      await operator.post('/api/tenant/resume', { slug: 'alpha' })
    }
  })

  it('ends with the membership', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    await choose(leaver, { 'finding.opened': 'weekly' })
    await happens('high')
    await owner.post(atAlpha('access.remove'), { accountId: leaver.accountId })
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('select 1 from notification_item where account_id = $1', [leaver.accountId]),
    )
    expect(rows).toEqual([])
  })
})

it('letters of a day leave in the next morning, those of a week on the next Monday, those at once after a minute', () => {
  const id = '00000000-0000-4000-8000-000000000000'
  const sunday = new Date('2026-11-22T06:00:00Z')
  expect(whenDue('now', sunday, id).toISOString()).toBe('2026-11-22T06:01:00.000Z')
  expect(whenDue('daily', sunday, id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
  expect(whenDue('weekly', sunday, id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
  const monday = new Date('2026-11-23T05:00:00Z')
  expect(whenDue('daily', monday, id).toISOString()).toBe('2026-11-24T05:00:00.000Z')
  expect(whenDue('weekly', monday, id).toISOString()).toBe('2026-11-30T05:00:00.000Z')
  expect(whenDue('weekly', new Date('2026-11-23T04:59:00Z'), id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
})
