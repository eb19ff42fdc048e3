import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const plan = { kind: 'internal', title: 'Audit of access', scope: 'Roles and accounts', plannedOn: '2026-12-01' }
const planned = async (me: Me) => await must<{ auditId: string }>(me, 'audit.plan', plan)

async function opened(me: Me): Promise<{ auditId: string; itemId: string }> {
  const { auditId } = await planned(me)
  await must(me, 'audit.open', { auditId, sample: 1 })
  await must(me, 'audit.note', { auditId, title: 'The door stood open.' })
  const { items } = await must<{ items: { itemId: string }[] }>(me, 'audit.show', { auditId })
  return { auditId, itemId: items[0]?.itemId ?? '' }
}

const finding = {
  verdict: 'finding',
  note: 'Nobody knew who has a key.',
  severity: 'minor',
  owner: 'Office',
  due: '2027-01-31',
}

async function decided(me: Me): Promise<{ auditId: string; itemId: string }> {
  const found = await opened(me)
  const { items } = await must<{ items: { itemId: string }[] }>(me, 'audit.show', { auditId: found.auditId })
  for (const { itemId } of items) await must(me, 'audit.decide', { itemId, ...finding })
  return found
}

const ids = { auditId: 'audit.not_found' }
const itemIds = { itemId: 'audit.no_item' }
const conclusion = 'The measures are kept, but for the keys.'

/** Reviews and internal audits: planned, opened, gone through, signed, followed up. */
export const auditRows = {
  'audit.list': {},
  'audit.show': { input: planned, ids },
  'audit.plan': { input: () => plan, leaves: { tenant: ['audit.planned'] } },
  'audit.open': { input: planned, ids, leaves: { tenant: ['audit.opened'] } },
  'audit.note': {
    input: async (me) => ({ auditId: (await opened(me)).auditId, title: 'A window stood open.' }),
    ids,
    leaves: { tenant: ['audit.decided'] },
  },
  'audit.decide': {
    input: async (me) => ({ itemId: (await opened(me)).itemId, ...finding }),
    ids: itemIds,
    leaves: { tenant: ['audit.decided'] },
  },
  'audit.sign': {
    input: async (me) => ({ auditId: (await decided(me)).auditId, conclusion }),
    ids,
    leaves: { tenant: ['audit.signed', 'signoff.given'] },
  },
  'audit.cancel': {
    input: async (me) => ({ auditId: (await planned(me)).auditId, reason: 'Another one does it.' }),
    ids,
    leaves: { tenant: ['audit.cancelled'] },
  },
  'audit.done': {
    input: async (me) => {
      const { auditId, itemId } = await decided(me)
      await must(me, 'audit.sign', { auditId, conclusion })
      return { itemId, note: 'The list of keys is complete.' }
    },
    ids: itemIds,
    leaves: { tenant: ['audit.done'] },
  },
  'audit.export': { input: planned, ids },
} satisfies Record<string, Row>
