import { randomBytes, randomUUID } from 'node:crypto'
import type { Row } from './row.ts'
import { cookiesOf, must } from './world.ts'
import type { Me } from './world.ts'

const text = new TextEncoder().encode('A report.')

/** A request as a stranger sends it with the form of the public page. */
async function newRequest({ world, tenant }: Me): Promise<{ disclosureId: string }> {
  const disclosureId = randomUUID()
  await world.server.tenants.asSystem(tenant, ({ sql, now }) =>
    sql.query(
      `insert into disclosure (id, state, name, organisation, email, reason, language, asked_at, ends_at)
       values ($1, 'asked', 'Reader', 'Customer', $2, 'Our audit', 'en', $3, $3::timestamptz + interval '60 days')`,
      [disclosureId, `${randomBytes(8).toString('hex')}@example.com`, now],
    ),
  )
  return { disclosureId }
}

async function newDocument(me: Me): Promise<{ documentId: string }> {
  const { world, tenant } = me
  const address = `${world.server.local}/api/tenants/${tenant}/disclosure/add_document?title=Report&name=report.txt`
  const response = await fetch(address, { method: 'POST', headers: cookiesOf(me), body: text })
  if (!response.ok) throw new Error(`adding a document was answered with ${response.status}`)
  return (await response.json()) as { documentId: string }
}

const wish = async (me: Me) => ({
  ...(await newRequest(me)),
  days: 7,
  audience: null,
  documentIds: [(await newDocument(me)).documentId],
})

async function granted(me: Me): Promise<{ disclosureId: string; reason: string }> {
  const wanted = await wish(me)
  await must(me, 'disclosure.grant', wanted)
  return { disclosureId: wanted.disclosureId, reason: 'was a mistake' }
}

const certificate = { name: 'ISO/IEC 27001', issuer: 'Example Cert', validUntil: '2030-01-31', reason: 'renewed' }

const requestIds = { disclosureId: 'disclosure.not_found' }
const documentIds = { documentId: 'disclosure.no_document' }

/** What stands on the public page beside the document, and what is given out on request. */
export const publicRows = {
  'profile.show': {},
  'profile.set_contact': {
    input: () => ({ contacts: ['mailto:security@example.com'], expiresOn: '2027-06-30', reason: 'set up' }),
    leaves: { tenant: ['contact.changed'] },
  },
  'profile.remove_contact': { input: () => ({ reason: 'no longer read' }), leaves: { tenant: ['contact.changed'] } },
  'profile.add_certificate': { input: () => certificate, leaves: { tenant: ['certificate.added'] } },
  'profile.remove_certificate': {
    input: async (me) => ({
      ...(await must<{ certificateId: string }>(me, 'profile.add_certificate', certificate)),
      reason: 'not renewed',
    }),
    ids: { certificateId: 'profile.no_certificate' },
    leaves: { tenant: ['certificate.removed'] },
  },
  'disclosure.list': {},
  'disclosure.add_document': {
    input: () => ({ title: 'Report', name: 'report.txt' }),
    file: () => Promise.resolve(text),
    leaves: { tenant: ['evidence.added'] },
  },
  'disclosure.withdraw_document': {
    input: async (me) => ({ ...(await newDocument(me)), reason: 'is out of date' }),
    ids: documentIds,
    leaves: { tenant: ['evidence.withdrawn'] },
  },
  'disclosure.document': { input: newDocument, ids: documentIds },
  'disclosure.set_terms': {
    input: () => ({ text: 'You keep it to yourself.' }),
    leaves: { tenant: ['disclosure.terms-changed'] },
  },
  'disclosure.grant': {
    input: wish,
    ids: { ...requestIds, documentIds: 'disclosure.no_document' },
    leaves: { tenant: ['disclosure.granted'] },
  },
  'disclosure.decline': { input: newRequest, ids: requestIds, leaves: { tenant: ['disclosure.declined'] } },
  'disclosure.revoke': { input: granted, ids: requestIds, leaves: { tenant: ['disclosure.revoked'] } },
} satisfies Record<string, Row>
