import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { workbookOf } from '../file/testing/samples.ts'

const csv = [
  'id,first_name,last_name,email,note',
  ...Array.from(
    { length: 40 },
    (_, n) => `${n},Wilrun,Ostermoor,w${n}.ostermoor@example.com,"Ms Ostermoor called, IBAN DE89370400440532013000"`,
  ),
  '',
].join('\n')

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const at = (path: string) => `/api/tenants/alpha/shield/${path}`
const bytes = (text: string) => new TextEncoder().encode(text)
interface Profiled {
  readonly plan: { readonly columns: Record<string, { readonly type: string; readonly do: string }> }
  readonly text: string
}

/** As the page does it: the plan that the profile gives, kept. */
async function planFor(text: string): Promise<string> {
  const profiled = (await (await owner.upload(at('profile?name=customers.csv'), bytes(text))).json()) as Profiled
  const kept = await owner.post(at('plan_save'), { name: 'customers', plan: profiled.text })
  return ((await kept.json()) as { planId: string }).planId
}

interface Imported {
  readonly importId: string
  readonly files: readonly { readonly fileId: string; readonly name: string }[]
  readonly report: { readonly records: number; readonly keyId: string }
}

describe('a table with people in it', () => {
  it('is profiled by its first bytes', async () => {
    const answer = await owner.upload(at('profile?name=customers.csv'), bytes(csv))
    expect(answer.status).toBe(200)
    const { plan } = (await answer.json()) as Profiled
    expect(plan.columns).toMatchObject({
      first_name: { do: 'pseudonym' },
      email: { type: 'email', do: 'pseudonym' },
      note: { do: 'text' },
    })
  })

  it('is kept without them, beside the report and its leaf', async () => {
    const answer = await owner.upload(at(`import?name=customers.csv&planId=${await planFor(csv)}`), bytes(csv))
    const imported = (await answer.json()) as Imported
    expect(answer.status, JSON.stringify(imported)).toBe(200)
    expect(imported.report.records).toBe(40)
    expect(imported.files.map(({ name }) => name)).toEqual(['customers.clean.csv', 'customers.clean.csv.report.json'])
    const [clean, report] = await Promise.all(
      imported.files.map(
        async ({ fileId }) => await (await owner.get(`/api/tenants/alpha/file/read?fileId=${fileId}`)).text(),
      ),
    )
    for (const text of [clean, report]) expect(text).not.toMatch(/Ostermoor|Wilrun|example\.com|DE89/u)
    expect(clean?.split('\n').length).toBe(csv.split('\n').length)
    expect(clean).toContain('[iban]')
    const shown = (await (await owner.get(at(`show?importId=${imported.importId}`))).json()) as Imported
    expect(shown.report).toEqual(imported.report)
    const leaves = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) => {
        const { rows } = await sql.query<{ leaf: string }>(
          `select convert_from(leaf, 'UTF8') as leaf from log_entry where type = 'shield.reported'`,
        )
        return rows
      },
      { settled: true },
    )
    expect(leaves).toHaveLength(1)
  })

  it('stands behind the measures on imports and on pseudonyms, for as long as they say', async () => {
    const standing = await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ catalogue_id: string; role: string; days: number }>(
        `select catalogue_id, role, extract(day from fresh_until - given_at)::int as days
         from attestation where source = 'shield' order by catalogue_id`,
      )
      return rows
    })
    expect(standing).toEqual([
      { catalogue_id: 'pseudonymisation', role: 'owner', days: 366 },
      { catalogue_id: 'redaction-before-processing', role: 'owner', days: 183 },
    ])
  })

  it('has the same pseudonyms at the next import', async () => {
    const planId = await planFor(csv)
    const once = async () => {
      const answer = await owner.upload(at(`import?name=customers.csv&planId=${planId}`), bytes(csv))
      const { files } = (await answer.json()) as Imported
      return await (await owner.get(`/api/tenants/alpha/file/read?fileId=${files[0]?.fileId ?? ''}`)).text()
    }
    expect(await once()).toBe(await once())
  })

  it('is shown before and after to who may see it', async () => {
    const { text } = (await (await owner.upload(at('profile?name=a.csv'), bytes(csv))).json()) as Profiled
    const answer = await owner.post(at('preview'), { plan: text, sample: Buffer.from(csv).toString('base64') })
    const shown = (await answer.json()) as { columns: string[]; before: string[][]; after: string[][] }
    expect(answer.status, JSON.stringify(shown)).toBe(200)
    expect(shown.columns).toEqual(['id', 'first_name', 'last_name', 'email', 'note'])
    expect(shown.before[0]?.[1]).toBe('Wilrun')
    expect(shown.after).toHaveLength(20)
    expect(JSON.stringify(shown.after)).not.toMatch(/Ostermoor|Wilrun|example\.com/u)
  })
})

describe('a workbook with people in it', () => {
  const rows = Array.from({ length: 30 }, (_, n) => [
    `${n}`,
    'Wilrun',
    'Ostermoor',
    `w${n}@example.com`,
    'Ms Ostermoor called',
  ])
  const book = workbookOf([['id', 'first_name', 'last_name', 'email', 'note'], ...rows])
  const people = /Ostermoor|Wilrun|@example/u
  const profiled = async () => {
    const answer = await owner.upload(at('profile?name=people.xlsx'), book)
    expect(answer.status).toBe(200)
    return (await answer.json()) as Profiled
  }

  it('is profiled whole, and shows its first rows before and after', async () => {
    const { plan, text } = await profiled()
    expect(plan.columns).toMatchObject({
      'Sheet1.email': { type: 'email', do: 'pseudonym' },
      'Sheet1.note': { do: 'text' },
    })
    const answer = await owner.post(at('preview'), { plan: text, sample: book.toString('base64') })
    const shown = (await answer.json()) as { columns: string[]; before: string[][]; after: string[][] }
    expect(answer.status, JSON.stringify(shown)).toBe(200)
    expect(shown.columns).toContain('Sheet1.email')
    expect(shown.before[0]).toEqual(rows[0])
    expect(shown.after).toHaveLength(shown.before.length)
    expect(shown.after[0]?.[0]).toBe('0')
    expect(JSON.stringify(shown.after)).not.toMatch(people)
  })

  it('is kept as a workbook of values', async () => {
    const kept = await owner.post(at('plan_save'), { name: 'people', plan: (await profiled()).text })
    const { planId } = (await kept.json()) as { planId: string }
    const answer = await owner.upload(at(`import?name=people.xlsx&planId=${planId}`), book)
    const imported = (await answer.json()) as Imported
    expect(answer.status, JSON.stringify(imported)).toBe(200)
    expect(imported.report.records).toBe(30)
    expect(imported.files[0]?.name).toBe('people.clean.xlsx')
    const clean = await owner.get(`/api/tenants/alpha/file/read?fileId=${imported.files[0]?.fileId}`)
    const parts = Object.values(unzipSync(new Uint8Array(await clean.arrayBuffer()))).map((part) => strFromU8(part))
    expect(parts.join('\n')).toContain('first_name')
    expect(parts.join('\n')).not.toMatch(people)
  })

  it('is not taken for a table of another kind, nor half of one for a whole', async () => {
    const kept = await owner.post(at('plan_save'), { name: 'people', plan: (await profiled()).text })
    const { planId } = (await kept.json()) as { planId: string }
    for (const bytes of [new TextEncoder().encode(csv), book.subarray(0, 500)]) {
      const answer = await owner.upload(at(`import?name=people.xlsx&planId=${planId}`), bytes)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'shield.unreadable'])
    }
  })
})
