import { randomUUID } from 'node:crypto'
import { todayOfTenants } from '../today.ts'
import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'

const said = () => ({
  title: `Risk ${randomUUID()}`,
  scenario: 'Somebody reads what is not meant for them.',
  events: ['disclosure'],
  before: { likelihood: 3, severity: 3 },
  after: { likelihood: 2, severity: 3 },
  measures: ['mfa'],
  reason: 'A second factor stops most of it.',
})

async function noted(me: Me): Promise<{ riskId: string; number: number }> {
  return { ...(await must<{ riskId: string }>(me, 'risk.add', said())), number: 1 }
}

const ids = { riskId: 'risk.not_found' }
const inDays = (days: number) => todayOfTenants(Date.now() + days * 86_400_000)

/** Risks for people, their assessments, and who accepted what remains. */
export const riskRows = {
  'risk.templates': {},
  'risk.list': {},
  'risk.show': { input: async (me) => ({ riskId: (await noted(me)).riskId }), ids },
  'risk.add': { input: said, leaves: { tenant: ['risk.assessed'] } },
  'risk.assess': {
    input: async (me) => ({ ...said(), ...(await noted(me)) }),
    ids,
    leaves: { tenant: ['risk.assessed'] },
  },
  'risk.accept': {
    input: async (me) => ({ ...(await noted(me)), reason: 'It is little enough.', reviewDue: inDays(200) }),
    ids,
    leaves: { tenant: ['risk.accepted'] },
  },
  'risk.retire': {
    input: async (me) => ({ ...(await noted(me)), reason: 'The service was switched off.' }),
    ids,
    leaves: { tenant: ['risk.retired'] },
  },
  'risk.export': {},
} satisfies Record<string, Row>
