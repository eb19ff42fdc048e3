import { permissionsOf } from '../../apps/server/src/kernel/index.ts'
import type { AnyOperation, Role } from '../../apps/server/src/kernel/index.ts'
import type { Attack } from './attack.ts'
import { furnish, marker } from './furnish.ts'
import type { Furniture } from './furnish.ts'
import { addressOf } from './people.ts'
import type { PersonName } from './people.ts'
import { requestOf } from './target.ts'
import type { Answer, Target } from './target.ts'

const app = 'apps/server/src/http/app.ts'
const tenants = 'apps/server/src/evidence/tenants.ts'

/** Formats that have a name of their own. */
const formats: Readonly<Record<string, string>> = {
  'edition.annex': 'html',
  'outcome.export': 'csv',
  'guideline.acceptances': 'csv',
  'risk.export': 'csv',
  'audit.export': 'csv',
  'duty.export': 'csv',
  'leaving.export': 'csv',
  'review.export': 'csv',
  'processor.export': 'csv',
  'incident.register': 'csv',
  'request.register': 'csv',
  'request.letter': 'pdf',
  'computer.push': 'art32.host/1',
}

function scopeOf(id: string): unknown {
  if (id.startsWith('grant.')) return 'read'
  return id.startsWith('profile.') || id === 'audit.plan' || id === 'processor.keep_proof' ? 'taken over' : []
}

/** Where something begins: a day, or a version; elsewhere it may be left out. */
function beginOf(id: string): object {
  if (id === 'guideline.compare') return { from: 1 }
  return /^(?:absence|duty)\./.test(id) ? { from: '2026-12-01' } : {}
}

/** What only requests of data subjects take. */
function ofRequests(id: string): Record<string, unknown> {
  if (!id.startsWith('request.')) return {}
  return {
    kinds: ['access'],
    source: 'letter',
    role: 'controller',
    letter: 'answer',
    way: 'post',
    subject: 'taken over',
    asked: 'taken over',
    reason: 'taken over by somebody',
    how: 'taken over',
    ground: 'other',
    mails: ['taken-over@example.com'],
    state: id === 'request.list' ? 'answered' : 'nothing',
    formIsOpen: true,
    receivedOn: new Date().toISOString().slice(0, 10),
  }
}

/** What only records of people take. */
function ofPeople(id: string): Record<string, unknown> {
  const kind = id.startsWith('item.') ? 'key' : id.startsWith('checklist.') ? 'leaver' : null
  return {
    ...(kind === null ? {} : { kind }),
    ...(id === 'checklist.tick' ? { state: 'done' } : {}),
    ...(id.startsWith('staff.') ? { csv: 'name\nTaken Over', measure: 'employee-training' } : {}),
    ...(id === 'quiz.answer' ? { answers: [] } : {}),
    ...(id.startsWith('checklist.') ? { items: [{ text: 'taken over', days: 0 }] } : {}),
    ...(id === 'record.move' ? { movedOn: '2026-01-31', area: 'Taken over' } : {}),
    ...(id === 'record.leave' ? { leftOn: '2026-01-31' } : {}),
    ...(id.startsWith('confidentiality.') ? { signedOn: '2026-01-31' } : {}),
    ...(id.startsWith('training.') ? { provider: 'taken over', completedOn: '2026-01-31' } : {}),
    ...(id === 'training.certificate' ? { format: 'pdf' } : {}),
    ...(/^(staff|item)\.export$/.test(id) ? { format: 'csv' } : {}),
    ...(id.startsWith('item.')
      ? { label: 'Taken over', number: '1', issuedOn: '2026-01-31', returnedOn: '2026-01-31' }
      : {}),
    ...(id === 'checklist.start' ? { fromOn: '2026-01-31' } : {}),
  }
}

