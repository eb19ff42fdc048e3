import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const planText = (columns: string) =>
  `plan: art32.shield/1\nformat: { kind: csv, delimiter: ',' }\ncolumns: ${columns}\n`
const plan = planText('{ id: { type: number, do: keep }, note: { type: text, do: text } }')

let server: TestServer
let owner: Person
let editor: Person
let member: Person
let stranger: Person
let planId = ''
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  planId = await keep(plan)
})
afterAll(() => server.stop())

const at = (verb: string, tenant = 'alpha') => `/api/tenants/${tenant}/shield/${verb}`
const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

async function keep(text: string): Promise<string> {
  const kept = await owner.post(at('plan_save'), { name: 'attacked', plan: text })
  return ((await kept.json()) as { planId: string }).planId
}

/** Everything of the tenant as it is stored. */
async function stored(): Promise<string> {
  return await server.tenants.asSystem('alpha', async ({ sql }) => {
    const all = ['shield_import', 'evidence_file', 'evidence_content', 'opening', 'log_pending']
    let text = ''
    for (const table of all) text += JSON.stringify((await sql.query(`select * from ${table}`)).rows)
    return text
  })
}
const send = (text: string | Uint8Array, by = owner, id = planId) =>
  by.upload(at(`import?name=table.csv&planId=${id}`), typeof text === 'string' ? bytes(text) : text)

describe('a plan and a report of another tenant', () => {
  it('are not there', async () => {
    const { importId } = (await (await send('id,note\n1,fine\n')).json()) as { importId: string }
    expect(importId).toBeTruthy()
    expect((await stranger.get(at(`show?importId=${importId}`, 'beta'))).status).toBe(404)
    expect((await stranger.get(at(`plan_show?planId=${planId}`, 'beta'))).status).toBe(404)
    const tried = await stranger.upload(at(`import?name=a.csv&planId=${planId}`, 'beta'), bytes('id\n1\n'))
    expect(await codeOf(tried)).toBe('shield.plan_not_found')
    expect((await stranger.get(at(`show?importId=${importId}`))).status).toBe(404)
  })

  it('makes other pseudonyms of the same people', async () => {
    const mails = planText('{ mail: { type: email, do: pseudonym } }')
    const made = async (by: Person, tenant: string) => {
      const sample = Buffer.from('mail\nsomeone@example.com\n').toString('base64')
      const shown = await by.post(at('preview', tenant), { plan: mails, sample })
      return ((await shown.json()) as { after: string[][] }).after[0]?.[0]
    }
    const own = await made(owner, 'alpha')
    expect(own).toMatch(/^[a-z2-7]{26}$/)
    expect(await made(owner, 'alpha')).toBe(own)
    expect(await made(stranger, 'beta')).not.toBe(own)
  })
})

describe('whoever may not', () => {
  it('imports nothing, and sees nothing of the first rows', async () => {
    expect(await codeOf(await send('id,note\n1,a\n', member))).toBe('http.forbidden')
    const sample = Buffer.from('id,note\n1,a\n').toString('base64')
    for (const one of [member, editor])
      expect(await codeOf(await one.post(at('preview'), { plan, sample }))).toBe('http.forbidden')
    expect((await send('id,note\n1,a\n', editor)).status).toBe(200)
  })

  it('leaves a leaf with each look at the first rows, and nothing of them', async () => {
    const sample = Buffer.from('id,note\n1,call Wilrun Ostermoor\n').toString('base64')
    expect((await owner.post(at('preview'), { plan, sample })).status).toBe(200)
    const rows = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) =>
        (await sql.query<{ n: number }>(`select count(*)::int as n from log_entry where type = 'shield.previewed'`))
          .rows,
      { settled: true },
    )
    expect(rows[0]?.n).toBeGreaterThan(0)
    expect(await stored()).not.toContain('Ostermoor')
  })
})

