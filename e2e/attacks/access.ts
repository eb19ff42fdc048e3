import { permissionsOf } from '../../apps/server/src/kernel/index.ts'
import type { AnyOperation, Role } from '../../apps/server/src/kernel/index.ts'
import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import { table } from '../../scripts/testing/operations/table.ts'
import type { Attack } from './attack.ts'
import { furnishKinds } from './furnish-kinds.ts'
import { adoptDocument, furnish, marker } from './furnish.ts'
import type { Furniture } from './furnish.ts'
import { addressOf } from './people.ts'
import type { PersonName } from './people.ts'
import { requestOf } from './target.ts'
import type { Answer, Target } from './target.ts'

const app = 'apps/server/src/http/app.ts'
const tenants = 'apps/server/src/evidence/tenants.ts'

/** A well-formed call that names what really exists in alpha. */
const inputOf = (operation: AnyOperation, { ids }: Furniture) => madeInput(operation, { given: ids })

/** Everything of alpha that a change would leave a trace in. */
async function stateOf(target: Target): Promise<string> {
  // Not what checks find meanwhile.
  const own = [
    ...'membership invitation document statement edition guideline guideline_version guideline_acceptance processor processor_agreement processor_proof processor_change room guest risk risk_assessment risk_acceptance audit audit_item person account_holder parameter platform_incident confidentiality training course checklist item handover evidence_file evidence_retention shield_plan shield_import shield_store customer contract contract_matter announcement announcement_setting processing_setting processing_activity processing_version'
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

/** One of every kind of thing in both tenants: what a lost condition would hand out instead of what is not there. */
async function furnishBoth(target: Target): Promise<Furniture> {
  const furniture = await furnish(target)
  const [owner, stranger] = [await target.signIn('owner'), await target.signIn('stranger')]
  await adoptDocument(target, stranger, 'beta')
  const usual = pick(furniture.ids, ['catalogueId', 'catalogueIds'])
  await furnishKinds(target, { cookie: stranger, tenant: 'beta', ids: usual, text: 'what beta says of it' })
  const text = `${marker}, ${marker}`
  return { ...furniture, ids: await furnishKinds(target, { cookie: owner, tenant: 'alpha', ids: furniture.ids, text }) }
}

/**
 * Fields by which an operation names what no call alone can make: what a look finds, what a stranger or a whole process brings
 * about. Each is tried with an id of nothing here, and by the test of its operation with one of another tenant.
 */
const notMade: ReadonlySet<string> = new Set(
  'grantId scope behind changeIds discoveredId attemptId occurrenceId signOffId proposalId exceptionId versionId replacesId proofId controlId statementId changeId objectionId controllerIds linkId letterId from to ruleId lineId questionId messageId disclosureId documentIds reportIds webhookId deliveryId announcementId noticeId subscriberId'.split(
    ' ',
  ),
)

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
    const furniture = await furnishBoth(target)
    const missing = target.operations
      .flatMap(({ id, scope }) => (scope === 'tenant' ? Object.keys(table[id]?.ids ?? {}) : []))
      .filter((name) => furniture.ids[name] === undefined && !notMade.has(name))
    tally.add(missing.length === 0 ? null : `nothing of alpha stands behind ${[...new Set(missing)].join(', ')}`)
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
          tenant !== 'beta' || (who === 'an owner elsewhere' && namesSomething(operation) && isForOwners(operation)),
      )
    await tally.each(calls, async ({ operation, who, headers, tenant }) => {
      const answer = await target.send(...requestOf(operation, inputOf(operation, furniture), tenant, headers))
      const fault = refusedAs(answer, tenant === 'beta' ? answersInside(operation) : [401, 403, 404])
      return fault === null ? null : `${who}, ${operation.id} in ${tenant}: ${fault}`
    })
    tally.add((await stateOf(target)) === before ? null : 'something of the tenant was changed')
  },
}

/** What is not there is not there; what only narrows a list down finds nothing. */
const answersInside = ({ id }: AnyOperation): readonly number[] =>
  table[id]?.ids || table[id]?.unknown ? [404, 410] : [200]

const namesSomething = ({ id }: AnyOperation) => Boolean(table[id]?.ids ?? table[id]?.unknown ?? table[id]?.filters)

const isForOwners = ({ needs }: AnyOperation) => needs === null || permissionsOf('owner').includes(needs)

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
      (operation) =>
        operation.scope === 'installation' &&
        (namesSomething(operation) || (operation.id.startsWith('tenant.') && operation.id !== 'tenant.list')),
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
    const ofTenants = target.operations.filter(({ scope }) => scope === 'tenant')
    for (const { id, needs } of ofTenants) tally.add(needs === null ? `${id} asks for no permission` : null)
    const calls = ofTenants.flatMap(({ needs, ...operation }) => {
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
