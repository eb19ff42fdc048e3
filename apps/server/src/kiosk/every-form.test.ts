import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeFolders, startPortal } from '../../../../scripts/testing/portal.ts'
import type { Folders, Portal } from '../../../../scripts/testing/portal.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { takenForms } from '../publication/plain.ts'
import type { TakenForm } from '../publication/plain.ts'

let folders: Folders
let server: TestServer
let portal: Portal
const letters: { to: string; text: string }[] = []
let networks = 0

beforeAll(async () => {
  folders = await makeFolders()
  server = await startTestServer(
    { ...folders.environment, ART32_URL: 'https://toms.example.com', ART32_PORTAL_URL: 'https://trust.example.com' },
    {
      mailer: {
        isSet: true,
        send: (letter) => {
          letters.push({ to: letter.to, text: JSON.stringify(letter) })
          return Promise.resolve()
        },
      },
    },
  )
  await server.registry.create({ name: 'Tenant alpha', slug: 'alpha', language: 'en' })
  const owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const at = (operation: string) => `/api/tenants/alpha/${operation}`
  const bytes = new TextEncoder().encode('# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n')
  const read = (await (await owner.upload(`${at('document/read')}?name=tom.md`, bytes)).json()) as {
    document: { id: string }
  }
  await owner.post(at('document/adopt'), { documentId: read.document.id })
  const { id } = (await (await owner.post(at('edition/draft'), {})).json()) as { id: string }
  expect((await owner.post(at('edition/sign'), { editionId: id })).status).toBe(200)
  portal = await startPortal(folders, { ART32_TRUSTED_PROXIES: '127.0.0.1,::1' })
  await vi.waitFor(async () => expect((await portal.ask('/trust/alpha/documents')).status).toBe(200), {
    timeout: 25_000,
    interval: 100,
  })
})
afterAll(async () => {
  await portal.kill()
  await server.stop()
  await folders.remove()
})

async function post(path: string, fields: readonly (readonly [string, string])[]) {
  return await portal.ask(`/trust/alpha/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': `198.51.100.${networks++}`,
    },
    body: new URLSearchParams(fields.map((one) => [...one])).toString(),
  })
}

/** Waits until a question to the tenant's database is answered with so many rows. */
async function counted(query: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await server.tenants.asSystem('alpha', (tx) => tx.sql.query(query))
      expect([query, rows.length]).toEqual([query, count])
    },
    { timeout: 25_000, interval: 100 },
  )
}

/** The link to a page in the last letter to somebody. */
async function linkIn(to: string, page: string): Promise<string> {
  return await vi.waitFor(
    () => {
      const text = letters
        .filter((one) => one.to === to)
        .map((one) => one.text)
        .join('\n')
      const [, link = ''] =
        new RegExp(`https://trust\\.example\\.com/trust/alpha/(${page}\\?token=[^\\s<>"]+)`).exec(text) ?? []
      expect([page, link !== '']).toEqual([page, true])
      return link
    },
    { timeout: 25_000, interval: 100 },
  )
}

const plain: Readonly<
  Record<Exclude<TakenForm, 'confirm' | 'unsubscribe'>, { fields: [string, string][]; rows: string }>
> = {
  report: {
    fields: [
      ['title', 'A weakness'],
      ['description', 'How.'],
    ],
    rows: 'select 1 from report',
  },
  'report-incident': {
    fields: [
      ['what', 'Somebody found our papers in the street.'],
      ['when', ''],
      ['contact', ''],
    ],
    rows: `select 1 from incident where source = 'form'`,
  },
  request: {
    fields: [
      ['kind', 'access'],
      ['text', 'What do you store about me?'],
      ['name', ''],
      ['email', ''],
      ['postal', ''],
    ],
    rows: `select 1 from request where source = 'form'`,
  },
  'documents/request': {
    fields: [
      ['name', 'A customer'],
      ['organisation', 'Example'],
      ['email', 'customer@example.com'],
      ['reason', 'For our audit.'],
    ],
    rows: 'select 1 from disclosure',
  },
  subscribe: {
    fields: [
      ['email', 'reader@example.com'],
      ['topic', 'edition'],
    ],
    rows: 'select 1 from subscription_request',
  },
}

describe('a form of the public page', () => {
  it('has a way through a portal, each of them', async () => {
    expect([...Object.keys(plain), 'confirm', 'unsubscribe'].toSorted()).toEqual([...takenForms].toSorted())
    for (const [form, { fields, rows }] of Object.entries(plain)) {
      const answer = await post(`${form}?language=de`, fields)
      expect([form, answer.status, answer.text.includes('<html lang="de">')]).toEqual([form, 200, true])
      await counted(rows, 1)
    }
  })

  it('gives a link to whoever asks for their data, which opens where the database is, in the language of the form', async () => {
    const { text } = await post('request?language=en', plain.request.fields)
    const [, token = ''] = /https:\/\/toms\.example\.com\/trust\/alpha\/request\/([0-9a-f]{64})/.exec(text) ?? []
    await counted(plain.request.rows, 2)
    const page = await fetch(`${server.local}/trust/alpha/request/${token}?language=en`)
    expect([page.status, (await page.text()).includes('What do you store about me?')]).toEqual([200, true])
  })

  it('confirms and ends letters by the links in them, which lead to the portal', async () => {
    const confirm = (await linkIn('reader@example.com', 'confirm')).replaceAll('&amp;', '&')
    const looked = await portal.ask(`/trust/alpha/${confirm}`)
    const [, token = ''] = /token=([^&]+)/.exec(confirm) ?? []
    expect([looked.status, looked.text.includes(`token=${token}`), looked.text.includes('art32-token')]).toEqual([
      200,
      true,
      false,
    ])
    // Looking changes nothing: programs that look through mail open links.
    await counted('select 1 from subscriber', 0)
    expect((await post(confirm, [])).status).toBe(200)
    await counted('select 1 from subscriber', 1)
    const end = (await linkIn('reader@example.com', 'unsubscribe')).replaceAll('&amp;', '&')
    expect((await post(end, [['List-Unsubscribe', 'One-Click']])).status).toBe(200)
    await counted('select 1 from subscriber', 0)
    expect((await post('confirm?token=%3Cscript%3E', [])).status).toBe(422)
  })
})
