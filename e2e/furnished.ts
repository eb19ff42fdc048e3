import type { Browser, BrowserContext } from 'playwright-core'

import { setTimeout as sleep } from 'node:timers/promises'
import { key, organisation, startAtlassian } from '../packages/probes/src/atlassian/vendor.ts'
import { startStatus } from '../packages/probes/src/status/vendor.ts'
import { makePng } from '../scripts/testing/png.ts'
import { appCode } from '../scripts/testing/visitor.ts'
import { issue } from '../scripts/testing/tls.ts'
import { findingsOn, startFaultySite } from './faulty-site.ts'
import type { Installation } from './installation.ts'
import { todayOfTenants } from '../scripts/testing/today.ts'

/** The public key of a drill; nobody signs by it. */
const drillKey = 'shop-nightly+81ca7f02+AZozkLx1prEkBzR1gk5k5aeBkWilbl7TwvPaDl5mlEin'

const password = 'correct horse battery staple'
const home = 'this-installation'

/** An installation with something on every page, made as people make it. */
export interface Furnished {
  /** Owner of everything and operator. */
  readonly owner: BrowserContext
  /** Guest of an audit room and nothing else. */
  readonly guest: BrowserContext
  /** Has an authenticator app. */
  readonly careful: { readonly email: string; readonly password: string }
  readonly slug: string
  readonly documentId: string
  readonly guidelineId: string
  readonly riskId: string
  readonly importId: string
  readonly jobId: string
  readonly auditId: string
  readonly personId: string
  readonly courseId: string
  readonly processorId: string
  readonly customerId: string
  readonly incidentId: string
  readonly reportId: string
  readonly advisoryId: string
  readonly appId: string
  readonly requestId: string
  /** A line of the document in use, by the id of its statement. */
  readonly lineId: string
  readonly roomId: string
  /** What follows `/invitation` in a link that nobody has used. */
  readonly invitation: string
}

const document = '# Measures\n\n## Confidentiality\n\n- All network communication uses TLS 1.2 or newer.\n'

type At = <T>(operation: string, input: object) => Promise<T>

/** A status page with an incident, and an organisation with accounts, both seen once. */
async function lookAtVendors(at: At): Promise<void> {
  const created_at = new Date(Date.now() - 3_600_000).toISOString()
  const incident = { id: 'k1slow', name: 'Mail is slow', status: 'identified', created_at, components: [] }
  const [page, vendor] = await Promise.all([
    startStatus({ 'GET /api/v2/incidents.json': () => ({ incidents: [incident] }) }),
    startAtlassian(),
  ])
  const feed = `${page.base}/api/v2/incidents.json`
  const settings = { organisation, key, baseUrl: `${vendor.base}/admin/` }
  const added = [
    await at<{ connections: string[] }>('connection.add', { connector: 'status', settings: { feed } }),
    await at<{ connections: string[] }>('connection.add', { connector: 'atlassian', settings }),
  ]
  await at('connection.add', { connector: 'drill', settings: { drill: 'shop-db' }, name: 'Webshop' })
  await at('drill.key_add', { drill: 'shop-db', publicKey: drillKey })
  await at('check.run', { connectionIds: added.flatMap(({ connections }) => connections) })
  const seen = async () =>
    (await at<{ counts: { all: number } }>('holder.list', {})).counts.all > 0 &&
    (await at<{ unacknowledged: number }>('platform.list', {})).unacknowledged > 0
  for (let left = 100; left > 0 && !(await seen()); left--) await sleep(100)
  await at('person.add', { name: 'Kim Sample', email: 'kim@example.com', position: 'Operations' })
  await Promise.all([page.close(), vendor.close()])
}

/** Somebody with everything on record, linked to the owner. */
async function keepRecords(at: At): Promise<{ personId: string; courseId: string }> {
  const today = todayOfTenants()
  const { personId } = await at<{ personId: string }>('person.add', {
    name: 'Ada Owner',
    email: 'owner@example.com',
    area: 'Development',
    joinedOn: today,
  })
  const { couldBe } = await at<{ couldBe: { accountId: string } | null }>('record.show', { personId })
  await at('record.link', { personId, accountId: couldBe?.accountId })
  await at('confidentiality.add', { personId, signedOn: today })
  const { courseId } = await at<{ courseId: string }>('course.add', {
    shipped: 'data-protection',
    title: 'Data protection at work',
  })
  const days = { completedOn: '2026-01-31', expiresOn: '2028-01-31' }
  await at('training.add', { personId, courseId, provider: 'A provider', ...days })
  await at('checklist.start', { personId, kind: 'joiner', fromOn: today })
  const { itemId } = await at<{ itemId: string }>('item.add', { kind: 'key', label: 'Front door', number: '7' })
  await at('item.issue', { itemId, personId, issuedOn: today })
  await at('staff.sign', { measure: 'confidentiality-agreements' })
  return { personId, courseId }
}

