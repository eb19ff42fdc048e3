import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePng } from '../../../../scripts/testing/png.ts'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import type { Person } from '../../../../scripts/testing/server.ts'
import { asSuperuser } from '../../../../scripts/testing/superuser.ts'
import { attachFiles, attendFiles, removeFilesOf } from './index.ts'
import type { FileView } from './index.ts'
import { pdf } from './testing/samples.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

let { server, owner } = {} as Published
let member: Person
let dpo: Person
let stranger: Person
beforeAll(async () => {
  ;({ server, owner } = await publishedEdition())
  member = await server.addPerson('member-of-files@example.com', 'alpha', 'member')
  dpo = await server.addPerson('dpo-of-files@example.com', 'alpha', 'dpo')
  await server.registry.create({ name: 'beta', slug: 'beta', language: 'de' })
  stranger = await server.addPerson('stranger-of-files@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const send = async (bytes: Uint8Array, name = 'report.pdf', person = owner) =>
  await person.upload(`${at('file.add')}?${new URLSearchParams({ name }).toString()}`, bytes)
const add = async (bytes: Uint8Array, name?: string, person?: Person) =>
  await json<FileView>(await send(bytes, name, person))
const take = async (fileId: string, person = owner) => await person.get(`${at('file.read')}?fileId=${fileId}`)
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const rows = async <T extends object>(query: string, values: unknown[] = []): Promise<T[]> =>
  await server.tenants.asSystem('alpha', async ({ sql }) => (await sql.query<T>(query, values)).rows)
const attach = async (kind: Parameters<typeof attachFiles>[1]['kind'], fileId: string) => {
  const id = crypto.randomUUID()
  await server.tenants.asSystem('alpha', (tx) => attachFiles(tx, { kind, id }, [fileId]))
  return id
}

/** A PDF of its own each time. */
let count = 0
const fresh = () => Buffer.concat([Buffer.from(`%PDF-1.4\n% ${count++}\n`), pdf.subarray(9)])

describe('a file', () => {
  it('is kept sealed under its hash, and handed out to be saved and not shown', async () => {
    const bytes = fresh()
    const file = await add(bytes, '../../Prüfung\u202E.pdf')
    expect(file).toMatchObject({
      name: 'Prüfung.pdf',
      type: 'application/pdf',
      size: bytes.length,
      sha256: hashOf(bytes),
      scan: 'not-scanned',
    })
    const answer = await take(file.fileId)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const [stored] = await rows<{ content: Buffer }>('select content from evidence_content where sha256 = $1', [
      file.sha256,
    ])
    expect(stored?.content.includes('%PDF')).toBe(false)
  })

  it('stands in the ledger by its hash, without its name', async () => {
    const { fileId, sha256 } = await add(fresh(), 'a name of somebody.pdf')
    const [opened] = await rows<{ content: string }>(
      `select convert_from(o.content, 'UTF8') as content from opening o join evidence_file f on f.commitment = o.commitment
       where f.id = $1`,
      [fileId],
    )
    expect(JSON.parse(opened?.content ?? '{}')).toEqual({ sha256, size: expect.any(Number), type: 'application/pdf' })
    const leavesOf = () => rows<{ leaf: string }>(`select convert_from(leaf, 'UTF8') as leaf from log_entry`)
    await expect.poll(async () => (await leavesOf()).some(({ leaf }) => leaf.includes(fileId))).toBe(true)
    const leaves = await leavesOf()
    expect(leaves.some(({ leaf }) => leaf.includes('somebody') || leaf.includes(sha256))).toBe(false)
  })

  it('that is uploaded twice is stored once and stands twice', async () => {
    const bytes = fresh()
    const [one, two] = await Promise.all([add(bytes, 'one.pdf'), add(bytes, 'two.pdf', member)])
    expect(one.fileId).not.toBe(two.fileId)
    expect([one.name, two.name]).toEqual(['one.pdf', 'two.pdf'])
    expect(await rows('select 1 from evidence_content where sha256 = $1', [hashOf(bytes)])).toHaveLength(1)
    expect(Buffer.from(await (await take(two.fileId, member)).arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('that is refused leaves nothing', async () => {
    const before = await rows('select 1 from evidence_content')
    expect(await codeOf(await send(Buffer.from('<!doctype html><p>x</p>'), 'report.pdf'))).toBe('file.is_page')
    expect(await codeOf(await send(Buffer.concat([makePng(), pdf]), 'picture.png'))).toBe('file.is_two_things')
    expect(await rows('select 1 from evidence_content')).toHaveLength(before.length)
  })
})

describe('who may', () => {
  it('see a file follows from what it belongs to; until then it is of who brought it', async () => {
    const { fileId } = await add(fresh(), 'certificate.pdf')
    expect((await take(fileId, member)).status).toBe(404)
    expect((await take(fileId, dpo)).status).toBe(404)
    await attach('person', fileId)
    expect([(await take(fileId)).status, (await take(fileId, dpo)).status]).toEqual([200, 200])
    expect((await take(fileId, member)).status).toBe(404)
    await attach('sign-off', fileId)
    expect((await take(fileId, member)).status).toBe(200)
  })

  it('list the files of a thing only where they may see its kind', async () => {
    const { fileId } = await add(fresh())
    const id = await attach('incident', fileId)
    const list = async (person: Person) => await person.get(`${at('file.list')}?kind=incident&id=${id}`)
    expect(await json(await list(owner))).toMatchObject({ files: [{ fileId }] })
    expect(await codeOf(await list(member))).toBe('file.unknown_kind')
    expect(await codeOf(await owner.get(`${at('file.list')}?kind=constructor&id=${id}`))).toBe('file.unknown_kind')
  })

  it('nobody reach a file of another tenant, by its id or by its tenant', async () => {
    const { fileId } = await add(fresh())
    expect((await take(fileId, stranger)).status).toBe(404)
    const there = await stranger.get(`/api/tenants/beta/file/read?fileId=${fileId}`)
    expect([there.status, await codeOf(there)]).toEqual([404, 'file.not_found'])
  })

  it('not use the file of somebody else, as long as they may not see it', async () => {
    const { fileId } = await add(fresh(), 'mine.pdf')
    const { occurrenceId, effectiveOn } = await dutyWithFile()
    const refused = await member.post(at('duty.sign'), { occurrenceId, effectiveOn, form: { report: [fileId] } })
    expect(await codeOf(refused)).toBe('file.not_found')
    expect(await rows('select 1 from sign_off where occurrence_id = $1', [occurrenceId])).toEqual([])
  })
})

async function dutyWithFile(): Promise<{ occurrenceId: string; effectiveOn: string; dutyId: string }> {
  const effectiveOn = todayOfTenants()
  const { dutyId } = await ask<{ dutyId: string }>('duty.add', {
    title: 'Hold an internal audit',
    catalogueId: 'internal-audit',
    rhythm: { kind: 'every', duration: 'P1Y', from: effectiveOn },
    ownerRole: 'member',
    form: [{ id: 'report', label: 'Report', kind: 'file', required: true }],
  })
  const { occurrences } = await json<{ occurrences: { occurrenceId: string }[] }>(
    await owner.get(`${at('duty.show')}?dutyId=${dutyId}`),
  )
  return { dutyId, occurrenceId: occurrences[0]?.occurrenceId ?? '', effectiveOn }
}

describe('a sign-off', () => {
  it('carries its files, and its record in the ledger their hashes', async () => {
    const bytes = fresh()
    const { dutyId, ...due } = await dutyWithFile()
    expect(await codeOf(await member.post(at('duty.sign'), { ...due, form: {} }))).toBe('duty.bad_form')
    expect(await codeOf(await member.post(at('duty.sign'), { ...due, form: { report: ['x'] } }))).toBe('duty.bad_form')
    const { fileId } = await add(bytes, 'audit.pdf', member)
    await ask('duty.sign', { ...due, form: { report: [fileId] } }, member)
    const { signOffs } = await json<{ signOffs: { files: FileView[] }[] }>(
      await owner.get(`${at('duty.show')}?dutyId=${dutyId}`),
    )
    expect(signOffs[0]?.files).toMatchObject([{ fileId, name: 'audit.pdf', sha256: hashOf(bytes) }])
    const [record] = await rows<{ content: string }>(
      `select convert_from(o.content, 'UTF8') as content from opening o join sign_off s on s.commitment = o.commitment
       where s.occurrence_id = $1`,
      [due.occurrenceId],
    )
    expect(JSON.parse(record?.content ?? '{}')).toMatchObject({ evidence: [expect.any(String), hashOf(bytes)] })
  })
})

describe('a file that nobody attached', () => {
  const yesterday = async (fileId: string) =>
    await rows(`update evidence_file set added_at = added_at - interval '25 hours' where id = $1`, [fileId])

  it('goes after a day, with its bytes unless another has them, and its hash is told by nobody', async () => {
    const [shared, alone, kept] = [fresh(), fresh(), fresh()]
    const old = await Promise.all([add(shared), add(alone), add(kept)])
    const again = await add(shared)
    const id = await attach('duty', old[2]?.fileId ?? '')
    for (const { fileId } of old) await yesterday(fileId)
    await Promise.all([server.tenants.asSystem('alpha', attendFiles), server.tenants.asSystem('alpha', attendFiles)])
    expect(await Promise.all([...old, again].map(async ({ fileId }) => (await take(fileId)).status))).toEqual([
      404, 404, 200, 200,
    ])
    expect(await rows('select 1 from evidence_content where sha256 = $1', [hashOf(alone)])).toEqual([])
    expect(await rows('select 1 from evidence_content where sha256 = $1', [hashOf(shared)])).toHaveLength(1)
    expect(await rows('select 1 from evidence_use where about_id = $1', [id])).toHaveLength(1)
    const told = await rows(`select 1 from opening where convert_from(content, 'UTF8') like $1`, [`%${hashOf(alone)}%`])
    expect(told).toEqual([])
  })

  it('cannot be attached once it is gone', async () => {
    const { fileId } = await add(fresh())
    await yesterday(fileId)
    await server.tenants.asSystem('alpha', attendFiles)
    await expect(attach('duty', fileId)).rejects.toThrow('does not exist')
  })
})

describe('a file that is deleted', () => {
  const openingOf = async (fileId: string) =>
    await rows<{ salt: Buffer | null; content: Buffer | null }>(
      'select salt, content from opening o join evidence_file f on f.commitment = o.commitment where f.id = $1',
      [fileId],
    )

  it('loses its bytes, its name and what opens its leaf; its hash stays where it was named', async () => {
    const bytes = fresh()
    const { dutyId, ...due } = await dutyWithFile()
    const { fileId } = await add(bytes, 'audit.pdf', member)
    await ask('duty.sign', { ...due, form: { report: [fileId] } }, member)
    expect(await codeOf(await member.post(at('file.remove'), { fileId, reason: 'no longer wanted' }))).toBe(
      'http.forbidden',
    )
    await ask('file.remove', { fileId, reason: 'It named a customer.' })
    expect(await codeOf(await take(fileId))).toBe('file.removed')
    expect(await codeOf(await owner.post(at('file.remove'), { fileId, reason: 'once more' }))).toBe('file.removed')
    expect(await openingOf(fileId)).toEqual([{ salt: null, content: null }])
    expect(
      await rows('select 1 from evidence_content where sha256 = $1 and content is null', [hashOf(bytes)]),
    ).toHaveLength(1)
    const { signOffs } = await json<{ signOffs: { files: FileView[] }[] }>(
      await owner.get(`${at('duty.show')}?dutyId=${dutyId}`),
    )
    expect(signOffs[0]?.files).toMatchObject([{ name: null, sha256: hashOf(bytes), removedAt: expect.any(String) }])
  })

  it('leaves another file of the same bytes whole, and the same bytes can be brought again', async () => {
    const bytes = fresh()
    const [one, two] = [await add(bytes), await add(bytes)]
    await ask('file.remove', { fileId: one.fileId, reason: 'brought twice' })
    expect((await take(two.fileId)).status).toBe(200)
    await ask('file.remove', { fileId: two.fileId, reason: 'brought twice' })
    const again = await add(bytes)
    expect([(await take(one.fileId)).status, (await take(again.fileId)).status]).toEqual([410, 200])
  })

  it('goes by itself once the period of all that it belongs to is over', async () => {
    const [short, both] = [await add(fresh()), await add(fresh())]
    for (const { fileId } of [short, both]) await attach('risk', fileId)
    await attach('duty', both.fileId)
    await asSuperuser(server, 'alpha', (client) =>
      client.query(
        `update evidence_use set attached_at = attached_at - interval '13 months' where about_kind = 'risk'`,
      ),
    )
    await server.tenants.asSystem('alpha', attendFiles)
    expect((await take(short.fileId)).status).toBe(200)
    await ask('file.set_period', { kind: 'risk', months: 12 })
    expect(await codeOf(await owner.post(at('file.set_period'), { kind: 'toString', months: 1 }))).toBe(
      'file.unknown_kind',
    )
    await server.tenants.asSystem('alpha', attendFiles)
    expect([(await take(short.fileId)).status, (await take(both.fileId)).status]).toEqual([410, 200])
  })

  it('goes with what it belonged to, unless something else needs it', async () => {
    const [alone, shared] = [await add(fresh()), await add(fresh())]
    const id = crypto.randomUUID()
    await server.tenants.asSystem('alpha', (tx) =>
      attachFiles(tx, { kind: 'person', id }, [alone.fileId, shared.fileId]),
    )
    await attach('training', shared.fileId)
    await server.tenants.asSystem('alpha', (tx) => removeFilesOf(tx, { kind: 'person', id }))
    expect([(await take(alone.fileId)).status, (await take(shared.fileId)).status]).toEqual([410, 200])
  })
})

describe('a preview', () => {
  const preview = async (fileId: string, person = owner) => await person.get(`${at('file.preview')}?fileId=${fileId}`)

  it('is the picture itself, or a drawing of the first page, in which nothing runs', async () => {
    const [picture, page, note] = [await add(makePng(), 'a.png'), await add(fresh()), await add(Buffer.from('A note.'))]
    const answers = await Promise.all([preview(picture.fileId), preview(page.fileId), preview(note.fileId)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409])
    expect(answers.slice(0, 2).map((one) => one.headers.get('content-type'))).toEqual(['image/png', 'image/svg+xml'])
    for (const answer of answers.slice(0, 2)) {
      expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    }
    expect(await answers[1]?.text()).toMatch(/^<svg [\s\S]*>\s*$/)
  })

  it('of a PDF that cannot be drawn is nothing, and takes nothing down', async () => {
    const { fileId } = await add(Buffer.from(`%PDF-1.7\n${'9 0 obj<</Length 99999>>stream\n'.repeat(500)}\n%%EOF`))
    const answer = await preview(fileId)
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 0])
  })
})

describe('the list of all files', () => {
  it('shows those of kinds that the caller may see, and finds them by name', async () => {
    const { fileId } = await add(fresh(), 'Heliotrope certificate.pdf')
    await attach('person', fileId)
    const search = async (query: string, person = owner) =>
      await json<{ found: number; bytes: number; files: { fileId: string; uses: { kind: string }[] }[] }>(
        await person.get(`${at('file.search')}${query}`),
      )
    expect((await search('?text=HELIOTROPE')).files).toMatchObject([{ fileId, uses: [{ kind: 'person' }] }])
    expect((await search('?kind=incident&text=heliotrope')).found).toBe(0)
    expect((await search('?text=heliotrope', member)).found).toBe(0)
    expect((await search('?text=%25')).found).toBe(0)
  })
})
