import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let editor: Person
let member: Person
let stranger: Person

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`
const secret = 'SECRET of the case'

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: `${slug} <b>`, slug, language: 'en' })
  await publishLines(server, 'alpha', 3)
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const see = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.local}/trust/${path}`, { headers })
  return { status: answer.status, etag: answer.headers.get('etag') ?? '', text: await answer.text() }
}
async function good<T = object>(operation: string, input: object, who = owner, tenant = 'alpha'): Promise<T> {
  const response = await who.post(at(operation, tenant), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, answer]).toEqual([operation, 200, answer])
  return answer
}
const refused = async (operation: string, input: object, who = owner, tenant = 'alpha') => {
  const response = await who.post(at(operation, tenant), input)
  return `${response.status} ${((await response.json()) as { code?: string }).code}`
}
const text = (title: string, more: object = {}, state = 'investigating') => ({
  state,
  texts: { en: { title, happened: 'A store was open.\n\nIt is shut.', ...more } },
})
const report = async (who = owner, tenant = 'alpha') => {
  const given = { title: secret, description: secret }
  const { incidentId } = await good<{ incidentId: string }>('incident.report', given, who, tenant)
  return { incidentId }
}

async function publish(given: object, who = owner, tenant = 'alpha'): Promise<string> {
  const { incidentId } = await report(who, tenant)
  await good('incident.draft_bulletin', { incidentId, text: given }, who, tenant)
  await good('incident.publish', { incidentId, revision: 1 }, who, tenant)
  return incidentId
}

describe('a bulletin outside', () => {
  it('shows what was typed and nothing of the case, runs nothing, and needs no edition', async () => {
    await publish(
      text('"><script>alert(1)</script>\u202e', { advice: '<img src=x onerror=alert(2)>' }),
      stranger,
      'beta',
    )
    for (const path of ['beta/incidents', 'beta/incidents/1', 'beta/incidents.atom', 'beta/incidents.json']) {
      const page = await see(path)
      expect([path, page.status]).toEqual([path, 200])
      expect(page.text).toContain('alert(1)')
      if (!path.endsWith('json')) expect(page.text).not.toMatch(/<script|<img/i)
      expect(page.text).not.toContain(secret)
      expect(page.text).not.toContain('\u202e')
    }
    expect((await see('beta/incidents/style.css')).text).toContain('.entries')
    for (const path of ['beta/incidents/2', 'beta/incidents/0', 'beta/incidents/1x', 'alpha/incidents/style.css'])
      expect((await see(path)).status).toBe(404)
  })

  it('keeps its history, says in which language it is, and tells a feed that it has changed', async () => {
    const incidentId = await publish(text('A store was open'))
    const first = await see('alpha/incidents.atom?language=en')
    expect((await see('alpha/incidents.atom?language=en', { 'if-none-match': first.etag })).status).toBe(304)
    const again = text('A store was open', { change: 'Nobody looked into it.' }, 'resolved')
    await good('incident.draft_bulletin', { incidentId, text: again, revision: 2 })
    await good('incident.publish', { incidentId, revision: 3 })
    const second = await see('alpha/incidents.atom?language=en', { 'if-none-match': first.etag })
    expect(second.status).toBe(200)
    expect(second.text).toContain('State: resolved')
    const number = /incidents\/(\d+)"/.exec(second.text)?.[1] ?? ''
    const page = (await see(`alpha/incidents/${number}?language=en`)).text
    for (const said of ['State: resolved', 'Nobody looked into it.', 'Earlier versions', 'being investigated'])
      expect(page).toContain(said)
    const german = (await see(`alpha/incidents/${number}?language=de`)).text
    expect(german).toContain('Diese Mitteilung gibt es nur auf Englisch.')
    expect(german).toMatch(/<p class="said" lang="en"\s*>A store was open\./)
    expect((await see('alpha?language=en')).text).toContain(`/trust/alpha/incidents/${number}?language=en`)
    await good('incident.close_bulletin', { incidentId })
    expect((await see(`alpha/incidents/${number}?language=en`)).text).toContain('Nothing more is to come.')
    expect(await refused('incident.close_bulletin', { incidentId })).toBe('409 incident.bulletin_over')
  })

  it('is gone everywhere once it is taken back, and says that it was', async () => {
    const incidentId = await publish(text('Quite another thing'))
    const number = /incidents\/(\d+)\?/.exec((await see('alpha/incidents?language=en')).text)?.[1] ?? ''
    await good('incident.withdraw_bulletin', { incidentId, reason: secret })
    for (const path of ['', '/incidents', `/incidents/${number}`, '/incidents.atom', '/incidents.json']) {
      const page = (await see(`alpha${path}?language=en`)).text
      expect(page).not.toMatch(/Quite another thing|SECRET/)
    }
    expect((await see(`alpha/incidents/${number}?language=en`)).text).toContain('was taken back')
    const once = { incidentId, text: text('Once more'), revision: 2 }
    expect(await refused('incident.draft_bulletin', once)).toBe('409 incident.bulletin_withdrawn')
    expect(await refused('incident.publish', { incidentId, revision: 2 })).toBe('409 incident.bulletin_withdrawn')
  })
})