/** What is written down of customers, their agreements and the record of processing. */
function underAgreements(id: string): Record<string, unknown> {
  const [noun = ''] = id.split('.')
  if (!['customer', 'contract', 'matter', 'announcement', 'processing'].includes(noun)) return {}
  const days = ['validFrom', 'openedOn', 'endedOn', 'sentOn', 'onDay', 'effectiveOn']
  return {
    ...Object.fromEntries(days.map((name) => [name, '2026-01-31'])),
    validUntil: null,
    kind: noun === 'announcement' ? 'other' : 'instruction',
    state: 'accepted',
    said: noun === 'processing' ? { purposes: 'taken over' } : { from: 'taken over', form: 'mail', text: 'taken over' },
    fileIds: [],
    roomId: null,
    outcome: 'objected',
    settlement: 'taken over',
    agrees: true,
    contact: 'taken over',
    side: 'controller',
    body: noun === 'processing' ? { name: 'taken over' } : 'taken over by somebody',
    preset: 'dpa-annex',
    format: id === 'contract.annex' ? 'html' : id === 'matter.certificate' ? 'json' : 'csv',
  }
}

/** A well-formed call that names what really exists in alpha. */
function inputOf(operation: AnyOperation, { ids }: Furniture): Record<string, unknown> {
  const sample: Record<string, unknown> = {
    ...ids,
    revision: 1,
    section: 'Confidentiality',
    parts: ['a', 'b'],
    behind: ids['measureId'],
    preset: 'dpa-annex',
    parameters: {},
    condition: 'taken over',
    reason: 'taken over by somebody',
    paused: true,
    format: formats[operation.id] ?? 'json',
    computer: '0123456789abcdef0123456789abcdef',
    collector: 'taken over',
    at: new Date().toISOString(),
    groups: {},
    file: 'collect-host.sh',
    token: 'made-up',
    tenant: 'alpha',
    slug: 'alpha',
    confirm: 'alpha',
    required: true,
    language: 'en',
    title: 'Taken over',
    body: 'taken over by somebody',
    effectiveFrom: new Date().toISOString().slice(0, 10),
    measures: [],
    reviewMonths: 12,
    role: 'owner',
    name: 'Taken over',
    email: 'taken-over@example.com',
    permissions: ['register:read'],
    target: 'dns:taken-over.example',
    settings: { domain: 'taken-over.example' },
    catalogueIds: ['mfa'],
    owner: 'taken over',
    days: 30,
    hours: 1,
    until: '2026-12-31',
    scope: scopeOf(operation.id),
    text: 'taken over',
    environment: 'test',
    url: 'https://taken-over.example/hook',
    kinds: ['finding.opened'],
    choices: [],
    guests: [],
    issuer: 'https://taken-over.example',
    clientId: 'taken-over',
    clientSecret: 'taken-over',
    joinRole: null,
    demand: 'nobody',
    roles: [],
    given: {},
    incident: 'taken over',
    account: 'taken over',
    pseudonyms: [`person-${'0'.repeat(32)}`],
    // Made up: nothing of the kind stands in alpha.
    ...Object.fromEntries(
      'guideline version risk audit item person room message question comment grant webhook delivery line exception discovered subscriber certificate disclosure duty occurrence signOff absence file agreement training course attempt checklist template review proposal processor proof control objection replaces change customer contract matter announcement notice activity incident task link controller request letter'
        .split(' ')
        .map((kind) => [`${kind}Id`, ids['measureId']]),
    ),
    ...(operation.id.startsWith('file.') ? { kind: 'incident', months: 12 } : {}),
    audience: operation.id === 'disclosure.grant' ? null : 'public',
    documentIds: [ids['measureId']],
    contacts: ['mailto:taken-over@example.com'],
    expiresOn: '2027-06-30',
    validUntil: '2027-06-30',
    answer: operation.id === 'review.answer' ? 'keep' : 'taken over',
    lines: [1],
    on: '2026-01-31',
    decision: 'keep',
    changeIds: [ids['measureId']],
    note: 'taken over',
    colour: '#ff00ff',
    change: '0'.repeat(64),
    kind: operation.id === 'processor.announce' ? 'replace' : 'duty',
    standard: 'soc2',
    form: 'report',
    validFrom: '2026-01-01',
    customer: 'taken over',
    receivedOn: '2026-11-01',
    outcome: 'rejected',
    shares: [],
    address: 'https://taken-over.example/measures.txt',
    isPublic: true,
    noticeDays: 1,
    equivalent: null,
    id: ids['measureId'],
    index: 0,
    line: 1,
    domain: 'taken-over.example.com',
    isOpen: true,
    plannedOn: '2026-12-31',
    conclusion: 'taken over by somebody',
    verdict: 'fine',
    scenario: 'taken over by somebody',
    events: ['loss'],
    before: { likelihood: 2, severity: 2 },
    after: { likelihood: 2, severity: 2 },
    reviewDue: '2026-12-31',
    rhythm: { kind: 'quarter' },
    effectiveOn: '2026-12-31',
    version: 'taken over',
    timeZone: 'UTC',
    ...ofPeople(operation.id),
    duties: [{ title: 'taken over', rhythm: { kind: 'quarter' } }],
    ...beginOf(operation.id),
    from: /^(absence|processor)/.test(operation.id) ? '2026-12-01' : 1,
    ...underAgreements(operation.id),
    ...ofRequests(operation.id),
    ...(operation.id.startsWith('risk.') ? { number: 1 } : {}),
    ...(operation.id === 'audit.plan' ? { kind: 'internal' } : {}),
    ...(/^person\.(add|change)$/.test(operation.id) ? { kind: 'employee' } : {}),
  }
  const wanted = Object.keys(operation.input.shape)
  return Object.fromEntries(wanted.filter((key) => key in sample).map((key) => [key, sample[key]]))
}

