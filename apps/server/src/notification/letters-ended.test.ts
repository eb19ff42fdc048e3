import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { atAlpha, letterAddress, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'
import type { Person } from '../../../../scripts/testing/server.ts'

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

describe('the link in a letter', () => {
  const link = async () => {
    world.received = []
    await choose(owner, { 'finding.opened': 'now', 'edition.published': 'daily' })
    await choose(editor, { 'finding.opened': 'never', 'member.changed': 'daily' })
    await happens('high')
    await due()
    await vi.waitFor(() => expect(world.received).toHaveLength(1), { timeout: 8_000 })
    const raw = world.received[0]?.raw ?? ''
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im)
    return new URL(/^List-Unsubscribe:\s*<(.*)>$/im.exec(raw)?.[1] ?? '')
  }
  const click = (path: string) =>
    fetch(`${server.local}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  const rhythmsOf = async (person: Person) => {
    const shown = (await (await person.get(atAlpha('notification.show'))).json()) as { choices: { rhythm: string }[] }
    return new Set(shown.choices.map(({ rhythm }) => rhythm))
  }

  it('ends all letters by one click without signing in, for this person and tenant only', async () => {
    const url = await link()
    expect(url.href.startsWith(`${letterAddress}/unsubscribe?token=`)).toBe(true)
    // Programs that look at links before the reader does must not end anything.
    await fetch(`${server.local}${url.pathname}${url.search}`)
    expect(await rhythmsOf(owner)).not.toEqual(new Set(['never']))
    await happens('high')
    expect((await click(url.pathname + url.search)).status).toBe(200)
    expect((await click(url.pathname + url.search)).status).toBe(200)
    expect(await rhythmsOf(owner)).toEqual(new Set(['never']))
    expect(await rhythmsOf(editor)).not.toEqual(new Set(['never']))
    expect(await waiting()).toBe(0)
  })

  it('works for nothing that was not signed', async () => {
    const token = (await link()).searchParams.get('token') ?? ''
    const [publicId = '', , signature = ''] = token.split('.')
    const other = (await server.registry.open('beta')).tenant.publicId
    const forged = [
      '',
      'x',
      `${publicId}.${editor.accountId}.${signature}`,
      token.replace(publicId, other),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${token}x`,
      token.slice(0, -43),
    ]
    for (const one of forged) {
      expect((await click(`/unsubscribe?token=${encodeURIComponent(one)}`)).status, one).toBe(400)
      const asked = await fetch(`${server.local}/api/notification/unsubscribe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: one }),
      })
      expect(await asked.json()).toMatchObject({ code: 'notification.link_invalid' })
    }
    expect(await rhythmsOf(editor)).not.toEqual(new Set(['never']))
  })
})
