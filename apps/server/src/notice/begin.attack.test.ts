import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'de' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const post = async (operation: string, input: object, person = owner, tenant = 'alpha') =>
  await person.post(`/api/tenants/${tenant}/${operation.replace('.', '/')}`, input)
const ask = async <T>(operation: string, input: object, person = owner, tenant = 'alpha') =>
  (await (await post(operation, input, person, tenant)).json()) as T & { readonly code?: string }
const said = {
  purposes: 'Fragen beantworten <b>',
  legalBasis: 'Art. 6 Abs. 1 lit. b DSGVO',
  people: ['Kunden'],
  data: ['Namen'],
  recipients: ['Steuerberatung'],
  retention: 'Zwei Jahre.',
}
const activity = async (side: 'controller' | 'processor', person = owner, tenant = 'alpha') =>
  (await ask<{ activityId: string }>('processing.add', { side, name: `Support ${side}`, said }, person, tenant))
    .activityId
const shown = async (appId: string) =>
  (await (await owner.get(`/api/tenants/alpha/app/show?appId=${appId}`)).json()) as {
    facts: { purposes: { activityId: string }[]; recipients: object[] }
    missing: { code: string }[]
    preview: { de: { sections: { lines: string[] }[] } }
  }

it('an app begins with activities of the record, and what is missing besides is named', async () => {
  const activityId = await activity('controller')
  const { appId } = await ask<{ appId: string }>('app.add', {
    slug: 'support',
    facts: { name: { en: 'Support', de: 'Support' } },
    activityIds: [activityId, activityId],
  })
  const { facts, missing, preview } = await shown(appId)
  expect(facts.purposes).toMatchObject([
    { activityId, basis: 'contract', text: { de: 'Fragen beantworten <b>', en: '' } },
  ])
  expect(facts).toMatchObject({
    categories: [{ name: { de: 'Namen' }, criteria: { de: 'Zwei Jahre.' } }],
    recipients: [{ name: { de: 'Steuerberatung' } }],
  })
  expect(missing.length).toBeGreaterThan(0)
  const lines = preview.de.sections.flatMap((section) => section.lines).join('\n')
  expect(lines).toContain('Fragen beantworten <b>')
  expect(lines).toContain('Zwei Jahre.')
  // The record goes on by itself; when the activity ends, the notice says so.
  await ask('processing.end', { activityId, reason: 'It is over.' })
  expect((await shown(appId)).missing.length).toBeGreaterThan(missing.length)
})

it('begins with nobody else’s, with none on behalf of customers, and for nobody without the permission', async () => {
  const add = (activityId: string, slug: string) => ({ slug, facts: {}, activityIds: [activityId] })
  const own = await activity('controller')
  const foreign = await activity('controller', stranger, 'beta')
  expect(await ask('app.add', add(foreign, 'a'))).toMatchObject({ code: 'app.no_reference' })
  expect(await ask('app.add', add(await activity('processor'), 'b'))).toMatchObject({ code: 'app.no_reference' })
  expect((await post('app.add', add(own, 'c'), member)).status).toBe(403)
  expect((await post('app.add', add(own, 'd'), stranger)).status).toBe(404)
  expect(await ask('app.add', add('x', 'e'))).toMatchObject({ code: 'http.invalid' })
  expect((await post('app.add', { slug: 'f', facts: {}, activityIds: Array(41).fill(own) })).status).toBe(400)
  const { apps } = (await (await owner.get('/api/tenants/alpha/app/list')).json()) as { apps: object[] }
  expect(apps).toHaveLength(1)
})