/** A customer with an agreement, what happened under it, what it was told, and a record of processing. */
async function addCustomer(at: At): Promise<string> {
  const openedOn = todayOfTenants()
  const { customerId } = await at<{ customerId: string }>('customer.add', {
    name: 'Sample Customer',
    language: 'en',
    contactEmail: 'privacy@example.com',
  })
  const terms = { title: 'Agreement', validFrom: '2026-01-01', edition: 1 }
  const { contractId } = await at<{ contractId: string }>('contract.add', { customerId, ...terms })
  const said = { from: 'Management', form: 'mail', text: 'Delete the logs after 30 days.' }
  await at('matter.open', { contractId, kind: 'instruction', openedOn, said })
  await at('announcement.make', { kind: 'sub-processor', title: 'A new host', body: 'Example Hosting from May on.' })
  const own = { purposes: 'Answering questions.', people: ['Customers'], data: ['Names'], retention: 'A year.' }
  await at('processing.add', { side: 'controller', name: 'Support', said: own })
  return customerId
}

/** An app with a published notice that has gaps, one more version to come, and a deletion rule with two reports. */
async function addApp(at: At): Promise<string> {
  const name = { en: 'Sample app', de: 'Beispiel-App' }
  const categories = [
    {
      key: 'logs',
      name: { en: 'Log entries', de: 'Protokolleinträge' },
      need: 'use',
      consequence: { en: 'The app cannot be used.', de: 'Die App kann nicht genutzt werden.' },
      period: 'P30D',
      from: { en: 'the day of the entry', de: 'der Tag des Eintrags' },
    },
  ]
  const facts = { name, about: name, categories, noRecipients: true, automated: false }
  const { appId } = await at<{ appId: string }>('app.add', { slug: 'sample', facts })
  await at('app.publish', { appId, revision: 1, reason: 'The rest follows this week.' })
  const text = { en: 'Keeping the app safe', de: 'Die App sicher halten' }
  const purposes = [{ text, basis: 'interests', detail: text }]
  await at('app.change', { appId, revision: 1, facts: { ...facts, purposes } })
  const { ruleId } = await at<{ ruleId: string }>('deletion.add', {
    appId,
    category: 'logs',
    name: 'Old log entries',
    everyHours: 24,
  })
  await at('deletion.report', { ruleId, examined: 1_200, deleted: 34, kept: { 'not-due': 1_160, 'legal-hold': 6 } })
  await at('deletion.report', { ruleId, outcome: 'not-looked', examined: 0, deleted: 0, cause: 'unavailable' })
  return appId
}