/** Everything of alpha that a change would leave a trace in. */
async function stateOf(target: Target): Promise<string> {
  // Not what checks find meanwhile.
  const own = [
    ...'membership invitation document statement edition guideline guideline_version guideline_acceptance risk risk_assessment risk_acceptance audit audit_item person account_holder parameter platform_incident confidentiality training course checklist item handover evidence_file evidence_retention customer contract contract_matter announcement announcement_setting processing_setting processing_activity processing_version request request_entry request_item request_letter'
      .split(' ')
      .map((name) => `select * from ${name} order by 1`),
    'select * from measure order by 1',
    'select id, paused from connection order by 1',
  ].map((sql) => target.query(sql, [], 'alpha'))
  const control = [
    `select slug, name, state, needs_factor from tenant order by 1`,
    'select id, name from api_token order by 1',
    'select id, name from account_certificate order by 1',
    'select id, name from passkey order by 1',
  ].map((sql) => target.query(sql))
  return JSON.stringify(await Promise.all([...own, ...control]))
}

const refusedAs = ({ status, text }: Answer, allowed: readonly number[]): string | null => {
  if (text.includes(marker)) return `${status} reveals what is kept there`
  return allowed.includes(status) ? null : `was answered with ${status} ${text.slice(0, 120)}`
}