describe('a bulletin inside', () => {
  it('is out of reach for another tenant and for whoever may not sign', async () => {
    const { incidentId } = await report()
    const draft = { incidentId, text: text('A store was open') }
    for (const [operation, input] of [
      ['incident.draft_bulletin', draft],
      ['incident.publish', { incidentId, revision: 1 }],
      ['incident.close_bulletin', { incidentId }],
      ['incident.withdraw_bulletin', { incidentId, reason: 'Not mine' }],
    ] as const) {
      expect(await refused(operation, input, stranger, 'beta')).toBe('404 incident.not_found')
      expect((await stranger.post(at(operation), input)).status).toBe(404)
      expect(await refused(operation, input, member)).toMatch(/^403 /)
    }
    await good('incident.draft_bulletin', draft, editor)
    expect(await refused('incident.publish', { incidentId, revision: 1 }, editor)).toMatch(/^403 /)
    expect((await see('alpha/incidents')).text).not.toContain(incidentId)
  })

  it('publishes the draft that was looked at, once, and no other', async () => {
    const { incidentId } = await report()
    await good('incident.draft_bulletin', { incidentId, text: text('As it was looked at') })
    const changed = { incidentId, text: text('As somebody changed it'), revision: 1 }
    await good('incident.draft_bulletin', changed, editor)
    expect(await refused('incident.publish', { incidentId, revision: 1 })).toBe('409 incident.bulletin_changed')
    expect(await refused('incident.draft_bulletin', changed)).toBe('409 incident.bulletin_changed')
    const both = await Promise.all([1, 2].map(() => owner.post(at('incident.publish'), { incidentId, revision: 2 })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await refused('incident.publish', { incidentId, revision: 3 })).toBe('409 incident.bulletin_unchanged')
    const few = { incidentId, text: text('For few'), revision: 3, audience: 'subscribers' }
    expect(await refused('incident.draft_bulletin', few)).toBe('409 incident.audience_fixed')
  })

  it('refuses exercises, letters that nobody can send, and texts that say nothing or too much', async () => {
    const { incidentId } = await good<{ incidentId: string }>('incident.drill', { scenario: 'mail' })
    expect(await refused('incident.draft_bulletin', { incidentId, text: text('An exercise') })).toBe(
      '409 incident.drill_only',
    )
    const one = await report()
    await good('incident.draft_bulletin', { ...one, text: text('For few'), audience: 'subscribers' })
    expect(await refused('incident.publish', { ...one, revision: 1 })).toBe('409 incident.no_letters')
    for (const bad of [
      { state: 'investigating', texts: {} },
      text('\u200b\u200b\u200b'),
      text('x'.repeat(161)),
      text('Too long', { happened: 'x'.repeat(4_001) }),
      text('More than asked', { html: '<b>' }),
    ])
      expect(await refused('incident.draft_bulletin', { ...one, text: bad, revision: 1 })).toMatch(/^400 /)
  })

  it('hands out every version as a table without formulas, and stands in the case that is taken along', async () => {
    const incidentId = await publish(text('=cmd|calc'))
    const query = `?incidentId=${incidentId}&format=csv&language=de`
    const csv = await (await owner.get(`${at('incident.bulletin_paper')}${query}`)).text()
    expect(csv).toContain('cmd|calc')
    expect(csv).not.toMatch(/(^|,|;|")=cmd/m)
    const { entries } = (await (await owner.get(`${at('incident.show')}?incidentId=${incidentId}`)).json()) as {
      entries: { kind: string; text: string }[]
    }
    expect(entries.at(-1)).toMatchObject({ kind: 'published', text: '=cmd|calc' })
    const zip = await (await owner.get(`${at('incident.archive')}?incidentId=${incidentId}`)).arrayBuffer()
    expect(Buffer.from(zip).includes('users.json')).toBe(true)
  })
})
