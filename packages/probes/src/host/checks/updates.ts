import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  maxPending: field(z.int().min(0).default(0), {
    label: { en: 'Pending security updates allowed', de: 'Zulässige ausstehende Sicherheitsaktualisierungen' },
  }),
  maxListDays: field(z.int().min(1).default(7), {
    label: { en: 'Oldest lists of packages', de: 'Älteste Paketlisten' },
    unit: 'days',
  }),
})

export const hostUpdates = {
  id: 'host.updates',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'Security updates are installed', de: 'Sicherheitsaktualisierungen sind eingespielt' },
  why: {
    en: 'An update that is out tells everybody where the weakness was.',
    de: 'Eine veröffentlichte Aktualisierung zeigt allen, wo die Schwachstelle war.',
  },
  remedy: {
    en: 'Install the updates and switch on unattended-upgrades; restart when asked to.',
    de: 'Aktualisierungen einspielen und unattended-upgrades einschalten; bei Aufforderung neu starten.',
  },
  severity: 'high',
  serves: [
    { measure: 'patch-management', as: 'proves' },
    { measure: 'mobile-device-management', as: 'supports' },
    { measure: 'vulnerability-scanning', as: 'supports' },
  ],
  params,
  reads: ['updates'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'BSI OPS.1.1.3'],
  sources: ['https://wiki.debian.org/UnattendedUpgrades'],
  pitfalls: [
    'What is pending is known only as far as the lists of packages are fresh: old lists fail by themselves.',
    'apt does not tell since when an update is out; one that is pending counts from the first look. Allow a number for the hours until the nightly run.',
    'An update of the kernel or of a library protects only after a restart.',
  ],
  messages: {
    current: { en: 'No security update is pending.', de: 'Keine Sicherheitsaktualisierung steht aus.' },
    pending: {
      en: '{count} security updates are pending: {packages}',
      de: '{count} Sicherheitsaktualisierungen stehen aus: {packages}',
    },
    fresh: { en: 'The lists of packages are fresh.', de: 'Die Paketlisten sind aktuell.' },
    old: {
      en: 'The lists of packages were last fetched {days} days ago.',
      de: 'Die Paketlisten wurden zuletzt vor {days} Tagen geholt.',
    },
    never: { en: 'The lists of packages were never fetched.', de: 'Die Paketlisten wurden nie geholt.' },
    'no-restart': { en: 'No restart is due.', de: 'Kein Neustart steht an.' },
    restart: {
      en: 'A restart is due before updates take effect.',
      de: 'Ein Neustart steht an, bevor Aktualisierungen wirken.',
    },
  },
  judge({ updates }, { maxPending, maxListDays }, now) {
    const { security, rebootRequired, listsAt } = updates
    const count = security.length
    const listDays = listsAt === null ? null : -daysUntil(listsAt, now) - 1
    return [
      count > maxPending
        ? fail('security', 'updates.security', 'pending', {
            count,
            packages: security.slice(0, 8).join(', ') + (count > 8 ? ' …' : ''),
          })
        : pass('security', 'updates.security', 'current'),
      judgeLists(listDays, maxListDays),
      (rebootRequired ? fail : pass)('restart', 'updates.rebootRequired', rebootRequired ? 'restart' : 'no-restart'),
    ]
  },
} satisfies Check<HostFacts, 'updates', typeof params>

function judgeLists(days: number | null, maxDays: number): Verdict {
  if (days === null) return fail('lists', 'updates.listsAt', 'never')
  return days > maxDays ? fail('lists', 'updates.listsAt', 'old', { days }) : pass('lists', 'updates.listsAt', 'fresh')
}
