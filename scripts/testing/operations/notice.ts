import { randomUUID } from 'node:crypto'
import { newActivity } from './contract.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const both = (en: string, de: string) => ({ en, de })
const facts = {
  name: both('Shop', 'Laden'),
  about: both('The shop sells examples.', 'Der Laden verkauft Beispiele.'),
  purposes: [{ text: both('Selling', 'Verkauf'), basis: 'contract' }],
  categories: [
    {
      key: 'orders',
      name: both('Orders', 'Bestellungen'),
      need: 'contract',
      consequence: both('There is no contract.', 'Es kommt kein Vertrag zustande.'),
      period: 'P10Y',
      from: both('the end of the year', 'das Ende des Jahres'),
    },
  ],
  noRecipients: true,
  noOfficer: true,
  authority: 'de-be',
  automated: false,
}
const newApp = () => ({ slug: `shop-${randomUUID().slice(0, 8)}`, facts })
const added = async (me: Me) => await must<{ appId: string }>(me, 'app.add', newApp())
const reason = 'Something is still being clarified.'

async function published(me: Me): Promise<{ appId: string }> {
  const { appId } = await added(me)
  await must(me, 'app.publish', { appId, revision: 1, reason })
  return { appId }
}

async function ruled(me: Me): Promise<{ ruleId: string }> {
  const { appId } = await added(me)
  return await must<{ ruleId: string }>(me, 'deletion.add', {
    appId,
    category: 'orders',
    name: 'ORDERS-10',
    everyHours: 24,
  })
}

const ids = { appId: 'app.not_found' }
const ruleIds = { ruleId: 'deletion.not_found' }

/** Apps, their privacy notices, and what runs of deletion reported. */
export const noticeRows = {
  'app.list': {},
  'app.show': { input: added, ids },
  'app.add': {
    input: async (me) => ({ ...newApp(), activityIds: [(await newActivity(me)).activityId] }),
    ids: { activityIds: 'app.no_reference' },
    leaves: { tenant: ['app.changed'] },
  },
  'app.change': {
    input: async (me) => ({ ...(await added(me)), revision: 1, facts: { ...facts, automated: true } }),
    ids,
    leaves: { tenant: ['app.changed'] },
  },
  'app.publish': {
    input: async (me) => ({ ...(await added(me)), revision: 1, reason }),
    ids,
    leaves: { tenant: ['notice.published'] },
  },
  'app.confirm': { input: published, ids, leaves: { tenant: ['app.reviewed'] } },
  'app.end': {
    input: async (me) => ({ ...(await added(me)), reason: 'It was switched off.' }),
    ids,
    leaves: { tenant: ['app.changed'] },
  },
  'app.compare': { input: async (me) => ({ ...(await published(me)), from: 1 }), ids },
  'app.export': { input: added, ids },
  'deletion.list': { input: added, filters: ['appId'] },
  'deletion.show': { input: ruled, ids: ruleIds },
  'deletion.add': {
    input: async (me) => ({
      ...(await added(me)),
      category: 'orders',
      name: 'Old orders',
      everyHours: 24,
      ownerId: me.accountId,
    }),
    ids: { ...ids, ownerId: 'deletion.no_person' },
    leaves: { tenant: ['deletion.changed'] },
  },
  'deletion.change': {
    input: async (me) => ({ ...(await ruled(me)), revision: 1, name: 'Very old orders', ownerId: me.accountId }),
    ids: { ...ruleIds, ownerId: 'deletion.no_person' },
    leaves: { tenant: ['deletion.changed'] },
  },
  'deletion.end': {
    input: async (me) => ({ ...(await ruled(me)), reason: 'Another run does it.' }),
    ids: ruleIds,
    leaves: { tenant: ['deletion.changed'] },
  },
  'deletion.report': {
    input: async (me) => ({ ...(await ruled(me)), examined: 3, deleted: 1, kept: { 'not-due': 2 } }),
    ids: ruleIds,
    leaves: { tenant: ['deletion.reported'] },
  },
  'deletion.export': { input: added, filters: ['appId'] },
} satisfies Record<string, Row>
