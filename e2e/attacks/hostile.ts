import { issue } from '../../scripts/testing/tls.ts'
import { addressOf, people, peoplesPassword } from './people.ts'
import type { PersonName } from './people.ts'
import type { Answer, Target } from './target.ts'
import { todayOfTenants } from '../../scripts/testing/today.ts'

/** Texts that do something where one of them is taken for more than a text. Each calls `canary` when it can. */
export const hostileTexts = [
  '<script>canary(1)</script>',
  '<img src=x onerror=canary(2)>',
  '"><svg onload=canary(3)>',
  `' autofocus onfocus='canary(4)`,
  '</title></style><iframe srcdoc="<script>parent.canary(5)</script>">',
  'javascript:canary(6)',
  '<a href="javascript:canary(7)" id=x>here</a>',
  '{{constructor.constructor("canary(8)")()}}${canary(8)}<%=canary(8)%>',
  '\\u003cimg src=x onerror=canary(9)\\u003e&lt;img src=x onerror=canary(9)&gt;',
  '＜img src=x onerror=canary(10)＞\u202e<img src=x onerror=canary(10)>',
] as const

/** What is written about a processor. */
const processorTexts = [
  'name',
  'address',
  'contactFunction',
  'contactName',
  'contactAt',
  'purpose',
  'services',
  'dataCategories',
  'placeNote',
  'transferNote',
]

/**
 * Fields of changing operations that take a text of their own, in which a hostile one is put below. What is looked up, compared or
 * hashed, and what holds an address of a fixed form, is not kept as it was sent.
 */
const kept: Readonly<Record<string, readonly string[]>> = {
  'account.rename': ['name'],
  'account.rename_passkey': ['name'],
  'certificate.add': ['name'],
  'tenant.create': ['name'],
  'tenant.rename': ['name'],
  'token.create': ['name'],
  'access.invite': ['name'],
  'invitation.accept': ['account'],
  'connection.add': ['name', 'target', 'connector', 'settings'],
  'connection.enter': ['settings'],
  'computer.name': ['name'],
  'finding.change': ['owner'],
  'edition.decide': ['reason'],
  'finding.comment': ['text'],
  'guideline.create': ['title', 'body', 'contact', 'privacyContact'],
  'guideline.change': ['title', 'body'],
  'guideline.withdraw': ['reason'],
  'audit.plan': ['title', 'scope'],
  'audit.note': ['title'],
  'audit.decide': ['note', 'owner'],
  'audit.sign': ['conclusion'],
  'audit.cancel': ['reason'],
  'audit.done': ['note'],
  'shield.plan_save': ['name'],
  'shield.store_add': ['name', 'accessKeyId', 'secretAccessKey'],
  'shield.store_enter': ['accessKeyId', 'secretAccessKey'],
  'shield.job_start': ['input', 'output'],
  'risk.add': ['title', 'scenario', 'processing', 'reason'],
  'risk.assess': ['title', 'scenario', 'processing', 'reason'],
  'risk.accept': ['reason'],
  'risk.retire': ['reason'],
  'duty.add': ['title', 'instruction'],
  'duty.change': ['title', 'instruction'],
  'duty.retire': ['reason'],
  'duty.release': ['version'],
  'duty.sign': ['form'],
  'duty.withdraw': ['reason'],
  'processor.add': processorTexts,
  'processor.change': processorTexts,
  'processor.end': ['reason'],
  'processor.keep_agreement': ['title'],
  'processor.end_agreement': ['reason'],
  'processor.keep_proof': ['title', 'issuer', 'scope', 'controls'],
  'processor.withdraw_proof': ['reason'],
  'processor.answer_control': ['answer'],
  'processor.guarantee': ['shares'],
  'processor.announce': ['reason'],
  'processor.withdraw_change': ['reason'],
  'processor.object': ['customer', 'grounds'],
  'processor.decide_objection': ['reason'],
  'customer.add': ['name', 'reference', 'address', 'contactName', 'representative', 'dpo'],
  'customer.change': ['name', 'reference', 'address', 'contactName', 'representative', 'dpo'],
  'contract.add': ['title'],
  'contract.change': ['title'],
  'contract.end': ['reason'],
  'matter.open': ['said'],
  'matter.step': ['said'],
  'announcement.make': ['title', 'body'],
  'announcement.set_contact': ['contact'],
  'announcement.answer': ['text'],
  'announcement.settle': ['settlement'],
  'processing.set_body': ['body'],
  'processing.add': ['name', 'said'],
  'processing.change': ['name', 'said'],
  'processing.end': ['reason'],
  'app.add': ['facts'],
  'app.change': ['facts'],
  'app.publish': ['reason'],
  'app.end': ['reason'],
  'deletion.add': ['name'],
  'deletion.change': ['name'],
  'deletion.end': ['reason'],
  'exception.declare': ['reason', 'owner'],
  'exception.withdraw': ['reason'],
  'fact.approve': ['note', 'ticket'],
  'scope.exclude': ['reason'],
  'measure.change': ['owner'],
  'measure.split': ['parts'],
  'measure.reword': ['text', 'condition', 'parameters'],
  'measure.add': ['text'],
  'measure.remove': ['reason'],
  'measure.ignore': ['reason'],
  'measure.comment': ['text'],
  'grant.request': ['reason'],
  'grant.give': ['reason'],
  'system.move': ['reason'],
  'ledger.rotate_key': ['reason'],
  'platform.acknowledge': ['note'],
  'parameter.set': ['given', 'reason'],
  'person.add': ['name', 'position', 'area'],
  'person.change': ['name', 'position', 'area'],
  'record.move': ['position', 'area'],
  'confidentiality.add': ['note'],
  'confidentiality.withdraw': ['reason'],
  'course.add': ['title', 'areas'],
  'course.change': ['title', 'areas'],
  'training.add': ['provider'],
  'training.withdraw': ['reason'],
  'checklist.save_template': ['title'],
  'checklist.tick': ['note'],
  'item.add': ['label', 'number'],
  'item.change': ['label', 'number'],
  'item.retire': ['reason'],
  'item.issue': ['note'],
  'item.return': ['note'],
  'holder.set': ['account', 'owner', 'reason'],
  'leaving.enter': ['account'],
  'leaving.confirm': ['reason'],
  'leaving.decline': ['reason'],
  'review.decide': ['reason'],
  'review.answer': ['reason'],
  'review.drop': ['reason'],
  'review.confirm': ['reason'],
  'profile.set_contact': ['reason'],
  'profile.remove_contact': ['reason'],
  'profile.add_certificate': ['name', 'issuer', 'number', 'scope', 'reason'],
  'profile.remove_certificate': ['reason'],
  'disclosure.add_document': ['title'],
  'disclosure.withdraw_document': ['reason'],
  'disclosure.set_terms': ['text'],
  'disclosure.decline': ['answer'],
  'disclosure.revoke': ['reason'],
  'file.add': ['namesFor'],
  'file.remove': ['reason'],
  'request.record': ['name', 'postal', 'text'],
  'request.note': ['text'],
  'request.look': ['names'],
  'request.add_item': ['name'],
  'request.settle_item': ['note'],
  'request.acknowledge': ['subject', 'text'],
  'request.ask_identity': ['asked', 'reason', 'subject', 'text'],
  'request.confirm_identity': ['how'],
  'request.extend': ['reason', 'subject', 'text'],
  'request.erase': ['keptReason'],
  'request.answer': ['subject', 'text'],
  'request.refuse': ['reason', 'subject', 'text'],
  'request.forward': ['subject', 'text'],
  'incident.report': ['title', 'description', 'sourceRef'],
  'incident.triage': ['title', 'reason'],
  'incident.describe': ['facts'],
  'incident.decide_breach': ['reason'],
  'incident.assess_risk': ['reason'],
  'incident.decide_people': ['reason'],
  'incident.close': ['review'],
  'incident.note': ['text'],
  'incident.add_task': ['title'],
  'incident.learn': ['text'],
  'incident.draft_bulletin': ['text'],
  'incident.withdraw_bulletin': ['reason'],
  'incident.record_notice': ['reference', 'delayReason'],
  'incident.share': ['label'],
  'incident.configure': ['contact'],
  'incident.save_controller': ['name'],
  'incident.import_controllers': ['lines'],
  'report.set_up': ['policy', 'craReason'],
  'report.add': ['title', 'product', 'description', 'name', 'credit'],
  'report.move': ['answer'],
  'report.say': ['text'],
  'report.note_sent': ['reference'],
  'advisory.create': ['text'],
  'advisory.change': ['text'],
  'advisory.publish': ['summary'],
  'room.create': ['name'],
  'room.invite': ['name'],
  'room.ask': ['text'],
  'room.answer': ['text'],
}
/** By whole name, or as `operation.field`. */
const notKept = [
  'token',
  'password',
  'current',
  'code',
  'recoveryCode',
  'slug',
  'tenant.create.server',
  'tenant.move.to',
  'confirm',
  'pem',
  'ceremony',
  'email',
  'tenant',
  'section',
  'key',
  'catalogueIds',
  'checkId',
  'cadence',
  'due',
  // A short name of a fixed form.
  'backup.restore_tenant.as',
  // Looked up, or compared with what a look saw.
  'file.set_period.kind',
  'platform.acknowledge.incident',
  'guideline.change.measures',
  'risk.add.measures',
  'risk.assess.measures',
  'contract.add.measures',
  'contract.change.measures',
  'matter.step.state',
  'processing.add.template',
  // Kept as the plan that it is read as; a text that is none is refused.
  'shield.plan_save.plan',
  'shield.preview.plan',
  'shield.preview.sample',
  // Judged with, and kept by nobody.
  'parameter.preview.given',
  'edition.weigh.text',
  'edition.weigh.condition',
  'edition.weigh.parameters',
  // Looked up.
  'catalogueId',
  'duty.configure.timeZone',
  // Kept as account.rename and account.rename_passkey keep them.
  'account.setup.name',
  'account.add_passkey.name',
  'account.add_passkey.response',
  // Addresses and secrets of a fixed form.
  // Read in line by line; what looks like a formula is refused, and names are attacked as person.add keeps them.
  'staff.preview.csv',
  'staff.import.csv',
  'course.add.shipped',
  // Beside the ledger only.
  'staff.withdraw.reason',
  'provider.set.issuer',
  'provider.set.clientId',
  'provider.set.clientSecret',
  'webhook.add.url',
  // A domain, an address, a name of ours and a vector, each of a fixed form.
  'site.claim.domain',
  'processor.watch.address',
  'processor.add.template',
  'report.assess.vector',
]

