import type { Row } from './row.ts'
import { must } from './world.ts'
import type { Me } from './world.ts'
import { todayOfTenants } from '../today.ts'

const terms = () => ({
  title: 'Review the key list',
  catalogueId: 'physical-key-register',
  rhythm: { kind: 'every' as const, duration: 'P6M', from: todayOfTenants() },
  graceDays: 14,
})
const withPeople = async (me: Me) => ({
  ...terms(),
  ownerAccount: me.accountId,
  deputyAccount: (await me.world.person(me.tenant)).accountId,
})
const newDuty = async (me: Me) => await must<{ dutyId: string }>(me, 'duty.add', terms())
async function newOccurrence(me: Me, more: object = {}): Promise<string> {
  const { dutyId } = await must<{ dutyId: string }>(me, 'duty.add', { ...terms(), ...more })
  const { occurrences } = await must<{ occurrences: { occurrenceId: string }[] }>(me, 'duty.show', { dutyId })
  return occurrences[0]?.occurrenceId ?? ''
}
async function signing(me: Me): Promise<{ occurrenceId: string; effectiveOn: string }> {
  return { occurrenceId: await newOccurrence(me), effectiveOn: todayOfTenants() }
}

/** Duties, absences and the link for calendars. */
export const dutyRows = {
  'duty.list': {},
  'duty.calendar': {},
  'duty.propose': {},
  'duty.export': {},
  'duty.record': { input: newDuty, ids: { dutyId: 'duty.not_found' } },
  'duty.show': { input: newDuty, ids: { dutyId: 'duty.not_found' } },
  'duty.add': {
    input: withPeople,
    ids: { ownerAccount: 'duty.person_not_found', deputyAccount: 'duty.person_not_found' },
    leaves: { tenant: ['duty.created'] },
  },
  'duty.change': {
    input: async (me) => ({ ...(await withPeople(me)), ...(await newDuty(me)) }),
    ids: {
      dutyId: 'duty.not_found',
      ownerAccount: 'duty.person_not_found',
      deputyAccount: 'duty.person_not_found',
    },
    leaves: { tenant: ['duty.changed'] },
  },
  'duty.retire': {
    input: async (me) => ({ ...(await newDuty(me)), reason: 'It is done by the landlord.' }),
    ids: { dutyId: 'duty.not_found' },
    leaves: { tenant: ['duty.retired'] },
  },
  'duty.release': { input: () => ({ version: '1.2.3' }), leaves: { tenant: ['duty.changed'] } },
  'duty.set_up': { input: () => ({ duties: [terms()] }), leaves: { tenant: ['duty.created'] } },
  'duty.sign': {
    input: signing,
    ids: { occurrenceId: 'duty.occurrence_not_found' },
    leaves: { tenant: ['signoff.given'] },
  },
  'duty.confirm': {
    // Somebody else signed first.
    input: async (me) => {
      const occurrenceId = await newOccurrence(me, { fourEyes: true })
      const other = await me.world.person(me.tenant)
      await must(other, 'duty.sign', { occurrenceId, effectiveOn: todayOfTenants() })
      return { occurrenceId }
    },
    ids: { occurrenceId: 'duty.occurrence_not_found' },
    leaves: { tenant: ['signoff.given'] },
  },
  'duty.withdraw': {
    input: async (me) => ({
      signOffId: (await must<{ signOffId: string }>(me, 'duty.sign', await signing(me))).signOffId,
      reason: 'It was another list.',
    }),
    ids: { signOffId: 'duty.sign_off_not_found' },
    leaves: { tenant: ['signoff.withdrawn'] },
  },
  'duty.configure': { input: () => ({ timeZone: 'Europe/Vienna' }), leaves: { tenant: ['duty.changed'] } },
  'absence.list': {},
  'absence.add': {
    input: (me) => ({ accountId: me.accountId, from: '2026-08-01', until: '2026-08-14' }),
    ids: { accountId: 'duty.person_not_found' },
    leaves: { tenant: ['duty.changed'] },
  },
  'absence.remove': {
    input: async (me) =>
      await must<{ absenceId: string }>(me, 'absence.add', { from: '2026-08-01', until: '2026-08-14' }),
    ids: { absenceId: 'duty.absence_not_found' },
    leaves: { tenant: ['duty.changed'] },
  },
  'calendar.link': { leaves: { tenant: ['duty.changed'] } },
  'calendar.unlink': { leaves: { tenant: ['duty.changed'] } },
} satisfies Record<string, Row>
