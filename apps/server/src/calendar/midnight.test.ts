import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

/** Half past one in Berlin: 1 July there, 30 June in UTC. */
const night = new Date('2031-06-30T23:30:00.000Z')
const [june, july] = ['2031-06-30', '2031-07-01']

let server: TestServer
let owner: Person

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
async function ask<T = object>(operation: string, body?: object, expected = 200): Promise<T> {
  const response = body ? await owner.post(at(operation), body) : await owner.get(at(operation))
  const answer = (await response.json()) as T
  expect([operation, response.status, response.status === expected ? null : answer]).toEqual([
    operation,
    expected,
    null,
  ])
  return answer
}
const look = async <T>(operation: string, given: Readonly<Record<string, string>>): Promise<T> =>
  (await (await owner.get(`${at(operation)}?${new URLSearchParams(given)}`)).json()) as T
const aFile = async () =>
  (
    (await (
      await owner.upload(`${at('file.add')}?name=paper.txt`, new TextEncoder().encode('A signed paper'))
    ).json()) as { fileId: string }
  ).fileId

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => night } })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await staySignedIn(server)
})
afterAll(async () => {
  await server.stop()
})

describe('half past one at night where the tenant is', () => {
  let guidelineId = ''
  let processorId = ''

  it('a guideline begins today, can be accepted, and cannot begin on the day that is over', async () => {
    ;({ guidelineId } = await ask<{ guidelineId: string }>('guideline.create', {
      title: 'Windows',
      body: 'Whoever leaves last closes the windows.',
    }))
    await ask('guideline.approve', { guidelineId, revision: 1, effectiveFrom: june }, 400)
    const { versionId } = await ask<{ versionId: string }>('guideline.approve', {
      guidelineId,
      revision: 1,
      effectiveFrom: july,
    })
    await ask('guideline.accept', { versionId })
    const { guidelines } = await ask<{ guidelines: object[] }>('guideline.list')
    expect(guidelines).toMatchObject([{ state: 'in-force', accepted: 1, reviewDue: '2032-07-01' }])
  })

  it('what somebody learned until yesterday is over, and what they sign today was signed today', async () => {
    const { personId } = await ask<{ personId: string }>('person.add', { name: 'Kim Sample', joinedOn: '2030-01-01' })
    const { courseId } = await ask<{ courseId: string }>('course.add', { title: 'Fire protection' })
    const training = { personId, courseId, provider: 'A provider', completedOn: '2030-06-30', expiresOn: june }
    await ask('training.add', { ...training, fileIds: [await aFile()] })
    await ask('confidentiality.add', { personId, signedOn: '2031-07-02' }, 400)
    await ask('confidentiality.add', { personId, signedOn: july })
    expect(await look('record.show', { personId })).toMatchObject({
      agreement: 'covered',
      courses: [{ coverage: 'expired', until: june }],
    })
  })

  it('a processor’s certificate that counts until yesterday has lapsed, and one that ends today ends today', async () => {
    ;({ processorId } = await ask<{ processorId: string }>('processor.add', { name: 'Hosting', places: ['DE'] }))
    const certificate = { processorId, standard: 'iso27001', form: 'certificate', title: 'ISO', from: '2030-01-01' }
    await ask('processor.keep_proof', { ...certificate, until: june, fileIds: [await aFile()] })
    await ask('processor.keep_proof', { ...certificate, until: july, fileIds: [await aFile()] })
    const { proofs } = await look<{ proofs: { until: string; standing: string }[] }>('processor.show', { processorId })
    expect(proofs.map(({ until, standing }) => [until, standing])).toEqual([
      [july, 'in-force'],
      [june, 'lapsed'],
    ])
    expect(await ask<{ processors: object[] }>('processor.list')).toMatchObject({ processors: [{ since: july }] })
  })

  it('a tenant whose days go by UTC is a day behind in all three', async () => {
    await ask('duty.configure', { timeZone: 'UTC' })
    expect(await ask('guideline.list')).toMatchObject({ guidelines: [{ state: 'coming' }] })
    expect(await ask('record.list')).toMatchObject({
      today: june,
      people: [{ agreement: 'missing', training: 'covered' }],
    })
    const { proofs } = await look<{ proofs: { standing: string }[] }>('processor.show', { processorId })
    expect(proofs.map(({ standing }) => standing)).toEqual(['in-force', 'in-force'])
  })
})