/** Fills an installation that was just started. */
export async function furnish(browser: Browser, { url, setupLink }: Installation): Promise<Furnished> {
  const owner = await browser.newContext({ locale: 'en-GB' })
  const ask = async <T>(by: BrowserContext, operation: string, input: object, tenant?: string): Promise<T> => {
    const path = `/api/${tenant === undefined ? '' : `tenants/${tenant}/`}${operation.replace('.', '/')}`
    const isRead = /\.(list|show)$/.test(operation)
    const response = isRead
      ? await by.request.get(`${url}${path}?${new URLSearchParams(Object.entries(input)).toString()}`)
      : await by.request.post(`${url}${path}`, { data: input, headers: { origin: url } })
    if (!response.ok()) throw new Error(`${operation}: ${response.status()} ${await response.text()}`)
    return (await response.json()) as T
  }
  const own = async <T>(operation: string, input: object) => await ask<T>(owner, operation, input)
  const at = async <T>(operation: string, input: object, tenant = home) => await ask<T>(owner, operation, input, tenant)
  const signIn = async (by: BrowserContext, email: string) =>
    await by.request.post(`${url}/api/auth/sign-in/email`, { data: { email, password }, headers: { origin: url } })
  /** Somebody new, by an invitation's link. */
  const join = async (link: string | null, email: string) => {
    const person = await browser.newContext({ locale: 'en-GB' })
    const token = new URL(link ?? '').hash.slice(1)
    await ask(person, 'invitation.accept', { token, account: { name: email.split('@')[0], password } })
    await signIn(person, email)
    return person
  }

  const setupToken = new URL(setupLink).hash.slice(1)
  await ask(owner, 'account.setup', { token: setupToken, name: 'Ada Owner', email: 'owner@example.com', password })
  await signIn(owner, 'owner@example.com')

  for (const name of ['Sample Ltd', 'Resting Ltd', 'Gone Ltd']) await own('tenant.create', { name, language: 'en' })
  await own('tenant.suspend', { slug: 'resting-ltd' })
  await own('tenant.delete', { slug: 'gone-ltd', confirm: 'gone-ltd' })
  await own('domain.allow', { slug: home, domain: 'example.com' })

  const read = await owner.request.post(`${url}/api/tenants/${home}/document/read?name=measures.md`, {
    data: Buffer.from(document),
    headers: { origin: url, 'content-type': 'application/octet-stream' },
  })
  const documentId = ((await read.json()) as { document: { id: string } }).document.id
  const { statements } = await at<{ statements: { id: string; measure: { id: string; parts: object[] } | null }[] }>(
    'register.show',
    {},
  )
  const line = statements.find(({ measure }) => measure !== null && measure.parts.length > 0)
  await at('measure.comment', { measureId: line?.measure?.id, text: 'Since when?' })

  const site = await startFaultySite()
  const [open, excepted] = await findingsOn(at, site, 'Site')
  await site.close()
  await at('finding.comment', { key: open?.key, text: 'Who takes it?' })
  await at('exception.declare', {
    key: excepted?.key,
    reason: 'The site is switched off in spring.',
    owner: 'Operations',
    until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })

  const subject = { kinds: ['access', 'erasure'], source: 'letter', email: 'person@example.com' }
  const { requestId } = await at<{ requestId: string }>('request.record', {
    ...subject,
    text: 'Which data about me do you hold?',
    receivedOn: todayOfTenants(),
  })
  await at('request.triage', { requestId, kinds: subject.kinds, role: 'controller' })
  await at('request.look', { requestId, mails: [subject.email] })
  const { incidentId } = await at<{ incidentId: string }>('incident.report', { title: 'A laptop is lost' })
  const awareAt = new Date(Date.now() - 3_600_000).toISOString()
  const triage = { title: 'A laptop is lost', severity: 'high', role: 'both', awareAt, authority: 'de-be' }
  await at('incident.triage', { incidentId, ...triage })
  await at('incident.decide_breach', { incidentId, breach: true, kinds: ['confidentiality'], reason: 'It is lost.' })
  const controller = { name: 'Customer Ltd', contact: 'privacy@customer.example', language: 'en', hours: 24 }
  const { controllerId } = await at<{ controllerId: string }>('incident.save_controller', controller)
  await at('incident.set_affected', { incidentId, controllerIds: [controllerId] })

  // Nobody else can sign here, so the owner approves what they wrote.
  const { riskId } = await at<{ riskId: string }>('risk.add', {
    title: 'One customer sees the data of another',
    scenario: 'A fault shows a customer the personal data of another one.',
    events: ['disclosure', 'access'],
    before: { likelihood: 3, severity: 4 },
    after: { likelihood: 1, severity: 4 },
    measures: ['tenant-isolation', 'code-review'],
    reason: 'Each tenant has a database of its own.',
  })
  const { planId } = await at<{ planId: string }>('shield.plan_save', {
    name: 'Customers',
    plan: "{ plan: art32.shield/1, format: { kind: csv, delimiter: ',' }, columns: { mail: { type: email, do: pseudonym } } }",
  })
  const passed = await owner.request.post(
    `${url}/api/tenants/${home}/shield/import?name=customers.csv&planId=${planId}`,
    {
      headers: { origin: url, 'content-type': 'application/octet-stream' },
      data: Buffer.from('mail,city\nsomeone@example.com,Musterstadt\nanother@example.com,Musterstadt\n'),
    },
  )
  const { importId } = (await passed.json()) as { importId: string }
  // Nobody answers there: the job says so, and waits.
  const { storeId } = await at<{ storeId: string }>('shield.store_add', {
    name: 'Exports',
    endpoint: 'https://store.example.com',
    region: 'eu-central-1',
    bucket: 'exports',
    accessKeyId: 'AKIDOFATEST',
    secretAccessKey: 'secret-key-of-a-test',
  })
  const folders = { input: 'raw/', output: 'clean/' }
  const { jobId } = await at<{ jobId: string }>('shield.job_start', { storeId, planId, ...folders })
  const plannedOn = todayOfTenants()
  const audit = { kind: 'internal', title: 'Audit of access', scope: 'Roles and accounts', plannedOn }
  const { auditId } = await at<{ auditId: string }>('audit.plan', audit)
  await at('audit.open', { auditId, sample: 3 })
  const { reportId } = await at<{ reportId: string }>('report.add', {
    title: 'Invoices of others can be read',
    product: 'App 1.4',
    description: 'Sign in, open an invoice, change the number in the address.',
    language: 'en',
  })
  await at('report.start_clock', {
    reportId,
    about: 'exploited',
    awareAt: new Date(Date.now() - 3_600_000).toISOString(),
  })
  const { advisoryId } = await at<{ advisoryId: string }>('advisory.create', {
    reportIds: [reportId],
    text: {
      language: 'en',
      title: 'Invoices of others could be read',
      summary: 'Whoever was signed in could read them.',
      products: [{ name: 'App', affected: ['before 1.5'], fixed: ['1.5'] }],
    },
  })
  const { guidelineId } = await at<{ guidelineId: string }>('guideline.create', { template: 'passwords' })
  const effectiveFrom = todayOfTenants()
  await at('guideline.approve', { guidelineId, revision: 1, effectiveFrom })
  await at('guideline.create', { template: 'backup' })

  // A duty that was done, with a picture of the result.
  const form = [{ id: 'picture', label: 'Picture', kind: 'file', required: true }]
  const today = todayOfTenants()
  const rhythm = { kind: 'every', duration: 'P1Y', from: today }
  const { dutyId } = await at<{ dutyId: string }>('duty.add', { title: 'Walk round', rhythm, form })
  const { occurrences } = await ask<{ occurrences: { occurrenceId: string }[] }>(owner, 'duty.show', { dutyId }, home)
  const sent = await owner.request.post(`${url}/api/tenants/${home}/file/add?name=desk.png`, {
    headers: { origin: url, 'content-type': 'application/octet-stream' },
    data: makePng(),
  })
  const { fileId } = (await sent.json()) as { fileId: string }
  const occurrenceId = occurrences[0]?.occurrenceId
  await at('duty.sign', { occurrenceId, effectiveOn: today, form: { picture: [fileId] } })
  const { personId, courseId } = await keepRecords(at)
  const { processorId } = await at<{ processorId: string }>('processor.add', { template: 'hetzner', places: ['DE'] })
  await at('processor.guarantee', {
    processorId,
    shares: [{ catalogueId: 'certified-datacentre', byProcessor: 'Guards the rooms.', byUs: 'Checks its papers.' }],
  })
  await at('processor.configure', { isPublic: true, noticeDays: 30 })
  const planned = await at<{ processorId: string }>('processor.add', { name: 'Power Example', isPlanned: true })
  await at('processor.announce', { kind: 'add', ...planned, reason: 'A second line of power.' })

  const draft = await at<{ id: string }>('edition.draft', {})
  await at('edition.sign', { editionId: draft.id })
  await at('edition.draft', {})
  const { editions } = await at<{ editions: { id: string; state: string }[] }>('edition.list', {})
  const editionId = editions.find(({ state }) => state === 'edition')?.id
  const guests = [{ name: 'Guest', email: 'guest@example.com' }]
  const opened = await at<{ roomId: string; links: { link: string }[] }>('room.create', {
    editionId,
    name: 'Audit',
    days: 7,
    guests,
  })
  const { roomId } = opened
  await at('profile.set_contact', {
    contacts: ['mailto:security@example.com'],
    expiresOn: '2030-06-30',
    reason: 'set up',
  })
  await at('profile.add_certificate', {
    name: 'ISO/IEC 27001',
    issuer: 'Example Cert',
    validUntil: '2030-01-31',
    reason: 'new',
  })
  await at('disclosure.set_terms', { text: 'Keep it to yourself.' })
  await owner.request.post(`${url}/trust/${home}/documents/request`, {
    headers: { origin: url },
    form: { name: 'Reader', organisation: 'Customer', email: 'reader@example.com', reason: 'Our audit' },
  })
  const guest = await join(opened.links[0]?.link ?? null, 'guest@example.com')
  const asked = await ask<{ messageId: string }>(guest, 'room.ask', { roomId, text: 'Where are the keys?' }, home)
  await at('room.answer', { roomId, questionId: asked.messageId, text: 'In a file of their own.' })

  const customerId = await addCustomer(at)
  const appId = await addApp(at)
  const invite = async (name: string) =>
    (
      await at<{ link: string | null }>('access.invite', {
        name,
        email: `${name.toLowerCase()}@example.com`,
        role: 'editor',
      })
    ).link
  const careful = await join(await invite('Careful'), 'careful@example.com')
  const { secret } = await ask<{ secret: string }>(careful, 'account.begin_totp', {})
  await ask(careful, 'account.confirm_totp', { code: appCode(secret) })
  const invitation = new URL((await invite('Invited')) ?? '').hash

  await own('token.create', { tenant: home, name: 'Pipeline', permissions: ['register:read'] })
  await own('certificate.add', { name: 'Laptop', pem: issue({ name: 'owner' }).certificate })
  await lookAtVendors(at)
  await at('webhook.add', { url: 'http://127.0.0.1:9/hook', kinds: ['finding.opened'] })
  return {
    owner,
    guest,
    careful: { email: 'careful@example.com', password },
    slug: home,
    documentId,
    guidelineId,
    riskId,
    importId,
    jobId,
    auditId,
    personId,
    courseId,
    processorId,
    customerId,
    appId,
    incidentId,
    reportId,
    advisoryId,
    requestId,
    lineId: line?.id ?? '',
    roomId,
    invitation,
  }
}
