import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { atAlpha, letterAddress, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'
import { mostUses } from './link.ts'

const secret = 'argon2id'
const tom = new TextEncoder().encode(
  `# Measures\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as ${secret} hashes.\n`,
)
const report = new TextEncoder().encode('%PDF-1.7\nThe penetration test found nothing of weight.\n')
const hostile = '"><script>alert(1)</script>'
const asking = { name: 'Reader', organisation: 'Customer Ltd', email: 'reader@example.com', reason: 'Our audit' }

let world: LetterWorld

beforeAll(async () => {
  world = await startLetterWorld()
  const { document } = (await (await world.owner.upload(`${atAlpha('document.read')}?name=tom.md`, tom)).json()) as {
    document: { id: string }
  }
  await good('document.adopt', { documentId: document.id })
  const { statements } = (await (await world.owner.get(atAlpha('register.show'))).json()) as {
    statements: { text: string; measure: { id: string; revision: number } | null }[]
  }
  const measure = statements.find(({ text }) => text.includes(secret))?.measure
  await good('measure.change', { measureId: measure?.id, revision: measure?.revision, visibility: 'customers' })
  const { id } = await good<{ id: string }>('edition.draft', {})
  await good('edition.sign', { editionId: id })
})
afterAll(() => world.stop())

async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await world.owner.post(atAlpha(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, answer]).toEqual([operation, 200, answer])
  return answer
}

const at = (path: string) => `${world.server.local}/trust/alpha${path}`
const see = (path: string) => fetch(at(path), { redirect: 'manual' })
const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: letterAddress, ...headers },
    body: new URLSearchParams(form),
  })
const ask = (more: Partial<typeof asking> = {}) => send('/documents/request?language=en', { ...asking, ...more })

interface Listed {
  documents: { documentId: string; title: string }[]
  requests: {
    disclosureId: string
    state: string
    email: string
    reason: string
    acceptedAt: string | null
    uses: { what: string }[]
  }[]
}
const listed = async () => (await (await world.owner.get(atAlpha('disclosure.list'))).json()) as Listed
const request = async (email: string) => (await listed()).requests.find((one) => one.email === email)

async function addDocument(title: string, audience = 'request'): Promise<string> {
  const path = `${atAlpha('disclosure.add_document')}?title=${encodeURIComponent(title)}&audience=${audience}&name=report.pdf`
  return ((await (await world.owner.upload(path, report)).json()) as { documentId: string }).documentId
}

/** The link that a letter brought. */
async function linkTo(email: string): Promise<string> {
  const letter = await vi.waitFor(
    () => {
      const found = world.received.find(({ to, raw }) => to === email && raw.includes('/link/'))
      if (!found) throw new Error('no letter yet')
      return found
    },
    { timeout: 20_000 },
  )
  return /\/trust\/alpha(\/link\/[0-9a-f]{64})/.exec(letter.raw)?.[1] ?? ''
}

async function grantTo(email: string, more: object = {}): Promise<string> {
  await ask({ email })
  const disclosureId = (await request(email))?.disclosureId
  await good('disclosure.grant', { disclosureId, days: 7, audience: null, documentIds: [], ...more })
  return await linkTo(email)
}

async function inTenant(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return await world.server.tenants.asSystem(
    'alpha',
    async (tx) => (await tx.sql.query<Record<string, unknown>>(sql, values)).rows,
  )
}

