import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePng } from '../../../../scripts/testing/png.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
let guidelineId = ''

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const title = '=cmd|calc #read("x") <b>'

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: `${slug} <i>`, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  await owner.upload(`${at('letterhead.logo')}?name=logo.png`, makePng())
  const made = await owner.post(at('guideline.create'), {
    title,
    body: '# Rule\n\nLock **every** screen <script>alert(1)</script>.\n\n- one\n- two\n',
    language: 'en',
  })
  ;({ guidelineId } = (await made.json()) as { guidelineId: string })
  const effectiveFrom = todayOfTenants()
  await owner.post(at('guideline.approve'), { guidelineId, revision: 1, effectiveFrom })
})
afterAll(() => server.stop())

const take = async (operation: string, query: string, person = owner) => await person.get(`${at(operation)}?${query}`)

describe('a paper that an operation hands out', () => {
  it('comes as PDF on the letterhead of the tenant, with name and type', async () => {
    const answer = await take('guideline.document', `guidelineId=${guidelineId}&format=pdf`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toMatch(/alpha-guideline-1-\d{4}-\d\d-\d\d\.pdf$/)
    const pdf = Buffer.from(await answer.arrayBuffer())
    const source = pdf.toString('latin1')
    expect(source).toMatch(/^%PDF-1\.7/)
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>')
    // The logo; its size is that of the file.
    expect(source).toMatch(/\/Subtype \/Image/)
  })

  it('comes as Word document and as JSON', async () => {
    const docx = await take('guideline.document', `guidelineId=${guidelineId}&format=docx`)
    const files = unzipSync(new Uint8Array(await docx.arrayBuffer()))
    expect(strFromU8(files['word/document.xml'] ?? new Uint8Array())).toContain('&lt;script&gt;')
    expect(Object.keys(files).some((name) => name.startsWith('word/media/'))).toBe(true)
    const json = await take('guideline.document', `guidelineId=${guidelineId}&format=json`)
    expect(await json.json()).toMatchObject({ format: 'art32.paper/1', by: 'alpha <i>', title })
  })

  it('comes as table without formulas', async () => {
    const csv = await (await take('guideline.acceptances', `guidelineId=${guidelineId}`)).text()
    expect(csv.startsWith('guideline,version,name,accepted_at\r\n')).toBe(true)
    expect(csv).not.toMatch(/(^|[\n,"])=/)
  })

  it('is for whoever may read what it says, in the tenant, and of a version that there is', async () => {
    const query = `guidelineId=${guidelineId}`
    expect((await take('guideline.document', query, stranger)).status).toBe(404)
    expect((await take('guideline.document', `${query}&number=7`)).status).toBe(404)
    expect((await take('guideline.document', query, member)).status).toBe(200)
    expect((await take('guideline.acceptances', query, member)).status).toBe(403)
    expect((await take('guideline.document', `${query}&format=exe`)).status).toBe(400)
  })

  it('is made for a crowd one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => await take('guideline.document', `guidelineId=${guidelineId}`)),
    )
    const sizes = await Promise.all(answers.map(async (answer) => (await answer.arrayBuffer()).byteLength))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(sizes).size).toBe(1)
  })
})
