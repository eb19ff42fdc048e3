import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unzipSync } from 'fflate'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { closeRooms } from './room.ts'

const document = new TextEncoder().encode(
  '# Measures\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as argon2id hashes.\n',
)
const script = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
const formula = '=HYPERLINK("https://evil.example","x")'

let server: TestServer
let owner: Person
let guest: Person
let editionId: string
let roomId: string
let otherRoomId: string

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code ?? `${response.status}`
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

async function ok<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

async function publish(): Promise<string> {
  const { id } = await ok<{ id: string }>(await owner.post(at('edition.draft'), {}))
  await ok(await owner.post(at('edition.sign'), { editionId: id }))
  const { editions } = await ok<{ editions: { id: string; state: string }[] }>(await owner.get(at('edition.list')))
  return editions.find((one) => one.state === 'edition')?.id ?? ''
}

const tokenOf = (link: string) => new URL(link).hash.slice(1)

const accept = (token: string) =>
  fetch(`${server.local}/api/invitation/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, account: { name: 'Guest', password: testPassword } }),
  })

/** Opens a room and lets one new guest in. */
async function openRoom(email: string, more: object = {}): Promise<{ id: string; person: Person }> {
  const { roomId: id, links } = await ok<{ roomId: string; links: { link: string }[] }>(
    await owner.post(at('room.create'), {
      editionId,
      name: `Audit ${email}`,
      days: 30,
      guests: [{ name: 'Guest', email }],
      ...more,
    }),
  )
  const accepted = await accept(tokenOf(links[0]?.link ?? ''))
  expect(await accepted.json()).toEqual({ slug: 'alpha', email, roomId: id })
  return { id, person: await server.signIn(email) }
}

interface Shown {
  sections: { blocks: { kind: string; id?: string; text: string; proofs?: number }[] }[]
  questions: { messageId: string; text: string | null; name: string; answers: { text: string | null }[] }[]
  guests: unknown[]
}
const show = async (by: Person, id = roomId) => await ok<Shown>(await by.get(`${at('room.show')}?roomId=${id}`))
const linesOf = ({ sections }: Shown) => sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'line')

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  await server.tenants.asSystem('alpha', async (tx) => {
    await tx.sql.query(statement, values)
  })
}

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const read = await ok<{ document: { id: string } }>(
    await owner.upload(`${at('document.read')}?name=tom.md`, document),
  )
  await ok(await owner.post(at('document.adopt'), { documentId: read.document.id }))
  const { statements } = await ok<{ statements: { text: string; measure: { id: string; revision: number } | null }[] }>(
    await owner.get(at('register.show')),
  )
  const hidden = statements.find((one) => one.text.includes('argon2id'))?.measure
  const { measure } = await ok<{ measure: { revision: number } }>(
    await owner.post(at('measure.change'), {
      measureId: hidden?.id,
      revision: hidden?.revision,
      visibility: 'auditors',
    }),
  )
  await ok(await owner.post(at('measure.confirm'), { measureId: hidden?.id, revision: measure.revision }))
  editionId = await publish()
  ;({ id: roomId, person: guest } = await openRoom('guest@example.com'))
  ;({ id: otherRoomId } = await openRoom('other-guest@example.com', { audience: 'public' }))
})
afterAll(() => server.stop())

describe('a guest', () => {
  it('reads the edition of the own room as auditors may, with the proof of each line and the bundle', async () => {
    const lines = linesOf(await show(guest))
    expect(lines.map((line) => line.text)).toContain('All passwords are stored as argon2id hashes.')
    const proven = lines.find((line) => line.text.includes('argon2id'))
    const { records } = await ok<{ records: { leaf: string; role: string; record: { statement: string } }[] }>(
      await guest.get(`${at('room.proof')}?roomId=${roomId}&lineId=${proven?.id}`),
    )
    expect(records).toMatchObject([{ role: 'confirmation', record: { statement: proven?.id } }])
    expect(JSON.parse(records[0]?.leaf ?? '')).toMatchObject({ type: 'mapping.confirmed' })
    const file = await guest.get(`${at('room.file')}?roomId=${roomId}&format=bundle`)
    const bundle = unzipSync(new Uint8Array(await file.arrayBuffer()))
    expect(Object.values(bundle).some((bytes) => Buffer.from(bytes).includes('argon2id'))).toBe(true)
    for (const format of ['json', 'oscal-catalog', 'oscal-component-definition', 'oscal-assessment-results'])
      expect(await (await guest.get(`${at('room.file')}?roomId=${roomId}&format=${format}`)).text()).toContain(
        'argon2id',
      )
  })

  it('is shown nothing that is not for the audience of the room, in no format', async () => {
    const { id, person } = await openRoom('narrow@example.com', { audience: 'customers' })
    const lines = linesOf(await show(person, id))
    expect(lines.map((line) => line.text)).toEqual(['Visitors are escorted by staff.'])
    const hidden = linesOf(await show(guest)).find((line) => line.text.includes('argon2id'))?.id
    expect(await codeOf(await person.get(`${at('room.proof')}?roomId=${id}&lineId=${hidden}`))).toBe('room.no_line')
    expect(await codeOf(await person.post(at('room.ask'), { roomId: id, lineId: hidden, text: 'x' }))).toBe(
      'room.no_line',
    )
    for (const format of [
      'bundle',
      'json',
      'oscal-catalog',
      'oscal-component-definition',
      'oscal-assessment-results',
    ]) {
      const bytes = Buffer.from(
        await (await person.get(`${at('room.file')}?roomId=${id}&format=${format}`)).arrayBuffer(),
      )
      const parts = format === 'bundle' ? Object.values(unzipSync(new Uint8Array(bytes))) : [bytes]
      expect([format, parts.some((part) => Buffer.from(part).includes('argon2id'))]).toEqual([format, false])
    }
  })

  it('finds neither another room nor anything else of the tenant, and is no member', async () => {
    for (const path of [
      `${at('room.show')}?roomId=${otherRoomId}`,
      `${at('room.file')}?roomId=${otherRoomId}&format=json`,
      `${at('room.export')}?roomId=${otherRoomId}&format=json`,
      `${at('room.show')}?roomId=${editionId}`,
    ])
      expect([path, await codeOf(await guest.get(path))]).toEqual([path, 'room.not_found'])
    expect(await codeOf(await guest.post(at('room.ask'), { roomId: otherRoomId, text: 'x' }))).toBe('room.not_found')
    for (const path of ['register.show', 'edition.list', 'ledger.entries', 'access.list', 'history.list', 'grant.list'])
      expect([path, await codeOf(await guest.get(at(path)))]).toEqual([path, 'tenant.not_found'])
    expect(await codeOf(await guest.get(`${at('edition.file')}?editionId=${editionId}&format=json`))).toBe(
      'tenant.not_found',
    )
    for (const operation of ['room.close', 'room.answer', 'room.invite', 'room.create'])
      expect([operation, (await guest.post(at(operation), {})).status]).not.toEqual([operation, 200])
    const body = { roomId, questionId: roomId, text: 'x', name: 'x', email: 'x@example.com' }
    expect((await guest.post(at('room.close'), { roomId })).status).toBe(404)
    expect((await guest.post(at('room.answer'), { roomId, questionId: body.questionId, text: 'x' })).status).toBe(404)
    expect((await fetch(`${server.local}/trust/alpha`)).status).toBe(200)
    const { members } = await ok<{ members: { email: string }[] }>(await owner.get(at('access.list')))
    expect(members.map((member) => member.email)).toEqual(['owner@example.com'])
    const { tenants } = await ok<{ tenants: object[] }>(await guest.get('/api/account/whoami'))
    expect(tenants).toEqual([
      {
        slug: 'alpha',
        name: 'alpha',
        language: 'en',
        needsFactor: false,
        role: 'guest',
        permissions: ['room:visit', 'room:ask'],
      },
    ])
  })

  it('sees no draft on the public page', async () => {
    await server.registry.create({ name: 'gamma', slug: 'gamma', language: 'en' })
    const { tenant } = await server.registry.open('gamma')
    await server.registry.admit(tenant.id, guest.accountId, 'guest', new Date(inDays(1)))
    const drafter = await server.addPerson('drafter@example.com', 'gamma', 'owner')
    const read = await ok<{ document: { id: string } }>(
      await drafter.upload(`${at('document.read', 'gamma')}?name=tom.md`, document),
    )
    await ok(await drafter.post(at('document.adopt', 'gamma'), { documentId: read.document.id }))
    const { id } = await ok<{ id: string }>(await drafter.post(at('edition.draft', 'gamma'), {}))
    expect((await drafter.get('/trust/gamma')).status).toBe(200)
    expect((await guest.get('/trust/gamma')).status).toBe(404)
    const room = { editionId: id, name: 'Draft', days: 1, guests: [] }
    expect(await codeOf(await drafter.post(at('room.create', 'gamma'), room))).toBe('room.needs_edition')
  })
})

describe('questions and answers', () => {
  it('are recorded without their text in the leaf, shown as written, and exported harmless', async () => {
    const line = linesOf(await show(guest))[0]?.id
    await ok(await guest.post(at('room.ask'), { roomId, lineId: line, text: script }))
    const { messageId } = await ok<{ messageId: string }>(await guest.post(at('room.ask'), { roomId, text: formula }))
    await ok(await owner.post(at('room.answer'), { roomId, questionId: messageId, text: 'As agreed.' }))
    const { questions } = await show(guest)
    expect(questions.map(({ text, answers }) => [text, answers.map((answer) => answer.text)])).toEqual([
      [script, []],
      [formula, ['As agreed.']],
    ])
    const csv = await (await owner.get(`${at('room.export')}?roomId=${roomId}&format=csv`)).text()
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`)
    await server.ledgers.settle(await server.registry.open('alpha'))
    const entries = await server.tenants.asSystem('alpha', async (tx) =>
      (await tx.sql.query<{ leaf: Buffer }>('select leaf from log_entry')).rows.map((row) => row.leaf.toString()),
    )
    expect(entries.some((leaf) => leaf.includes('audit.asked'))).toBe(true)
    expect(entries.some((leaf) => leaf.includes('alert(1)') || leaf.includes('As agreed'))).toBe(false)
    const { events } = await ok<{ events: { type: string; who: { name: string } }[] }>(
      await owner.get(`${at('history.list')}?id=${roomId}`),
    )
    expect(events.map((event) => [event.type, event.who.name])).toEqual([
      ['audit.answered', 'owner'],
      ['audit.asked', 'Guest'],
      ['audit.asked', 'Guest'],
      ['audit.opened', 'owner'],
    ])
  })

  it('are taken back by who wrote them and nobody else; then nothing of the text is left', async () => {
    const secret = 'a thing better not said'
    const { messageId } = await ok<{ messageId: string }>(await guest.post(at('room.ask'), { roomId, text: secret }))
    expect(await codeOf(await owner.post(at('room.withdraw'), { roomId, messageId }))).toBe('room.no_message')
    const { id, person } = await openRoom('third@example.com')
    expect(await codeOf(await person.post(at('room.withdraw'), { roomId, messageId }))).toBe('room.not_found')
    expect(await codeOf(await person.post(at('room.withdraw'), { roomId: id, messageId }))).toBe('room.no_message')
    await ok(await guest.post(at('room.withdraw'), { roomId, messageId }))
    expect((await show(guest)).questions.find((one) => one.messageId === messageId)?.text).toBeNull()
    await server.tenants.asSystem('alpha', async (tx) => {
      const { rows } = await tx.sql.query<{ content: Buffer }>('select content from opening where content is not null')
      expect(rows.some((row) => row.content.includes(secret))).toBe(false)
    })
  })

  it('are answered only where the question stands, and only by the tenant', async () => {
    const { id, person } = await openRoom('fourth@example.com')
    const { messageId } = await ok<{ messageId: string }>(await person.post(at('room.ask'), { roomId: id, text: 'x' }))
    expect(await codeOf(await owner.post(at('room.answer'), { roomId, questionId: messageId, text: 'y' }))).toBe(
      'room.no_message',
    )
    const dpo = await server.addPerson('dpo@example.com', 'alpha', 'dpo')
    expect((await dpo.get(`${at('room.show')}?roomId=${id}`)).status).toBe(200)
    for (const [operation, body] of [
      ['room.answer', { roomId: id, questionId: messageId, text: 'y' }],
      ['room.close', { roomId: id }],
      ['room.ask', { roomId: id, text: 'y' }],
      ['edition.sign', { editionId }],
    ] as const)
      expect([operation, (await dpo.post(at(operation), body)).status]).toEqual([operation, 403])
  })
})