describe('documents on request', () => {
  it('go from a form without a script by a letter and accepted terms to the reader, and each step is recorded', async () => {
    const documentId = await addDocument('Penetration test 2026')
    await good('disclosure.set_terms', { text: 'Keep it to yourself.\n\nDelete it after the audit.' })
    const form = await (await see('/documents?language=en')).text()
    expect(form).toContain('Penetration test 2026')
    expect(form).toContain('1 more line')
    expect(form).not.toMatch(/<script/i)
    const link = await grantTo('reader@example.com', { audience: 'customers', documentIds: [documentId] })
    const { raw } = world.received.find(({ to }) => to === 'reader@example.com') ?? { raw: '' }
    expect(raw).toMatch(/ends on \d{1,2} [A-Z][a-z]+ 20\d\d\./)
    for (const path of [`${link}/edition`, `${link}/${documentId}`])
      expect(await (await see(path)).text()).toContain('Keep it to yourself.')
    expect((await send(link, {})).status).toBe(200)
    expect((await request('reader@example.com'))?.acceptedAt).toBeNull()
    expect((await send(link, { accepted: 'yes' })).status).toBe(303)
    const page = await see(link)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await page.text()).toContain('Penetration test 2026')
    expect(await (await see(`${link}/edition`)).text()).toContain(secret)
    const file = await see(`${link}/${documentId}`)
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(report)
    const { acceptedAt, uses } = (await request('reader@example.com')) ?? {}
    expect(acceptedAt).not.toBeNull()
    expect(uses?.map(({ what }) => what)).toEqual([documentId, 'edition'])
    await world.server.ledgers.settle(await world.server.registry.open('alpha'))
    const leaves = await inTenant(
      `select type, convert_from(leaf, 'UTF8') as leaf from log_entry where type like 'disclosure.%'`,
    )
    expect([...new Set(leaves.map(({ type }) => String(type)))].toSorted()).toEqual([
      'disclosure.accepted',
      'disclosure.granted',
      'disclosure.requested',
      'disclosure.terms-changed',
      'disclosure.used',
    ])
    expect(JSON.stringify(leaves)).not.toMatch(/reader|Customer/)
    // The acceptance leads to nobody once the request is gone.
    const contents = await inTenant(
      `select convert_from(content, 'UTF8') as content from opening where content is not null`,
    )
    expect(JSON.stringify(contents)).not.toMatch(/reader@|Customer Ltd/)
  })

  it('end with their link: expired, ended by hand and used too often say so, what never was says nothing', async () => {
    const documentId = await addDocument('Report')
    const link = await grantTo('ending@example.com', { documentIds: [documentId] })
    await send(link, { accepted: 'yes' })
    const own = `(select id from disclosure where email = 'ending@example.com')`
    await inTenant(`update disclosure set uses = $1 where id = ${own}`, [mostUses - 1])
    expect((await see(`${link}/${documentId}`)).status).toBe(200)
    const spent = await see(`${link}/${documentId}`)
    expect([spent.status, await spent.text()]).toEqual([410, expect.stringContaining('used too often')])
    await inTenant(`update disclosure set uses = 0, ends_at = now() - interval '1 second' where id = ${own}`)
    const expired = await see(`${link}?language=en`)
    expect([expired.status, await expired.text()]).toEqual([410, expect.stringContaining('has expired')])
    await inTenant(`update disclosure set ends_at = now() + interval '1 day' where id = ${own}`)
    await good('disclosure.revoke', {
      disclosureId: (await request('ending@example.com'))?.disclosureId,
      reason: 'left',
    })
    const ended = await see(`${link}/${documentId}?language=en`)
    expect([ended.status, await ended.text()]).toEqual([410, expect.stringContaining('was ended')])
    const flipped = `${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`
    for (const forged of [
      flipped,
      '/link/',
      `/link/${'0'.repeat(64)}`,
      '/link/ff',
      `${link}/../${documentId}`,
      `${link}/%2e%2e`,
    ])
      expect([forged, (await see(forged)).status]).toEqual([forged, 404])
  })

  it('open nothing in another tenant, nothing that was not granted, and nothing that was withdrawn', async () => {
    const [given, kept] = [await addDocument('Given'), await addDocument('Kept')]
    const link = await grantTo('narrow@example.com', { documentIds: [given] })
    await send(link, { accepted: 'yes' })
    expect((await fetch(`${world.server.local}/trust/beta${link}`)).status).toBe(404)
    expect((await see(`${link}/${kept}`)).status).toBe(404)
    expect((await see(`${link}/edition`)).status).toBe(404)
    expect((await see(`/documents/${kept}`)).status).toBe(404)
    await good('disclosure.withdraw_document', { documentId: given, reason: 'is out of date' })
    expect((await see(`${link}/${given}`)).status).toBe(404)
    const [row] = await inTenant('select content from disclosed_document where id = $1', [given])
    expect(row).toEqual({ content: null })
    const open = await addDocument('For everybody', 'public')
    expect((await see(`/documents/${open}`)).headers.get('content-type')).toBe('application/pdf')
    const stored = await inTenant('select content from disclosed_document where content is not null')
    expect(stored.some(({ content }) => Buffer.isBuffer(content) && content.includes('penetration'))).toBe(false)
  })

  it('are given out as a file only where they are what their name says', async () => {
    for (const name of ['page.html', 'image.svg', 'report.pdf', 'macro.docm', 'report']) {
      const path = `${atAlpha('disclosure.add_document')}?title=x&name=${name}`
      expect([name, (await world.owner.upload(path, new TextEncoder().encode('<script>'))).status]).toEqual([name, 415])
    }
  })
})

