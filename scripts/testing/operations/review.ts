import { randomUUID } from 'node:crypto'
import { connect } from '../../../apps/server/src/connection/index.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const newPerson = async (me: Me) =>
  await must<{ personId: string }>(me, 'person.add', { name: 'Kim Example', email: `${randomUUID()}@example.com` })
async function newLeaver(me: Me): Promise<{ personId: string }> {
  const { personId } = await newPerson(me)
  await must(me, 'leaving.start', { personId, on: '2026-01-31' })
  return { personId }
}

/** A system whose accounts nothing tells. */
async function newHidden(me: Me): Promise<{ systemId: string }> {
  const settings = { project: `p${randomUUID().slice(0, 8)}`, token: randomUUID() }
  return await me.world.server.tenants.asSystem(me.tenant, async (tx) => {
    const [id] = await connect(tx, { connector: 'hetzner', settings, name: `Cloud ${settings.project}` }, true)
    const { rows } = await tx.sql.query<{ system_id: string }>('select system_id from connection where id = $1', [id])
    return { systemId: rows[0]?.system_id ?? '' }
  })
}

/** An account of a leaver that nobody can look at. */
async function hiddenAccount(me: Me): Promise<{ personId: string; accountId: string; reason: string }> {
  const { systemId } = await newHidden(me)
  const { personId } = await newPerson(me)
  await must(me, 'leaving.enter', { systemId, personId, account: 'console' })
  await must(me, 'leaving.start', { personId, on: '2026-01-31' })
  const { accounts } = await must<{ accounts: { accountId: string }[] }>(me, 'leaving.show', { personId })
  return { personId, accountId: accounts[0]?.accountId ?? '', reason: 'Seen in the console.' }
}

/** Somebody whom a directory switched off. */
async function proposal(me: Me): Promise<{ proposalId: string }> {
  const proposalId = randomUUID()
  await me.world.server.tenants.asSystem(me.tenant, ({ sql, now }) =>
    sql.query(
      `insert into leaver_proposal (id, directory_id, name, email, proposed_at) values ($1, $2, 'Kim Example', $3, $4)`,
      [proposalId, randomUUID(), `${randomUUID()}@example.com`, now],
    ),
  )
  return { proposalId }
}

async function dropOpen(me: Me): Promise<void> {
  const { reviews } = await must<{ reviews: { reviewId: string; signedAt: string | null }[] }>(me, 'review.list', {})
  for (const { reviewId, signedAt } of reviews)
    if (signedAt === null) await must(me, 'review.drop', { reviewId, reason: 'For another one.' })
}

/** A review that goes on: there is one at a time. */
async function newReview(me: Me): Promise<{ reviewId: string }> {
  await dropOpen(me)
  return await must<{ reviewId: string }>(me, 'review.start', {})
}

async function decideAll(me: Me, reviewId: string): Promise<void> {
  const { review } = await must<{ review: { lines: number } }>(me, 'review.show', { reviewId })
  const lines = Array.from({ length: review.lines }, (_, index) => index + 1)
  await must(me, 'review.decide', { reviewId, lines, decision: 'keep' })
}

/** People who leave, and reviews of access. */
export const reviewRows = {
  'leaving.list': {},
  'leaving.show': { input: newLeaver, ids: { personId: 'leaving.not_leaving' } },
  'leaving.export': { input: newLeaver, ids: { personId: 'leaving.not_leaving' } },
  'leaving.start': {
    input: async (me) => ({ ...(await newPerson(me)), on: '2026-01-31' }),
    ids: { personId: 'person.not_found' },
    leaves: { tenant: ['person.left', 'leaving.begun'] },
  },
  'leaving.stop': {
    input: newLeaver,
    ids: { personId: 'leaving.not_leaving' },
    leaves: { tenant: ['leaving.stopped'] },
  },
  'leaving.look': {
    input: async (me) => {
      await me.world.server.tenants.asSystem(me.tenant, async (tx) => {
        const settings = { clientId: `organization.${randomUUID()}`, clientSecret: randomUUID() }
        await connect(tx, { connector: 'bitwarden', settings, name: randomUUID() }, true)
      })
      return {}
    },
    leaves: { tenant: ['check.run'] },
  },
  'leaving.confirm': {
    input: hiddenAccount,
    ids: { personId: 'leaving.not_leaving', accountId: 'leaving.account_not_found' },
    leaves: { tenant: ['leaving.said'] },
  },
  'leaving.enter': {
    input: async (me) => ({ ...(await newHidden(me)), ...(await newPerson(me)), account: randomUUID() }),
    ids: { systemId: 'person.account_not_found', personId: 'person.not_found' },
    leaves: { tenant: ['holder.changed'] },
  },
  'leaving.accept': {
    input: proposal,
    ids: { proposalId: 'leaving.proposal_not_found' },
    leaves: { tenant: ['person.joined', 'person.left'] },
  },
  'leaving.decline': {
    input: async (me) => ({ ...(await proposal(me)), reason: 'On parental leave.' }),
    ids: { proposalId: 'leaving.proposal_not_found' },
    leaves: { tenant: ['leaving.declined'] },
  },
  'review.list': {},
  'review.questions': {},
  'review.show': { input: newReview, ids: { reviewId: 'review.not_found' } },
  'review.export': { input: newReview, ids: { reviewId: 'review.not_found' } },
  'review.start': {
    input: async (me) => {
      await dropOpen(me)
      return {}
    },
    leaves: { tenant: ['review.started'] },
  },
  'review.decide': {
    input: async (me) => ({ ...(await newReview(me)), lines: [1], decision: 'ask', askedAccount: me.accountId }),
    ids: { reviewId: 'review.not_found' },
    unknown: { askedAccount: 'review.nobody_to_ask' },
    notMissing: 'Somebody who may not be asked, or nobody at all, is input that cannot be taken.',
    leaves: { tenant: ['review.asked'] },
  },
  'review.sign': {
    input: async (me) => {
      const { reviewId } = await newReview(me)
      await decideAll(me, reviewId)
      return { reviewId }
    },
    ids: { reviewId: 'review.not_found' },
    leaves: { tenant: ['review.signed', 'signoff.given'] },
  },
  'review.drop': {
    input: async (me) => ({ ...(await newReview(me)), reason: 'Begun by mistake.' }),
    ids: { reviewId: 'review.not_found' },
    leaves: { tenant: ['review.dropped'] },
  },
  'review.answer': {
    input: async (me) => {
      const { reviewId } = await newReview(me)
      await must(me, 'review.decide', { reviewId, lines: [1], decision: 'ask', askedAccount: me.accountId })
      return { reviewId, line: 1, answer: 'keep', reason: 'Needed for the report.' }
    },
    ids: { reviewId: 'review.not_asked' },
    leaves: { tenant: ['review.answered'] },
  },
  'review.confirm': {
    input: async (me) => {
      const { systemId } = await newHidden(me)
      const { personId } = await newPerson(me)
      await must(me, 'leaving.enter', { systemId, personId, account: randomUUID() })
      const { reviewId } = await newReview(me)
      const { lines } = await must<{ lines: { line: number; seenAt: string | null }[] }>(me, 'review.show', {
        reviewId,
        system: systemId,
      })
      await decideAll(me, reviewId)
      const line = lines[0]?.line ?? 0
      await must(me, 'review.decide', { reviewId, lines: [line], decision: 'remove' })
      await must(me, 'review.sign', { reviewId })
      return { reviewId, line, reason: 'Seen in the console.' }
    },
    ids: { reviewId: 'review.not_found' },
    leaves: { tenant: ['review.decided'] },
  },
} satisfies Record<string, Row>