describe('a hostile file', () => {
  it.each([
    ['a quote that is never closed', 'id,note\n1,"open\n2,b\n', 'shield.unreadable'],
    ['nothing', '', 'shield.empty'],
    ['a damaged archive', gzipSync('id,note\n1,a\n').subarray(0, 18), 'shield.unreadable'],
    ['a script', '#!/bin/sh\nrm -rf /\n', 'file.is_program'],
  ])('is refused with the reason, and leaves nothing: %s', async (_, file, code) => {
    const before = await stored()
    expect(await codeOf(await send(file))).toBe(code)
    expect(await stored()).toBe(before)
  })

  it('that unpacks to far more than is taken is refused early', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('id,note\n'), Buffer.alloc(96 * 1_048_576, '1,a\n')]))
    expect(bomb.length).toBeLessThan(1_048_576)
    const before = await stored()
    expect(await codeOf(await send(bomb))).toBe('shield.too_large')
    expect(await stored()).toBe(before)
  })

  it('keeps back what no plan names', async () => {
    const answer = await send('id,note,surprise\n1,a,Wilrun Ostermoor\n')
    const { report, files } = (await answer.json()) as {
      report: { unknown: string[] }
      files: { fileId: string }[]
    }
    expect(report.unknown).toEqual(['surprise'])
    const clean = await owner.get(`/api/tenants/alpha/file/read?fileId=${files[0]?.fileId ?? ''}`)
    expect(await clean.text()).not.toContain('Ostermoor')
  })
})

describe('the service', () => {
  const filter = (text: string, by = owner) => by.upload(at(`filter?name=table.csv&planId=${planId}`), bytes(text))

  it('answers with what came out, and keeps the report alone', async () => {
    const answer = await filter(`id,note\n${'1,"IBAN DE89370400440532013000"\n'.repeat(20_000)}`)
    expect(answer.status).toBe(200)
    const importId = answer.headers.get('x-art32-import') ?? ''
    expect(await answer.text()).toBe(`id,note\n${'1,"IBAN [iban]"\n'.repeat(20_000)}`)
    const shown = (await (await owner.get(at(`show?importId=${importId}`))).json()) as {
      kind: string
      records: number
      files: unknown[]
    }
    expect(shown).toMatchObject({ kind: 'filter', records: 20_000, files: [] })
  })

  it('says what is wrong where nothing went out yet, and cuts its answer off where something did', async () => {
    expect(await codeOf(await filter('', owner))).toBe('shield.empty')
    expect(await codeOf(await filter('id,note\n1,a\n', member))).toBe('http.forbidden')
    const broken = await filter(`id,note\n${'1,fine\n'.repeat(400_000)}2,"open\n3,b\n`)
    await expect(broken.text()).rejects.toThrow('terminated')
    const listed = (await (await owner.get(at('import_list'))).json()) as { imports: { records: number }[] }
    expect(listed.imports.some(({ records }) => records >= 400_000)).toBe(false)
  })
})

describe('an upload that is cut off', () => {
  it('leaves nothing', async () => {
    const before = await stored()
    const leaving = new AbortController()
    const cookies = await cookieOf()
    const body = new ReadableStream<Uint8Array>({
      async pull(stream) {
        stream.enqueue(bytes('1,Wilrun Ostermoor was here\n'.repeat(10_000)))
        await new Promise((resolve) => setTimeout(resolve, 30))
      },
    })
    const init = {
      method: 'POST',
      headers: { ...cookies, 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
      signal: leaving.signal,
    }
    const sent = fetch(`${server.local}${at(`import?name=table.csv&planId=${planId}`)}`, init)
    setTimeout(() => leaving.abort(), 400)
    await expect(sent).rejects.toThrow('aborted')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await stored()).toBe(before)
    // The turn was given back.
    expect((await send('id,note\n1,a\n')).status).toBe(200)
  })
})

async function cookieOf(): Promise<Record<string, string>> {
  const answer = await fetch(`${server.local}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery staple' }),
  })
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0])
  return { cookie: cookie.join('; '), origin: server.url }
}