/** By ids of what really exists, over every operation: in the path, the query and the body. */
export const foreignTenant: Attack = {
  id: 'idor-tenant',
  title: 'no operation reaches into a tenant in which one has no role, by whatever id',
  weaken: [
    {
      file: tenants,
      from: 'if (door === null) throw tenantErrors.not_found()',
      to: 'if (door === null) return await transact(open, () => asArt32(), work, options)',
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const before = await stateOf(target)
    const strangers = [
      ['signed out', { origin: target.url }],
      ['an owner elsewhere', { cookie: await target.signIn('stranger'), origin: target.url }],
      ['who was removed', { cookie: furniture.leaver, origin: target.url }],
      ['a token of another tenant', { authorization: `Bearer ${furniture.tokenOfBeta}` }],
      ['a revoked token', { authorization: `Bearer ${furniture.revokedToken}` }],
    ] as const
    const calls = target.operations
      .filter(({ scope }) => scope === 'tenant')
      .flatMap((operation) =>
        strangers.flatMap(([who, headers]) =>
          // By its short name, its id, and with foreign ids inside one's own tenant.
          ['alpha', furniture.tenantId, 'beta'].map((tenant) => ({ operation, who, headers, tenant })),
        ),
      )
      // Inside one's own tenant only what names something: the rest is one's right there.
      .filter(
        ({ operation, who, tenant }) =>
          tenant !== 'beta' || (who === 'an owner elsewhere' && namesSomething(operation)),
      )
    await tally.each(calls, async ({ operation, who, headers, tenant }) => {
      const answer = await target.send(...requestOf(operation, inputOf(operation, furniture), tenant, headers))
      const fault = refusedAs(answer, tenant === 'beta' ? [200, 400, 403, 404, 409, 410] : [401, 403, 404])
      return fault === null ? null : `${who}, ${operation.id} in ${tenant}: ${fault}`
    })
    tally.add((await stateOf(target)) === before ? null : 'something of the tenant was changed')
  },
}

const namesSomething = ({ input }: AnyOperation) => Object.keys(input.shape).some((key) => /(Ids?|key)$/.test(key))

/** What belongs to a person, and what only the operator or an owner may do to a tenant. */
export const foreignPerson: Attack = {
  id: 'idor-person',
  title: 'no operation reaches the sessions, keys and tenants of somebody else',
  weaken: [
    {
      file: 'apps/server/src/account/session.ts',
      from: `'delete from session where id = $1 and "userId" = $2'`,
      to: `'delete from session where id = $1 and $2::uuid is not null'`,
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const owner = await target.signIn('owner')
    const { sessions } = (await target.call(owner, 'account.sessions')).json<{
      sessions: { sessionId: string; current: boolean }[]
    }>()
    const sessionId = sessions.find(({ current }) => current)?.sessionId
    const before = await stateOf(target)
    const cookie = await target.signIn('stranger')
    const given = { ...furniture, ids: { ...furniture.ids, sessionId } }
    const naming = target.operations.filter(
      ({ scope, input, id }) =>
        scope === 'installation' &&
        (namesSomething({ input } as AnyOperation) ||
          (id.startsWith('tenant.') && id !== 'tenant.list') ||
          id === 'token.create'),
    )
    for (const headers of [
      { cookie, origin: target.url },
      { origin: target.url },
      { authorization: `Bearer ${furniture.tokenOfBeta}` },
    ])
      await tally.each(naming, async (operation) => {
        const answer = await target.send(...requestOf(operation, inputOf(operation, given), 'alpha', headers))
        const fault = refusedAs(answer, [401, 403, 404])
        return fault === null ? null : `${operation.id}: ${fault}`
      })
    const listing = target.operations.filter(({ scope, changes }) => scope === 'installation' && !changes)
    await tally.each(listing, async (operation) => {
      const answer = await target.send(...requestOf(operation, {}, 'alpha', { cookie }))
      return answer.text.includes(marker) ? `${operation.id} shows what belongs to somebody else` : null
    })
    tally.add(
      (await target.call(owner, 'account.sessions')).status === 200 ? null : 'the session of somebody else ended',
    )
    tally.add((await stateOf(target)) === before ? null : 'something of somebody else was changed')
  },
}

/** Up the roles: every operation by everybody who lacks its permission, and by tokens that lack it. */
export const lowerRole: Attack = {
  id: 'idor-role',
  title: 'no role and no token does more than the table of permissions says',
  weaken: [
    {
      file: app,
      from: 'if (operation.needs !== null && !caller.permissions.includes(operation.needs)) throw httpErrors.forbidden()',
      to: '',
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const before = await stateOf(target)
    const roles: Role[] = ['editor', 'signatory', 'dpo', 'member']
    const people = await Promise.all(
      roles.map(async (role) => ({
        role,
        headers: { cookie: await target.signIn(role as PersonName), origin: target.url },
      })),
    )
    const calls = target.operations
      .filter(({ scope }) => scope === 'tenant')
      .flatMap(({ needs, ...operation }) => {
        if (needs === null) return []
        const lacking = people.filter(({ role }) => !permissionsOf(role).includes(needs))
        const reading = { role: 'a token that reads', headers: { authorization: `Bearer ${furniture.readingToken}` } }
        return [...lacking, ...(needs === 'register:read' ? [] : [reading])].map((who) => ({
          ...who,
          operation: { ...operation, needs },
        }))
      })
    await tally.each(calls, async ({ role, headers, operation }) => {
      const answer = await target.send(...requestOf(operation, inputOf(operation, furniture), 'alpha', headers))
      const fault = refusedAs(answer, [403])
      return fault === null ? null : `${role}, ${operation.id}: ${fault}`
    })
    tally.add((await stateOf(target)) === before ? null : 'something was changed')
  },
}

/** A person of two tenants makes a token for one of them: with it a program may not enter the other. */
export const tokenElsewhere: Attack = {
  id: 'token-elsewhere',
  title: 'a token opens its own tenant only, although its person may open more',
  weaken: [
    {
      file: tenants,
      from: 'if (token && token.tenantId !== open.tenant.id) throw tenantErrors.not_found()',
      to: '',
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const headers = { authorization: `Bearer ${furniture.tokenOfBoth}` }
    await tally.each(target.operations, async (operation) => {
      const answer = await target.send(...requestOf(operation, inputOf(operation, furniture), 'alpha', headers))
      const own = operation.scope === 'public' ? [200, 400, 401, 403, 404, 409, 410] : [403, 404]
      const fault = refusedAs(answer, own)
      return fault === null ? null : `${operation.id}: ${fault}`
    })
  },
}

/** A session that was left open, and somebody else sits down at it. */
export const leftOpen: Attack = {
  id: 'left-open',
  title: 'nothing dangerous is done by a session that nobody confirmed a short time ago',
  weaken: [{ file: app, from: 'if (operation.stepUp && !(', to: 'if (operation.stepUp && false && !(' }],
  async run(target, tally) {
    const furniture = await furnish(target)
    const cookie = await target.signIn('owner')
    await target.query(`update session set "confirmedAt" = now() - interval '11 minutes'`)
    const dangerous = target.operations.filter(({ stepUp }) => stepUp)
    const full = { password: 'x', code: '000000', ceremony: 'x', response: { id: 'x' }, confirm: 'alpha' }
    await tally.each(dangerous, async (operation) => {
      const input = { ...inputOf(operation, furniture), ...pick(full, Object.keys(operation.input.shape)) }
      const { code, status } = await target.call(cookie, operation.id, input)
      return code === 'account.confirm_needed' ? null : `${operation.id}: ${status} ${code}`
    })
  },
}

const pick = (from: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))

/** Fields that a caller has no business with, in every body and every object in it. */
const planted = [
  'role',
  'isOwner',
  'isAdmin',
  'userId',
  'account_id',
  'tenantId',
  'permissions',
  'factors',
  'confirmedBy',
  'createdAt',
]

export const massAssignment: Attack = {
  id: 'mass-assignment',
  title: 'no field is taken that an operation does not have',
  weaken: [
    {
      file: 'apps/server/src/kernel/operation.ts',
      from: 'input: operation.input.strict() as unknown as I',
      to: 'input: operation.input as unknown as I',
    },
  ],
  async run(target, tally) {
    const furniture = await furnish(target)
    const cookie = await target.signIn('owner')
    // What takes gigabytes lets its caller in before it reads anything: only the operator comes so far.
    for (const operation of target.operations.filter(({ spools }) => !spools)) {
      const names = planted.filter((name) => !(name in operation.input.shape))
      const input = { ...inputOf(operation, furniture), ...Object.fromEntries(names.map((name) => [name, 'owner'])) }
      const answer = await target.send(...requestOf(operation, input, 'alpha', { cookie, origin: target.url }))
      const fields =
        answer.code === 'http.invalid' ? (answer.json<{ fields?: { problem: string }[] }>().fields ?? []) : []
      const problems = fields.map(({ problem }) => problem).join()
      for (const name of names)
        tally.add(problems.includes(`"${name}"`) ? null : `${operation.id} takes ${name}: ${answer.status}`)
    }
    // The library behind signing in has fields of its own that a session is made from.
    for (const more of [{ factors: 'two' }, { confirmedAt: '2999-01-01' }, { userId: furniture.ids['accountId'] }]) {
      const answer = await target.send('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { origin: target.url },
        body: { email: addressOf('member'), password: 'correct horse battery staple', ...more },
      })
      const [row] = await target.query<{ email: string; factors: string; later: boolean }>(
        `select email, factors, coalesce("confirmedAt" > now() + interval '1 hour', false) as later
         from session join account on account.id = "userId" order by session."createdAt" desc limit 1`,
      )
      const isOrdinary =
        answer.status >= 400 || (row?.email === addressOf('member') && row.factors === 'one' && !row.later)
      tally.add(isOrdinary ? null : `signing in takes ${JSON.stringify(more)}`)
    }
  },
}
