import { prove } from '@art32/probes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { purposes } from './purposes.ts'
import { renderNotice } from './notice.ts'
import { rules } from './rules.ts'

describe('the privacy notice', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ ART32_CONTROLLER: 'Beispiel <GmbH>; Musterstraße 1; privacy@example.com' })
  })
  afterAll(() => server.stop())

  it('is read by anybody in both languages, with no script, no cookie and nothing from elsewhere', async () => {
    for (const [query, headers, title] of [
      ['', {}, 'Privacy notice'],
      ['', { 'accept-language': 'de-AT' }, 'Datenschutzhinweise'],
      ['?language=de', {}, 'Datenschutzhinweise'],
    ] as const) {
      const response = await fetch(`${server.local}/privacy${query}`, { headers })
      const page = await response.text()
      expect(page).toContain(`<h1>${title}</h1>`)
      expect(page).not.toMatch(/<script|https?:\/\/|style=/)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    expect((await fetch(`${server.local}/privacy/style.css`)).headers.get('content-type')).toContain('text/css')
  })

  it.each(['en', 'de'])(
    'tells all that Art. 13 GDPR asks for, seen as the notice of any other (%s)',
    async (language) => {
      const settings = { url: server.local, noticeUrl: `${server.local}/privacy?language=${language}` }
      const { targets } = await prove([{ connector: 'http', settings, system: 'test' }], {
        attempts: 1,
        only: ({ id }) => id === 'web.privacy-notice',
      })
      expect(targets[0]?.checks).toMatchObject([{ state: 'pass' }])
    },
  )

  it('names who is responsible as text, or says plainly that nobody was entered', async () => {
    const page = await (await fetch(`${server.local}/privacy`)).text()
    expect(page).toContain('Beispiel &#60;GmbH&#62;<br')
    expect(renderNotice('en', { controller: null, dataProtectionOfficer: null })).toContain('has not entered a name')
    expect(renderNotice('de', { controller: 'x', dataProtectionOfficer: 'dpo@example.com' })).toContain(
      'dpo@example.com',
    )
  })

  it('tells every purpose with its end, and every rule of deletion belongs to one', async () => {
    const notice = (await (await fetch(`${server.local}/api/notice/show`)).json()) as {
      controller: string[]
      purposes: { id: string; rules: { id: string }[] }[]
    }
    expect(notice.controller).toEqual(['Beispiel <GmbH>', 'Musterstraße 1', 'privacy@example.com'])
    expect(notice.purposes.map(({ id }) => id)).toEqual(Object.keys(purposes))
    expect(new Set(notice.purposes.flatMap((one) => one.rules.map(({ id }) => id)))).toEqual(
      new Set(Object.keys(rules)),
    )
  })

  it('says twelve hours for a session because that is how long one lives', async () => {
    expect((await server.accounts.sessionCookie()).idleSeconds).toBe(12 * 3_600)
    expect(purposes.session.until.en).toContain('12 hours')
  })
})