describe('a room', () => {
  it('ends at once by hand: the guest is told that it is closed, and open invitations end', async () => {
    const { id, person } = await openRoom('closed@example.com')
    const { link } = await ok<{ link: string }>(
      await owner.post(at('room.invite'), { roomId: id, name: 'Late', email: 'late@example.com' }),
    )
    await ok(await owner.post(at('room.close'), { roomId: id }))
    for (const path of ['room.show', 'room.file', 'room.export', 'room.proof']) {
      const query = new URLSearchParams({
        roomId: id,
        ...(path === 'room.proof' ? { lineId: id } : path === 'room.show' ? {} : { format: 'json' }),
      })
      expect([path, await codeOf(await person.get(`${at(path)}?${query}`))]).toEqual([path, 'room.closed'])
    }
    expect(await codeOf(await person.post(at('room.ask'), { roomId: id, text: 'x' }))).toBe('room.closed')
    expect(await codeOf(await owner.post(at('room.invite'), { roomId: id, name: 'L', email: 'l@example.com' }))).toBe(
      'room.closed',
    )
    expect(await codeOf(await accept(tokenOf(link)))).toBe('access.invitation_invalid')
    expect((await show(owner, id)).guests).toHaveLength(1)
  })

  it('ends by itself, whatever the queue does, and the end is recorded', async () => {
    const { id, person } = await openRoom('over@example.com')
    await sql(`update room set until = now() - interval '1 second' where id = $1`, [id])
    expect(await codeOf(await person.get(`${at('room.show')}?roomId=${id}`))).toBe('room.closed')
    await server.tenants.asSystem('alpha', closeRooms)
    await server.tenants.asSystem('alpha', closeRooms)
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { events } = await ok<{ events: { type: string; code: string | null; who: { kind: string } }[] }>(
      await owner.get(`${at('history.list')}?id=${id}`),
    )
    expect(events.map(({ type, code, who }) => [type, code, who.kind])).toEqual([
      ['audit.closed', 'expired', 'system'],
      ['audit.opened', null, 'user'],
    ])
  })

  it('is never opened for longer than 90 days, for no time, with a draft or for a member', async () => {
    const room = { editionId, name: 'x', guests: [] }
    for (const days of [91, 0, -1, 1.5])
      expect(await codeOf(await owner.post(at('room.create'), { ...room, days }))).toBe('http.invalid')
    expect(await codeOf(await owner.post(at('room.create'), { ...room, days: 1, editionId: roomId }))).toBe(
      'edition.not_found',
    )
    const member = await server.addPerson('member@example.com', 'alpha', 'member')
    expect((await member.post(at('room.create'), { ...room, days: 1 })).status).toBe(403)
    const guests = [{ name: 'M', email: 'MEMBER@example.com' }]
    expect(await codeOf(await owner.post(at('room.create'), { ...room, days: 1, guests }))).toBe(
      'access.already_member',
    )
  })

  it('loses a guest at once who is taken out of it', async () => {
    const { id, person } = await openRoom('leaver@example.com')
    await ok(await owner.post(at('room.dismiss'), { roomId: id, accountId: person.accountId }))
    expect(await codeOf(await person.get(`${at('room.show')}?roomId=${id}`))).toBe('tenant.not_found')
  })

  it('hides from the owner of another tenant', async () => {
    const other = await server.addPerson('stranger@example.com', 'beta', 'owner')
    expect(await codeOf(await other.get(`${at('room.show', 'beta')}?roomId=${roomId}`))).toBe('room.not_found')
    expect(await codeOf(await other.get(`${at('room.show')}?roomId=${roomId}`))).toBe('tenant.not_found')
  })
})