/** Fields of texts that nothing is put into yet: a new operation has to be attacked, too. */
export function forgottenFields({ operations }: Target): string[] {
  const named = (id: string, field: string) => kept[id]?.includes(field) ?? false
  return operations
    .filter(({ changes }) => changes)
    .flatMap(({ id, input }) =>
      Object.entries(input.shape).map(([field, schema]) => ({ id, field, takes: takesText(schema) })),
    )
    .filter(
      ({ id, field, takes }) =>
        takes && !named(id, field) && !notKept.includes(field) && !notKept.includes(`${id}.${field}`),
    )
    .map(({ id, field }) => `${id} keeps ${field}, which nobody attacks`)
}

/** Whether a markup passes, alone, in a list, or in an object. */
function takesText(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null || !('safeParse' in schema)) return false
  const { safeParse } = schema as { safeParse: (value: unknown) => { success: boolean } }
  const text = hostileTexts[0]
  return [text, [text, text], { name: text, password: peoplesPassword }, { id: text }].some(
    (value) => safeParse(value).success,
  )
}

/** Where the hostile texts stand. */
export interface Planted {
  readonly documentIds: readonly string[]
  readonly invitation: string
}

const planted = new WeakMap<Target, Promise<Planted>>()

/** What was answered, where it had to be done. */
async function good<T>(answer: Promise<Answer>): Promise<T> {
  const given = await answer
  if (given.status !== 200) throw new Error(`planting was answered with ${given.status} ${given.text}`)
  return given.json<T>()
}

/** Puts every hostile text into every field that keeps one; once for each target. */
export function plantTexts(target: Target): Promise<Planted> {
  const known = planted.get(target) ?? plant(target)
  planted.set(target, known)
  return known
}

