import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePng } from '../../../../scripts/testing/png.ts'
import { at, json } from '../../../../scripts/testing/published.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

let home: TestServer
let other: TestServer
let owner: Person
let operator: Person
beforeAll(async () => {
  home = await startTestServer()
  await home.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await home.addPerson('owner-of-export@example.com', 'alpha', 'owner')
  other = await startTestServer()
  await other.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
  operator = await other.addPerson('operator-of-export@example.com', 'this-installation', 'owner')
})
afterAll(async () => {
  await Promise.all([home.stop(), other.stop()])
})

/** Not one of them is text in UTF-8. */
const picture = makePng({ noise: true })
const large = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(4_000_000), Buffer.from('\n%%EOF')])
const deleted = makePng({ width: 40 })

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const read = async (person: Person, fileId: string) => await person.get(`${at('file.read')}?fileId=${fileId}`)

async function signWith(files: readonly (readonly [name: string, bytes: Buffer])[]): Promise<string[]> {
  const today = todayOfTenants()
  const fileIds: string[] = []
  for (const [name, bytes] of files) {
    const path = `${at('file.add')}?${new URLSearchParams({ name }).toString()}`
    fileIds.push((await json<{ fileId: string }>(await owner.upload(path, bytes))).fileId)
  }
  const { dutyId } = await json<{ dutyId: string }>(
    await owner.post(at('duty.add'), {
      title: 'Walk round',
      rhythm: { kind: 'every', duration: 'P1Y', from: today },
      form: [{ id: 'proof', label: 'Proof', kind: 'file', required: true }],
    }),
  )
  const { occurrences } = await json<{ occurrences: { occurrenceId: string }[] }>(
    await owner.get(`${at('duty.show')}?dutyId=${dutyId}`),
  )
  const occurrenceId = occurrences[0]?.occurrenceId
  await json(await owner.post(at('duty.sign'), { occurrenceId, effectiveOn: today, form: { proof: fileIds } }))
  return fileIds
}

it('takes files out and in byte by byte, under the key of whoever has them now', async () => {
  const [one = '', two = '', gone = ''] = await signWith([
    ['desk.png', picture],
    ['report.pdf', large],
    ['mistake.png', deleted],
  ])
  await json(await owner.post(at('file.remove'), { fileId: gone, reason: 'It showed somebody.' }))
  const document = await owner.upload(`${at('disclosure.add_document')}?title=Report&name=report.pdf`, large)
  const { documentId } = await json<{ documentId: string }>(document)

  const exported = await owner.post(at('tenant.export'), {})
  expect(exported.status).toBe(200)
  const archive = await bytesOf(exported)
  await json(await operator.upload('/api/tenant/import?name=alpha.zip', archive))

  const { files } = await json<{ files: { fileId: string; name: string | null; uses: { kind: string }[] }[] }>(
    await operator.get(at('file.search')),
  )
  expect(files.map(({ name, uses }) => [name, uses.map(({ kind }) => kind)])).toEqual(
    expect.arrayContaining([
      ['desk.png', ['sign-off']],
      ['report.pdf', ['sign-off']],
      [null, ['sign-off']],
    ]),
  )
  expect((await bytesOf(await read(operator, one))).equals(picture)).toBe(true)
  expect((await bytesOf(await read(operator, two))).equals(large)).toBe(true)
  expect((await read(operator, gone)).status).toBe(410)
  const given = await operator.get(`${at('disclosure.document')}?documentId=${documentId}`)
  expect((await bytesOf(given)).equals(large)).toBe(true)

  const sealed = async (server: TestServer) =>
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ content: Buffer | null }>(
        'select content from evidence_content order by sha256, content',
      )
      return rows.map(({ content }) => content?.toString('base64').slice(0, 80))
    })
  const [here, there] = [await sealed(home), await sealed(other)]
  expect(there).toHaveLength(here.length)
  expect(there.filter((one) => one !== undefined && here.includes(one))).toEqual([])
})
