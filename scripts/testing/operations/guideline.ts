import { randomUUID } from 'node:crypto'
import { todayOfTenants } from '../today.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const text = () => ({
  title: `Rules ${randomUUID()}`,
  body: 'Whoever leaves last closes the windows and locks the door.',
})
const newGuideline = async (me: Me) => await must<{ guidelineId: string }>(me, 'guideline.create', text())
const today = () => todayOfTenants()

/** Written by somebody else, who may stay: nobody approves their own text. */
async function written(me: Me): Promise<{ guidelineId: string; revision: number }> {
  const writer = await me.world.person(me.tenant, 'editor')
  return { ...(await newGuideline(writer)), revision: 1 }
}

async function approved(me: Me): Promise<{ guidelineId: string; versionId: string }> {
  const draft = await written(me)
  const { versionId } = await must<{ versionId: string }>(me, 'guideline.approve', { ...draft, effectiveFrom: today() })
  return { guidelineId: draft.guidelineId, versionId }
}

const inForce = async (me: Me) => ({ guidelineId: (await approved(me)).guidelineId })
const ids = { guidelineId: 'guideline.not_found' }

/** Guidelines: drafts, versions, and who accepted them. */
export const guidelineRows = {
  'guideline.templates': {},
  'guideline.list': {},
  'guideline.show': { input: newGuideline, ids },
  'guideline.create': { input: text, leaves: { tenant: ['guideline.changed'] } },
  'guideline.change': {
    input: async (me) => ({ ...text(), ...(await newGuideline(me)), revision: 1, measures: [], reviewMonths: 12 }),
    ids,
    leaves: { tenant: ['guideline.changed'] },
  },
  'guideline.discard': { input: newGuideline, ids, leaves: { tenant: ['guideline.changed'] } },
  'guideline.approve': {
    input: async (me) => ({ ...(await written(me)), effectiveFrom: today() }),
    ids,
    leaves: { tenant: ['guideline.approved'] },
  },
  'guideline.review': { input: inForce, ids, leaves: { tenant: ['guideline.reviewed'] } },
  'guideline.withdraw': {
    input: async (me) => ({ ...(await inForce(me)), reason: 'Another one says it now.' }),
    ids,
    leaves: { tenant: ['guideline.retired'] },
  },
  'guideline.mine': {},
  'guideline.accept': {
    input: async (me) => ({ versionId: (await approved(me)).versionId }),
    ids: { versionId: 'guideline.no_version' },
    leaves: { tenant: ['guideline.accepted'] },
  },
  'guideline.compare': { input: async (me) => ({ ...(await inForce(me)), from: 1 }), ids },
  'guideline.document': { input: inForce, ids },
  'guideline.acceptances': { input: inForce, ids },
} satisfies Record<string, Row>
