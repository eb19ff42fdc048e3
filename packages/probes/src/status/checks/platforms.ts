import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { StatusFacts } from '../facts.ts'

const params = z.object({
  withinHours: field(z.number().positive().max(720).default(24), {
    label: { en: 'Acknowledged within', de: 'Quittiert innerhalb von' },
    unit: 'hours',
  }),
  /** Besides those among the facts, which are given on the command line. */
  acknowledgements: field(
    z
      .array(z.object({ incident: z.string(), by: z.string(), at: z.iso.datetime({ offset: true }) }))
      .max(10_000)
      .default([]),
    {
      label: { en: 'Acknowledgements', de: 'Quittierungen' },
      help: { en: 'Given on the page of platforms', de: 'Gegeben auf der Seite der Plattformen' },
      elsewhere: true,
    },
  ),
})

const hourMs = 3_600_000

export const statusPlatforms = {
  id: 'status.platforms',
  version: 2,
  connector: 'status',
  title: {
    en: 'Incidents of platforms in use are acknowledged in time',
    de: 'Störungen genutzter Plattformen werden rechtzeitig quittiert',
  },
  why: {
    en: 'An incident of a processor may be one of your own, with your own duty to tell customers and authorities. That needs somebody who saw it.',
    de: 'Eine Störung beim Auftragsverarbeiter kann auch Ihre sein, mit eigener Pflicht zur Meldung an Kunden und Behörden. Dafür muss sie jemand gesehen haben.',
  },
  remedy: {
    en: 'Read the notice, decide whether it concerns your data and your customers, and acknowledge it with role and time. Let the feed reach a person.',
    de: 'Die Meldung lesen, entscheiden, ob sie eigene Daten und Kunden betrifft, und mit Rolle und Zeit quittieren. Der Feed sollte einen Menschen erreichen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'redundancy', as: 'supports' },
    { measure: 'system-monitoring', as: 'supports' },
    { measure: 'platform-status-monitoring', as: 'proves' },
    { measure: 'processor-monitoring', as: 'supports' },
  ],
  params,
  reads: ['incidents', 'acknowledgements'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.24', 'ISO/IEC 27001:2022 A.8.16', 'GDPR Art. 33(2)'],
  sources: [
    'https://support.atlassian.com/statuspage/docs/what-is-a-status-api/',
    'https://learn.microsoft.com/en-us/azure/service-health/azure-status-overview',
  ],
  pitfalls: [
    'An empty feed passes nothing: where there was no incident, there was nothing to acknowledge. An empty feed may also come from a page that is itself disturbed.',
    'Atom and RSS name no components: the declared words are searched in titles, categories and texts. A notice that describes the component in other words is missed; declare none to count every notice.',
    'The feed of Azure shows only what lasts, with the time of the last change: look every day. What concerns your own resources is told by Azure Service Health alone.',
    'A notice whose time lies ahead is a plan, not an incident. A notice whose time cannot be read ends the look.',
    'An acknowledgement dated in the future does not count.',
  ],
  messages: {
    acknowledged: { en: 'Acknowledged in time.', de: 'Rechtzeitig quittiert.' },
    late: {
      en: 'Acknowledged {hours} hours after it was published.',
      de: 'Erst {hours} Stunden nach der Veröffentlichung quittiert.',
    },
    unseen: {
      en: 'Published on {day} and acknowledged by nobody.',
      de: 'Veröffentlicht am {day} und von niemandem quittiert.',
    },
    open: {
      en: 'Published on {day}; there is still time to acknowledge it.',
      de: 'Veröffentlicht am {day}; die Frist zur Quittierung läuft noch.',
    },
    planned: { en: 'Announced for {day}.', de: 'Angekündigt für den {day}.' },
  },
  judge({ incidents, acknowledgements }, { withinHours, acknowledgements: given }, now) {
    const first = new Map<string, number>()
    for (const { incident, at } of [...acknowledgements, ...given]) {
      const time = Date.parse(at)
      if (time <= now.getTime()) first.set(incident, Math.min(time, first.get(incident) ?? time))
    }
    return incidents.flatMap(({ id, publishedAt, touches }, index) => {
      if (touches.length === 0) return []
      const because = [`incidents.${index}`, 'acknowledgements']
      const published = Date.parse(publishedAt)
      const day = publishedAt.slice(0, 10)
      const seenAt = first.get(id)
      if (seenAt === undefined) {
        if (published > now.getTime()) return [info(id, because, 'planned', { day })]
        const isOpen = now.getTime() <= published + withinHours * hourMs
        return [(isOpen ? info : fail)(id, because, isOpen ? 'open' : 'unseen', { day })]
      }
      const hours = Math.ceil((seenAt - published) / hourMs)
      return hours <= withinHours ? [pass(id, because, 'acknowledged')] : [fail(id, because, 'late', { hours })]
    })
  },
} satisfies Check<StatusFacts, 'incidents' | 'acknowledgements', typeof params>
