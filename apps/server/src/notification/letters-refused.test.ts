import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'

let world: LetterWorld
let server: LetterWorld['server']
let owner: LetterWorld['owner']
let editor: LetterWorld['editor']
let choose: LetterWorld['choose']
let happens: LetterWorld['happens']
let due: LetterWorld['due']
let waiting: LetterWorld['waiting']

beforeAll(async () => {
  world = await startLetterWorld()
  ;({ server, owner, editor, choose, happens, due, waiting } = world)
})
afterAll(() => world.stop())
afterEach(() => world.clear())

describe('a mail server', () => {
  it('that asks to come back later gets only the letters that it did not take, again', async () => {
    await choose(owner, { 'finding.opened': 'now' })
    await choose(editor, { 'finding.opened': 'now' })
    world.answers = [451]
    await happens('high')
    await due()
    await vi.waitFor(() => expect(world.received).toHaveLength(1), { timeout: 8_000 })
    expect(await waiting()).toBe(1)
    await vi.waitFor(
      async () => {
        await due()
        expect(world.received).toHaveLength(2)
      },
      { timeout: 8_000 },
    )
    expect(new Set(world.received.map(({ to }) => to))).toEqual(new Set(['owner@example.com', 'editor@example.com']))
  })

  it('that refuses a letter for good is not asked again', async () => {
    await choose(owner, { 'finding.opened': 'now' })
    await choose(editor, { 'finding.opened': 'never' })
    world.answers = [550]
    await happens('high')
    await due()
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 8_000 })
    expect(world.received).toEqual([])
  })

  it('is tried out by the operator with a letter to the own address, and by nobody else', async () => {
    const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
    expect((await owner.post('/api/mail/test', {})).status).toBe(403)
    expect((await owner.get('/api/mail/show')).status).toBe(403)
    expect((await operator.post('/api/mail/test', { to: 'a@example.org' })).status).toBe(400)
    expect(await (await operator.get('/api/mail/show')).json()).toEqual({ isSet: true })
    expect((await operator.post('/api/mail/test', { language: 'de' })).status).toBe(200)
    expect(world.received.map(({ to }) => to)).toEqual(['operator@example.com'])
    expect(world.received[0]?.raw).not.toMatch(/^List-Unsubscribe/im)
    world.answers = [550]
    expect(await (await operator.post('/api/mail/test', {})).json()).toMatchObject({ code: 'mail.refused' })
  })
})