async function plant(target: Target): Promise<Planted> {
  const owner = await target.signIn('owner')
  const operator = await target.signIn('operator')
  const documentIds = [await document(target, owner, 'html'), await document(target, owner, 'md')]
  await good(target.call(owner, 'document.adopt', { documentId: documentIds[1] }))
  const [account] = await target.query<{ id: string }>('select id from account where email = $1', [addressOf('owner')])
  let link = ''
  for (const [n, text] of hostileTexts.entries()) {
    const name = text.slice(0, 100)
    await good(target.call(owner, 'certificate.add', { name, pem: issue({ name: `c${n}` }).certificate }))
    await good(target.call(owner, 'token.create', { tenant: 'alpha', name, permissions: ['register:read'] }))
    ;({ link } = await good<{ link: string }>(
      target.call(owner, 'access.invite', { name: text, email: `guest${n}@example.com`, role: 'member' }),
    ))
    await good(target.call(owner, 'connection.add', { name: text, target: `dns:${n}.example.com` }))
    // Refused or kept: a target that is no address must not come back as markup either.
    await target.call(owner, 'connection.add', { target: `https://example.com/${text}` })
    await target.call(owner, 'connection.add', { connector: text, settings: {} })
    await target.call(owner, 'connection.add', { connector: 'dns', settings: { domain: text } })
    await target.call(owner, 'connection.enter', { connectionId: account?.id, settings: { domain: text } })
    await passkey(target, owner, account?.id, name.slice(0, 60))
  }
  await computers(target, owner)
  await registerTexts(target, owner)
  await findings(target, owner)
  await declarations(target, owner)
  await accounts(target, owner)
  await processors(target, owner)
  const names = Object.keys(people) as PersonName[]
  for (const [n, name] of names.entries()) {
    const cookie = name === 'owner' ? owner : await target.signIn(name)
    await good(target.call(cookie, 'account.rename', { name: hostileTexts[n % hostileTexts.length] }))
  }
  const token = new URL(link).hash.slice(1)
  await good(
    target.call('', 'invitation.accept', { token, account: { name: hostileTexts[1], password: peoplesPassword } }),
  )
  const { link: open } = await good<{ link: string }>(
    target.call(owner, 'access.invite', { name: hostileTexts[2], email: 'open@example.com', role: 'dpo' }),
  )
  await good(target.call(operator, 'tenant.rename', { slug: 'alpha', name: hostileTexts[1] }))
  await good(target.call(operator, 'tenant.rename', { slug: 'beta', name: hostileTexts[0] }))
  await target.call(operator, 'tenant.create', { name: hostileTexts[2], slug: 'gamma', language: 'en' })
  const { id } = await good<{ id: string }>(target.call(owner, 'edition.draft'))
  await good(target.call(owner, 'edition.sign', { editionId: id }))
  await decisions(target, owner)
  await conversations(target, owner, operator, id)
  await besideTheDocument(target, owner)
  await duties(target, owner)
  await evidenceFiles(target, owner)
  await incidents(target, owner)
  await reports(target, owner)
  await requests(target, owner)
  return { documentIds, invitation: new URL(open).hash }
}

/** Why lines are promised otherwise than in the edition before: published with the next one. */
async function decisions(target: Target, owner: string): Promise<void> {
  const { statements } = await good<{
    statements: { measure: { id: string; revision: number; ignored: string | null } | null }[]
  }>(target.call(owner, 'register.show'))
  const measures = statements.flatMap(({ measure }) => (measure?.ignored === null ? [measure] : []))
  for (const { id, revision } of measures.slice(0, hostileTexts.length))
    await good(target.call(owner, 'measure.change', { measureId: id, revision, guarantor: 'customer' }))
  const { changes } = await good<{ changes: { key: string; decision: string }[] }>(
    target.call(owner, 'edition.compare'),
  )
  for (const [n, { key }] of changes.filter(({ decision }) => decision === 'needed').entries()) {
    const reason = `In full: ${hostileTexts[n % hostileTexts.length]}`
    await good(target.call(owner, 'edition.decide', { change: key, reason }))
  }
  const { id } = await good<{ id: string }>(target.call(owner, 'edition.draft'))
  await good(target.call(owner, 'edition.sign', { editionId: id }))
}

/** What computers say of themselves, and how they are called. */
async function computers(target: Target, owner: string): Promise<void> {
  for (const [n, text] of hostileTexts.entries()) {
    const computer = String(n).padStart(32, 'a')
    const says = text.slice(0, 300)
    const ok = (facts: unknown) => ({ read: 'ok', complete: true, facts })
    const push = {
      format: 'art32.host/1',
      computer,
      at: new Date().toISOString(),
      collector: 'attack',
      groups: {
        system: ok({ product: says, version: says, name: says }),
        volumes: ok([{ mount: says, device: says, encrypted: false }]),
        accounts: ok({ rootEquivalent: [says], administrators: 9, emptyPasswords: 9 }),
        time: { read: 'no', why: 'denied', detail: says },
      },
    }
    const sent = await target.call(owner, 'computer.push', push)
    if (sent.status !== 200) throw new Error(`a push was answered with ${sent.status} ${sent.text}`)
    const [row] = await target.query<{ id: string }>(
      'select id from connection where target = $1',
      [`computer:${computer}`],
      'alpha',
    )
    await target.call(owner, 'computer.name', { connectionId: row?.id, name: text })
  }
}

/** What people say to each other: comments, reasons, rooms with their questions and answers. */
/** What people are to do: titles, forms and reasons, signed off and taken back. */
async function duties(target: Target, owner: string): Promise<void> {
  const today = todayOfTenants()
  for (const [n, text] of hostileTexts.entries()) {
    const title = text.slice(0, 200)
    const form = [{ id: 'result', label: title, kind: 'text', required: true }]
    const rhythm = n === 0 ? { kind: 'release', days: 1 } : { kind: 'once', on: today }
    const terms = { title, instruction: text, rhythm, form }
    const { dutyId } = await good<{ dutyId: string }>(target.call(owner, 'duty.add', terms))
    await good(target.call(owner, 'duty.release', { version: text.slice(0, 80) }))
    const { occurrences } = await good<{ occurrences: { occurrenceId: string }[] }>(
      target.call(owner, 'duty.show', { dutyId }),
    )
    const occurrenceId = occurrences[0]?.occurrenceId
    const signed = { occurrenceId, effectiveOn: today, form: { result: text } }
    const { signOffId } = await good<{ signOffId: string }>(target.call(owner, 'duty.sign', signed))
    if (n % 2 === 1) await good(target.call(owner, 'duty.withdraw', { signOffId, reason: `In full: ${text}` }))
    if (n === 2) await good(target.call(owner, 'duty.change', { dutyId, ...terms, instruction: `${text} again` }))
    if (n === 3) await good(target.call(owner, 'duty.retire', { dutyId, reason: text }))
  }
}