describe('the form', () => {
  it('answers everybody alike: who asked before, who was granted, and who fills in what nobody sees', async () => {
    const first = await (await ask({ email: 'again@example.com' })).text()
    for (let n = 0; n < 4; n++) expect(await (await ask({ email: 'AGAIN@example.com' })).text()).toBe(first)
    expect((await listed()).requests.filter(({ email }) => email === 'again@example.com')).toHaveLength(3)
    const robot = await send('/documents/request?language=en', { ...asking, email: 'bot@example.com', website: 'x' })
    expect(await robot.text()).toBe(first)
    expect(await request('bot@example.com')).toBeUndefined()
  })

  it('takes a hostile text for a text, and gives back what was typed when it is refused', async () => {
    const wrong = await ask({ name: hostile, email: 'nobody', reason: `${hostile}\r\n=1+1` })
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).not.toContain(hostile)
    expect(html).toContain('=1+1')
    for (const bad of [
      { name: 'a\nb' },
      { organisation: '' },
      { email: 'a@example.com\nBcc: b@example.com' },
      { reason: 'x'.repeat(2_001) },
    ])
      expect([bad, (await ask(bad)).status]).toEqual([bad, 422])
    await ask({ name: hostile, email: 'hostile@example.com' })
    const disclosureId = (await request('hostile@example.com'))?.disclosureId
    await good('disclosure.decline', { disclosureId, answer: hostile })
    await vi.waitFor(() => expect(world.received.some(({ to }) => to === 'hostile@example.com')).toBe(true), {
      timeout: 20_000,
    })
    expect(world.received.find(({ to }) => to === 'hostile@example.com')?.raw).toContain('&lt;script&gt;')
  })

  it('is refused from another site, in another form, too long, and where nothing is published', async () => {
    expect((await send('/documents/request', asking, { origin: 'https://evil.example' })).status).toBe(403)
    const json = { method: 'POST', headers: { origin: letterAddress, 'content-type': 'application/json' }, body: '{}' }
    expect((await fetch(at('/documents/request'), json)).status).toBe(415)
    expect((await ask({ reason: 'x'.repeat(100_000) })).status).toBe(413)
    for (const path of ['/trust/beta/documents/request', '/trust/nobody/documents/request', '/trust/alpha/editions'])
      expect([
        path,
        (
          await fetch(`${world.server.local}${path}`, {
            method: 'POST',
            headers: { origin: letterAddress },
            body: new URLSearchParams(asking),
          })
        ).status,
      ]).toEqual([path, 404])
  })
})

it('refuses a link of a request that is not for it twice, and asks for something to give out', async () => {
  await ask({ email: 'twice@example.com' })
  const disclosureId = (await request('twice@example.com'))?.disclosureId
  const grant = (more: object) =>
    world.owner.post(atAlpha('disclosure.grant'), { disclosureId, days: 7, audience: null, ...more })
  expect((await grant({})).status).toBe(422)
  expect((await grant({ documentIds: [crypto.randomUUID()] })).status).toBe(404)
  expect((await grant({ days: 91, audience: 'auditors' })).status).toBe(400)
  expect((await grant({ audience: 'auditors' })).status).toBe(200)
  expect(await (await grant({ audience: 'auditors' })).json()).toMatchObject({ code: 'disclosure.decided' })
  expect((await world.member.get(atAlpha('disclosure.list'))).status).toBe(403)
})