/** What stands on the public page beside the document, and what a stranger writes into its form. */
async function besideTheDocument(target: Target, owner: string): Promise<void> {
  for (const [n, text] of hostileTexts.entries()) {
    const reason = text
    const shown = { name: text.slice(0, 200), issuer: text, number: text.slice(0, 100), scope: text }
    await good(target.call(owner, 'profile.add_certificate', { ...shown, validUntil: '2030-01-31', reason }))
    await target.call(owner, 'profile.set_contact', { contacts: [text], expiresOn: '2030-01-31', reason })
    await target.send(`/trust/alpha/documents/request`, {
      method: 'POST',
      headers: { origin: target.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(
        new URLSearchParams({ name: text, organisation: text, email: `h${n}@example.com`, reason }).toString(),
      ),
    })
    const title = encodeURIComponent(text)
    await target.send(`/api/tenants/alpha/disclosure/add_document?title=${title}&name=${title}.txt&audience=public`, {
      method: 'POST',
      headers: { origin: target.url, cookie: owner, 'content-type': 'application/octet-stream' },
      body: Buffer.from(text),
    })
  }
  await good(target.call(owner, 'disclosure.set_terms', { text: hostileTexts.join('\n\n') }))
}

/** What files are called, on the page of all files and beside a sign-off, and why one was deleted. */
async function evidenceFiles(target: Target, owner: string): Promise<void> {
  const files: string[] = []
  for (const text of hostileTexts) {
    const added = await good<{ fileId: string }>(
      target.send(
        `/api/tenants/alpha/file/add?${new URLSearchParams({ name: text, namesFor: text.slice(0, 500) }).toString()}`,
        {
          method: 'POST',
          headers: { origin: target.url, cookie: owner, 'content-type': 'application/octet-stream' },
          body: Buffer.from('A note.'),
        },
      ),
    )
    files.push(added.fileId)
  }
  const today = todayOfTenants()
  const { dutyId } = await good<{ dutyId: string }>(
    target.call(owner, 'duty.add', {
      title: 'Keep notes',
      rhythm: { kind: 'every', duration: 'P1Y', from: today },
      form: [{ id: 'notes', label: 'Notes', kind: 'file', required: true }],
    }),
  )
  const [due] = await target.query<{ id: string }>('select id from occurrence where duty_id = $1', [dutyId], 'alpha')
  const form = { notes: files.slice(0, 20) }
  await good(target.call(owner, 'duty.sign', { occurrenceId: due?.id, effectiveOn: today, form }))
  for (const [n, reason] of hostileTexts.entries())
    if (n % 4 === 3) await good(target.call(owner, 'file.remove', { fileId: files[n], reason }))
}

/** Every text of a request, from who asks to what they are told. */
async function requests(target: Target, owner: string): Promise<void> {
  const contracts = await target.query<{ id: string }>('select id from contract limit 1', [], 'alpha')
  for (const [n, text] of hostileTexts.entries()) {
    const said = `In full: ${text}`
    const line = said.slice(0, 200)
    const letter = { subject: line, text: said, way: 'link' }
    const { requestId } = await good<{ requestId: string }>(
      target.call(owner, 'request.record', {
        kinds: ['access'],
        source: 'letter',
        name: line,
        postal: said.slice(0, 500),
        text: said,
        receivedOn: todayOfTenants(),
      }),
    )
    const one = { requestId }
    await good(target.call(owner, 'request.triage', { ...one, kinds: ['access'], role: 'controller' }))
    await good(target.call(owner, 'request.note', { ...one, text: said }))
    await good(target.call(owner, 'request.acknowledge', { ...one, ...letter }))
    const doubts = { asked: said.slice(0, 1_000), reason: said.slice(0, 1_000) }
    await good(target.call(owner, 'request.ask_identity', { ...one, ...letter, ...doubts }))
    await good(target.call(owner, 'request.confirm_identity', { ...one, how: said.slice(0, 1_000) }))
    await good(target.call(owner, 'request.extend', { ...one, ...letter, reason: said.slice(0, 2_000) }))
    await good(target.call(owner, 'request.look', { ...one, mails: [`d${n}@example.com`], names: [line] }))
    const { itemId } = await good<{ itemId: string }>(target.call(owner, 'request.add_item', { ...one, name: line }))
    await good(target.call(owner, 'request.settle_item', { itemId, state: 'found', note: said.slice(0, 2_000) }))
    const erased = { ...one, email: `d${n}@example.com`, keptReason: said.slice(0, 4_000) }
    await good(target.call(owner, 'request.erase', erased))
    const reason = said.slice(0, 4_000)
    if (n % 3 === 0) await good(target.call(owner, 'request.answer', { ...one, ...letter, handsOut: true }))
    if (n % 3 === 1) await good(target.call(owner, 'request.refuse', { ...one, ...letter, ground: 'other', reason }))
    if (n % 3 === 2 && contracts[0])
      await target.call(owner, 'request.forward', { ...one, ...letter, contractId: contracts[0].id })
    await target.send('/trust/alpha/request', {
      method: 'POST',
      headers: { origin: target.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams({ kind: 'access', text: said, name: line }).toString()),
    })
  }
}

/** Every text of a case, from who reports it to what is said publicly. */
async function incidents(target: Target, owner: string): Promise<void> {
  const awareAt = new Date(Date.now() - 3_600_000).toISOString()
  for (const [n, text] of hostileTexts.entries()) {
    const said = `In full: ${text}`
    const title = said.slice(0, 200)
    const reported = { title, description: said, source: 'processor', sourceRef: title }
    const { incidentId } = await good<{ incidentId: string }>(target.call(owner, 'incident.report', reported))
    const one = { incidentId }
    await good(
      target.call(owner, 'incident.triage', {
        ...one,
        title,
        severity: 'high',
        role: 'both',
        awareAt,
        reason: said.slice(0, 1_000),
      }),
    )
    const facts = { nature: said, consequences: said, measures: said, contact: said.slice(0, 1_000) }
    await good(target.call(owner, 'incident.describe', { ...one, facts }))
    await good(target.call(owner, 'incident.decide_breach', { ...one, breach: true, kinds: [], reason: said }))
    await good(target.call(owner, 'incident.assess_risk', { ...one, risk: 'none', reason: said }))
    await good(target.call(owner, 'incident.decide_people', { ...one, decision: 'not-high', reason: said }))
    await good(target.call(owner, 'incident.note', { ...one, text: said }))
    await good(target.call(owner, 'incident.add_task', { ...one, title: said.slice(0, 400) }))
    await good(target.call(owner, 'incident.learn', { ...one, text: title }))
    const words = { title: said.slice(0, 160), happened: said, advice: said, change: said.slice(0, 400) }
    const bulletin = { state: 'contained', texts: { en: words, de: words } }
    await good(target.call(owner, 'incident.draft_bulletin', { ...one, text: bulletin }))
    await good(target.call(owner, 'incident.publish', { ...one, revision: 1 }))
    // Of one that was taken back only the reason is left to see.
    if (n === 0) await good(target.call(owner, 'incident.withdraw_bulletin', { ...one, reason: said.slice(0, 1_000) }))
    await good(target.call(owner, 'incident.share', { ...one, label: title, hours: 1 }))
    const told = { recipient: 'authority', way: 'mail', toldAt: new Date().toISOString() }
    await good(
      target.call(owner, 'incident.record_notice', {
        ...one,
        ...told,
        reference: said.slice(0, 400),
        delayReason: said,
      }),
    )
    // Names and addresses of one line: what is none is refused.
    await target.call(owner, 'incident.save_controller', {
      name: title,
      contact: `c${n}@example.com`,
      language: 'en',
      hours: null,
    })
    await target.call(owner, 'incident.import_controllers', { lines: `${title};c${n}@example.com;24;en` })
    await target.send('/trust/alpha/report-incident', {
      method: 'POST',
      headers: { origin: target.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams({ what: said, when: title, contact: title }).toString()),
    })
    if (n > 0) await target.call(owner, 'incident.close', { ...one, review: said })
  }
  const contact = hostileTexts.join(' ').slice(0, 1_000)
  await good(target.call(owner, 'incident.configure', { authority: 'de-be', contact, formIsOpen: true }))
}

/** What strangers report, what they are told, and what is published about it. */
async function reports(target: Target, owner: string): Promise<void> {
  for (const text of hostileTexts) {
    const line = text.slice(0, 200)
    const { reportId } = await good<{ reportId: string }>(
      target.call(owner, 'report.add', {
        title: line,
        product: line,
        description: text,
        name: line,
        credit: line,
        language: 'en',
      }),
    )
    await good(target.call(owner, 'report.say', { reportId, kind: 'note', text }))
    await good(target.call(owner, 'report.move', { reportId, to: 'confirmed', answer: text }))
    const since = new Date(Date.now() - 3_600_000).toISOString()
    await good(target.call(owner, 'report.start_clock', { reportId, about: 'exploited', awareAt: since }))
    const sent = { what: 'warning', at: new Date(Date.now() - 60_000).toISOString(), reference: text }
    await good(target.call(owner, 'report.note_sent', { reportId, ...sent }))
    const advisory = {
      language: 'en',
      title: line,
      summary: text,
      details: text,
      products: [{ name: line, affected: [text.slice(0, 100)], fixed: [] }],
      remedy: text,
      workaround: text,
      credit: line,
    }
    const { advisoryId } = await good<{ advisoryId: string }>(
      target.call(owner, 'advisory.create', { text: advisory, reportIds: [reportId] }),
    )
    await target.call(owner, 'advisory.change', { advisoryId, text: { ...advisory, references: [] } })
    await good(target.call(owner, 'advisory.publish', { advisoryId, summary: text }))
  }
  const terms = { isOpen: true, acknowledgeDays: 5, discloseDays: 90, cra: 'applies' }
  const texts = { policy: hostileTexts.join('\n\n'), craReason: hostileTexts[0] }
  await good(target.call(owner, 'report.set_up', { ...terms, ...texts }))
}

async function conversations(target: Target, owner: string, operator: string, editionId: string): Promise<void> {
  const [measure] = await target.query<{ id: string }>('select id from measure limit 1', [], 'alpha')
  const [system] = await target.query<{ id: string }>('select id from system limit 1', [], 'alpha')
  const [account] = await target.query<{ id: string }>('select id from account where email = $1', [
    addressOf('operator'),
  ])
  for (const [n, text] of hostileTexts.entries()) {
    await target.call(owner, 'measure.comment', { measureId: measure?.id, text })
    await target.call(owner, 'system.move', {
      systemId: system?.id,
      environment: n % 2 === 0 ? 'test' : 'production',
      reason: text,
    })
  }
  const terms = { hours: 1, scope: 'read' }
  await target.call(operator, 'grant.request', { slug: 'alpha', ...terms, reason: hostileTexts[0] })
  await target.call(owner, 'grant.give', { accountId: account?.id, ...terms, reason: hostileTexts[1] })
  const made = await target.call(owner, 'room.create', {
    editionId,
    name: hostileTexts[1].slice(0, 100),
    days: 1,
    guests: [],
  })
  const { roomId } = made.json<{ roomId?: string }>()
  await target.call(owner, 'room.invite', { roomId, name: hostileTexts[2], email: 'auditor@example.com' })
  await target.call(owner, 'room.answer', { roomId, text: hostileTexts[1] })
}

async function document(target: Target, cookie: string, kind: 'md' | 'html'): Promise<string> {
  // In HTML as text that was escaped there: what a reader makes of it is markup again.
  const write = (text: string) => (kind === 'md' ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  const lines = hostileTexts.flatMap((text, n) =>
    kind === 'md'
      ? [
          `## Section ${n} ${text}`,
          '',
          `- All communication of ${n} uses TLS 1.2 or newer ${text}`,
          `- Backups of ${n} are made daily ${text}`,
          '',
        ]
      : [
          `<h2>Section ${n} ${write(text)}</h2><ul><li>All communication of ${n} uses TLS 1.2 or newer ${write(text)}</li></ul>`,
        ],
  )
  const name = `${hostileTexts[1]}.${kind}`
  const answer = await target.send(`/api/tenants/alpha/document/read?${new URLSearchParams({ name }).toString()}`, {
    method: 'POST',
    headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
    body: lines.join('\n'),
  })
  return answer.json<{ document: { id: string } }>().document.id
}

async function registerTexts(target: Target, owner: string): Promise<void> {
  const { statements } = (await target.call(owner, 'register.show')).json<{
    statements: { id: string; measure: { id: string; revision: number } | null }[]
  }>()
  const [behind] = statements
  const measures = statements.flatMap(({ measure }) => (measure ? [measure] : []))
  if (measures.length < hostileTexts.length + 4) throw new Error(`only ${measures.length} measures were read`)
  for (const [n, text] of hostileTexts.entries()) {
    const measure = measures[n]
    await target.call(owner, 'measure.change', { measureId: measure?.id, revision: measure?.revision, owner: text })
  }
  const [split, ignored, reworded, removed] = measures.slice(hostileTexts.length)
  if (!reworded || !removed) throw new Error('too few measures were read to edit')
  let { revision } = reworded
  for (const text of hostileTexts) {
    const said = { text, condition: text.slice(0, 400), parameters: { location: text.slice(0, 200) } }
    await good(target.call(owner, 'measure.reword', { measureId: reworded.id, revision: revision++, ...said }))
  }
  for (const text of hostileTexts) await target.call(owner, 'measure.add', { behind: behind?.id, text })
  await target.call(owner, 'measure.remove', {
    measureId: removed.id,
    revision: removed.revision,
    reason: hostileTexts[2],
  })
  await target.call(owner, 'measure.split', {
    measureId: split?.id,
    revision: split?.revision,
    parts: hostileTexts.slice(0, 3),
  })
  await target.call(owner, 'measure.ignore', {
    measureId: ignored?.id,
    revision: ignored?.revision,
    reason: hostileTexts[1],
  })
}

/** What people say about the world, and what platforms and vendors call their incidents and accounts. */
async function declarations(target: Target, owner: string): Promise<void> {
  const { connections } = (
    await target.call(owner, 'connection.add', {
      connector: 'status',
      settings: { feed: 'http://status.example.com/api/v2/incidents.json' },
    })
  ).json<{ connections: string[] }>()
  const [connection] = await target.query<{ system_id: string }>(
    'select system_id from connection where id = $1',
    [connections[0]],
    'alpha',
  )
  const systemId = connection?.system_id
  for (const [n, text] of hostileTexts.entries()) {
    const name = text.slice(0, 100)
    const added = await target.call(owner, 'person.add', { name, position: text, email: `p${n}@example.com` })
    const { personId } = added.json<{ personId?: string }>()
    await target.call(owner, 'person.change', { personId, name, position: text })
    await recordOf(target, owner, { personId, text, name })
    await target.query(
      `insert into account_holder (id, system_id, account, person_id, at) values (gen_random_uuid(), $1, $2, $3, now())`,
      [systemId, name, personId],
      'alpha',
    )
    const made = await target.call(owner, 'guideline.create', {
      title: `${text} rules`,
      body: `${text} ${'Rules for people.'.repeat(2)}`,
      contact: name,
      privacyContact: name,
    })
    const { guidelineId } = made.json<{ guidelineId?: string }>()
    await target.call(owner, 'guideline.change', {
      guidelineId,
      revision: 1,
      title: `${text} rules`,
      body: `# ${text}\n\n- **${text}**\n- [x](javascript:canary(11)) ${text}`,
      measures: [],
      reviewMonths: 12,
    })
    await target.call(owner, 'guideline.withdraw', { guidelineId, reason: text })
    const kept = await target.call(owner, 'shield.plan_save', {
      name: text.slice(0, 100),
      plan: JSON.stringify({ plan: 'art32.shield/1', format: { kind: 'text' }, columns: {} }),
    })
    // A key has neither blanks nor letters beyond ASCII; markup does without.
    const secret = text.replaceAll(/[^\x21-\x7e]/g, '/')
    const key = { accessKeyId: secret, secretAccessKey: secret }
    const { storeId } = await good<{ storeId: string }>(
      target.call(owner, 'shield.store_add', {
        name: text.slice(0, 100),
        endpoint: 'https://store.example.com',
        region: 'eu-central-1',
        bucket: 'exports',
        ...key,
      }),
    )
    await good(target.call(owner, 'shield.store_enter', { storeId, ...key }))
    await target.call(owner, 'shield.job_start', {
      ...kept.json<{ planId?: string }>(),
      storeId,
      input: `in/${text}`.slice(0, 900),
      output: `out/${text}`.slice(0, 900),
    })
    const risk = {
      title: `${text} risk`,
      scenario: `${text} happens to people.`,
      processing: text.slice(0, 200),
      events: ['loss'],
      before: { likelihood: 3, severity: 3 },
      after: { likelihood: 3, severity: 3 },
      measures: [],
      reason: `${text} reason`,
    }
    const noted = await target.call(owner, 'risk.add', risk)
    const { riskId } = noted.json<{ riskId?: string }>()
    await target.call(owner, 'risk.assess', { ...risk, riskId, number: 1 })
    const reviewDue = new Date(Date.now() + 86_400_000 * 90).toISOString().slice(0, 10)
    await target.call(owner, 'risk.accept', { riskId, number: 2, reason: `${text} reason`, reviewDue })
    await target.call(owner, 'risk.retire', { riskId, number: 2, reason: `${text} reason` })
    const plan = { kind: 'internal', title: `${text} audit`, scope: text, plannedOn: reviewDue }
    const dropped = (await target.call(owner, 'audit.plan', plan)).json<{ auditId?: string }>()
    await target.call(owner, 'audit.cancel', { auditId: dropped.auditId, reason: `${text} reason` })
    const { auditId } = (await target.call(owner, 'audit.plan', plan)).json<{ auditId?: string }>()
    await target.call(owner, 'audit.open', { auditId, sample: 1 })
    await target.call(owner, 'audit.note', { auditId, title: `${text} seen` })
    const walk = await target.call(owner, 'audit.show', { auditId })
    for (const { itemId } of walk.json<{ items?: { itemId: string }[] }>().items ?? [])
      await target.call(owner, 'audit.decide', {
        itemId,
        verdict: 'finding',
        severity: 'minor',
        note: `${text} note`,
        owner: text.slice(0, 100),
        due: reviewDue,
      })
    await target.call(owner, 'audit.sign', { auditId, conclusion: `${text} conclusion of it` })
    for (const { itemId } of walk.json<{ items?: { itemId: string }[] }>().items ?? [])
      await target.call(owner, 'audit.done', { itemId, note: `${text} done` })
    await apps(target, owner, n, text)
    await underAgreements(target, owner, n, text)
    await target.call(owner, 'holder.set', { systemId, account: name, owner: text, reason: text })
    await target.call(owner, 'platform.acknowledge', { systemId, incident: name, note: text })
    for (const place of [null, systemId])
      await target.call(owner, 'parameter.set', {
        checkId: 'bb.repo-private',
        systemId: place,
        given: { declared: [text] },
        reason: text,
      })
  }
}

/** What is on record about people, of which every page that shows it is walked. */
async function recordOf(
  target: Target,
  owner: string,
  { personId, text, name }: { personId: string | undefined; text: string; name: string },
): Promise<void> {
  const days = { completedOn: '2026-01-30', expiresOn: '2027-01-30' }
  await target.call(owner, 'record.move', { personId, movedOn: '2026-01-30', position: text, area: name })
  for (const fate of ['kept', 'withdrawn']) {
    const signed = await target.call(owner, 'confidentiality.add', { personId, signedOn: '2026-01-30', note: text })
    const { agreementId } = signed.json<{ agreementId?: string }>()
    if (fate === 'withdrawn') await target.call(owner, 'confidentiality.withdraw', { agreementId, reason: text })
  }
  const made = await target.call(owner, 'course.add', { title: text, areas: [name] })
  const { courseId } = made.json<{ courseId?: string }>()
  await target.call(owner, 'course.change', { courseId, title: text, areas: [name, 'x'] })
  const learned = await target.call(owner, 'training.add', { personId, courseId, provider: text, ...days })
  const { trainingId } = learned.json<{ trainingId?: string }>()
  await target.call(owner, 'training.withdraw', { trainingId, reason: text })
  const items = [{ text, days: 0 }]
  const kept = await target.call(owner, 'checklist.save_template', { kind: 'leaver', title: text, items })
  const { templateId } = kept.json<{ templateId?: string }>()
  await target.call(owner, 'checklist.start', { personId, kind: 'leaver', templateId, fromOn: '2026-01-30' })
  const [point] = await target.query<{ id: string }>(
    'select id from checklist_item where text = $1 limit 1',
    [text],
    'alpha',
  )
  await target.call(owner, 'checklist.tick', { itemId: point?.id, state: 'not-needed', note: text })
  const added = await target.call(owner, 'item.add', { kind: 'key', label: text, number: name })
  const { itemId } = added.json<{ itemId?: string }>()
  await target.call(owner, 'item.change', { itemId, kind: 'key', label: text, number: `${name} 2`.slice(0, 100) })
  await target.call(owner, 'item.issue', { itemId, personId, issuedOn: '2026-01-30', note: text })
  await target.call(owner, 'item.return', { itemId, returnedOn: '2026-01-31', note: text })
  await target.call(owner, 'item.retire', { itemId, reason: text })
}

/** What is said about accounts of people who leave, and in a review of access. */
async function accounts(target: Target, owner: string): Promise<void> {
  const added = await target.call(owner, 'connection.add', {
    connector: 'hetzner',
    settings: { project: 'attack', token: 'token-of-the-attack' },
  })
  const { connections } = added.json<{ connections: string[] }>()
  const [cloud] = await target.query<{ system_id: string }>(
    'select system_id from connection where id = $1',
    [connections[0]],
    'alpha',
  )
  const people = await target.query<{ id: string; name: string }>('select id, name from person', [], 'alpha')
  for (const { id: personId, name } of people) {
    await target.call(owner, 'leaving.enter', { systemId: cloud?.system_id, personId, account: name })
    await target.call(owner, 'leaving.start', { personId, on: '2026-01-31' })
    const shown = await target.call(owner, 'leaving.show', { personId })
    const { accounts: held = [] } = shown.json<{ accounts?: { accountId: string }[] }>()
    for (const { accountId } of held)
      await target.call(owner, 'leaving.confirm', { personId, accountId, reason: `${name} seen` })
  }
  const { reviewId } = (await target.call(owner, 'review.start', {})).json<{ reviewId?: string }>()
  for (const [n, text] of hostileTexts.entries())
    await target.call(owner, 'review.decide', { reviewId, lines: [n + 1], decision: 'keep', reason: text })
}

/** Processors are written about by the tenant, and read by everybody. */
async function processors(target: Target, owner: string): Promise<void> {
  await target.call(owner, 'processor.configure', { isPublic: true, noticeDays: 1 })
  for (const text of hostileTexts) {
    const [name, short] = [text.slice(0, 200), text.slice(0, 500)]
    const fields = {
      name,
      address: short,
      contactFunction: name,
      contactName: name,
      contactAt: name,
      purpose: text,
      services: text,
      dataCategories: [name],
      places: ['DE'],
      placeNote: short,
      transferNote: text,
    }
    const added = await target.call(owner, 'processor.add', { ...fields, isPlanned: true })
    const { processorId } = added.json<{ processorId?: string }>()
    await target.call(owner, 'processor.change', { processorId, revision: 1, ...fields })
    await target.call(owner, 'processor.guarantee', {
      processorId,
      shares: [{ catalogueId: 'redundancy', byProcessor: short, byUs: short, byCustomer: short }],
    })
    const told = await target.call(owner, 'processor.announce', { kind: 'add', processorId, reason: text })
    const { changeId } = told.json<{ changeId?: string }>()
    const objected = await target.call(owner, 'processor.object', {
      changeId,
      customer: name,
      grounds: text,
      receivedOn: '2026-01-31',
    })
    const { objectionId } = objected.json<{ objectionId?: string }>()
    await target.call(owner, 'processor.decide_objection', { objectionId, outcome: 'rejected', reason: text })
    await target.call(owner, 'processor.withdraw_change', { changeId, reason: text })
    await target.call(owner, 'processor.end', { processorId, reason: text })
    await target.call(owner, 'processor.add', fields)
  }
}

/** What a connector saw is written by strangers, too. */
async function findings(target: Target, owner: string): Promise<void> {
  for (const [n, text] of hostileTexts.entries()) {
    const key = `tls.protocols/attack-${n}`
    await target.query(
      `insert into finding (id, key, check_id, system_id, subject, severity, say, due, opened_at, seen_at)
       select gen_random_uuid(), $1, 'tls.protocols', id, $2, 'high', jsonb_build_object('en', $2::text, 'de', $2::text), null, now(), now()
       from system limit 1`,
      [key, text],
      'alpha',
    )
    await target.call(owner, 'finding.change', { key, owner: text })
    await target.call(owner, 'finding.comment', { key, text })
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const declared = await target.call(owner, 'exception.declare', { key, reason: text, owner: text, until })
    // Every other one stays in force, and its reason in what is published.
    const { exceptionId } = declared.json<{ exceptionId: string }>()
    if (n % 2 === 1) await target.call(owner, 'exception.withdraw', { exceptionId, reason: text })
    await changeAndDiscovery(target, owner, n, text)
  }
}

/** Who creates something at a vendor names it; who approves a change writes a note. */
async function changeAndDiscovery(target: Target, owner: string, n: number, text: string): Promise<void> {
  const hash = `${n}`.repeat(64).slice(0, 64)
  await target.query(
    'insert into fact_content (hash, facts, seen_at) values ($1, null, now()) on conflict do nothing',
    [hash],
    'alpha',
  )
  const [change] = await target.query<{ id: string }>(
    `insert into fact_change (id, system_id, connection_id, connector, part, after_hash, at, size)
     select gen_random_uuid(), id, gen_random_uuid(), 'tls', 'protocols', $1, now(), 0 from system limit 1 returning id`,
    [hash],
    'alpha',
  )
  await target.call(owner, 'fact.approve', { changeIds: [change?.id], note: text, ticket: text })
  const [discovered] = await target.query<{ id: string }>(
    `insert into discovered (id, told_by, connection_id, part, kind, key, name, found_at, seen_at)
     select gen_random_uuid(), id, gen_random_uuid(), 'servers', 'server', $1, $1, now(), now() from system limit 1 returning id`,
    [text],
    'alpha',
  )
  await target.call(owner, 'scope.exclude', { discoveredId: discovered?.id, reason: text })
}

async function passkey(target: Target, owner: string, accountId: string | undefined, name: string): Promise<void> {
  const [row] = await target.query<{ id: string }>(
    `insert into passkey (name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
     values ('x', 'x', $1, gen_random_uuid()::text, 0, 'singleDevice', false, now()) returning id`,
    [accountId],
  )
  await target.call(owner, 'account.rename_passkey', { passkeyId: row?.id, name })
}

/** An app of that name, published with its gaps, and a rule that deletes. */
async function apps(target: Target, owner: string, n: number, text: string): Promise<void> {
  const both = { en: text.slice(0, 120), de: text.slice(0, 120) }
  const category = { key: 'data', name: both, consequence: both, source: both, period: 'P1Y', from: both }
  const facts = {
    name: both,
    about: both,
    address: text.slice(0, 300),
    purposes: [{ text: both, basis: 'interests', detail: both }],
    categories: [category, { ...category, key: 'other', period: '', criteria: both, fromPerson: false }],
    recipients: [{ name: both, country: 'US', transfer: 'scc' }],
    automated: true,
    logic: both,
  }
  const added = await target.call(owner, 'app.add', { slug: `hostile-${n}`, facts })
  const { appId } = added.json<{ appId?: string }>()
  await target.call(owner, 'app.change', { appId, revision: 1, facts: { ...facts, about: both } })
  await target.call(owner, 'app.publish', { appId, revision: 2, reason: text })
  const name = text.slice(0, 200)
  const ruled = await target.call(owner, 'deletion.add', { appId, category: 'data', name, everyHours: 24 })
  const { ruleId } = ruled.json<{ ruleId?: string }>()
  await target.call(owner, 'deletion.change', { ruleId, revision: 1, name, ownerId: null })
  await target.call(owner, 'deletion.report', { ruleId, examined: 0, deleted: 0 })
  if (n % 2 === 0) await target.call(owner, 'deletion.end', { ruleId, reason: text })
  if (n % 3 === 0) await target.call(owner, 'app.end', { appId, reason: text })
}

/** A customer of that name, with all that may be written down under an agreement. */
async function underAgreements(target: Target, owner: string, n: number, text: string): Promise<void> {
  const day = '2026-01-31'
  const who = { name: text, address: text, contactName: text, representative: text, dpo: text, language: 'en' }
  const added = await target.call(owner, 'customer.add', { ...who, reference: `${n}${text}`.slice(0, 60) })
  const { customerId } = added.json<{ customerId?: string }>()
  await target.call(owner, 'customer.change', {
    customerId,
    revision: 1,
    ...who,
    reference: `${n}${text}`.slice(0, 60),
  })
  const made = await target.call(owner, 'contract.add', { customerId, title: text, validFrom: '2020-01-01' })
  const { contractId } = made.json<{ contractId?: string }>()
  const said = { from: text, form: 'mail', text }
  const opened = await target.call(owner, 'matter.open', { contractId, kind: 'instruction', openedOn: day, said })
  const { matterId } = opened.json<{ matterId?: string }>()
  await target.call(owner, 'matter.step', { matterId, state: 'accepted', onDay: day, said: { note: text } })
  await target.call(owner, 'announcement.set_contact', { contact: text })
  await target.call(owner, 'announcement.make', { kind: 'other', title: text, body: text })
  const { notices } = (await target.call(owner, 'announcement.of', { customerId })).json<{
    notices?: { noticeId: string }[]
  }>()
  const noticeId = notices?.[0]?.noticeId
  await target.call(owner, 'announcement.mark_sent', { noticeId, sentOn: day })
  await target.call(owner, 'announcement.answer', { noticeId, outcome: 'objected', onDay: day, text })
  await target.call(owner, 'announcement.settle', { noticeId, onDay: day, settlement: text, agrees: false })
  await target.call(owner, 'contract.change', { contractId, revision: 1, title: text, validFrom: '2020-01-01' })
  await target.call(owner, 'contract.end', { contractId, endedOn: day, reason: text })
  const all = { purposes: text, people: [text], data: [text], recipients: [text], retention: text }
  const activity = { name: text, said: { ...all, transfers: [{ country: text, recipient: text, safeguard: text }] } }
  await target.call(owner, 'processing.set_body', { body: { name: text, address: text, contact: text, dpo: text } })
  const kept = await target.call(owner, 'processing.add', { side: 'controller', ...activity })
  const { activityId } = kept.json<{ activityId?: string }>()
  await target.call(owner, 'processing.change', { activityId, revision: 1, ...activity })
  await target.call(owner, 'processing.add', { side: 'controller', name: text, said: all })
  if (n % 2 === 0) await target.call(owner, 'processing.end', { activityId, reason: text })
}
