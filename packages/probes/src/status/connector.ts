import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Connector } from '../engine/connector.ts'
import { reasonOf, seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { statusFacts } from './facts.ts'
import type { StatusFacts } from './facts.ts'
import { readFeed, sinceOf } from './feed.ts'

const settings = z.object({
  feed: field(
    z.url({ protocol: /^https?$/ }).refine((text) => new URL(text).username === '' && new URL(text).password === ''),
    {
      label: { en: 'Address of the feed', de: 'Adresse des Feeds' },
      help: {
        en: 'Of a Statuspage …/api/v2/incidents.json; else Atom or RSS',
        de: 'Bei einer Statuspage …/api/v2/incidents.json, sonst Atom oder RSS',
      },
    },
  ),
  components: field(z.array(z.string().min(2).max(100)).max(50).default([]), {
    label: { en: 'Components in use', de: 'Genutzte Komponenten' },
    help: {
      en: 'As the platform names them, or words of its notices; none: every incident counts',
      de: 'Wie die Plattform sie nennt, oder Wörter ihrer Meldungen; keine: Jede Störung zählt',
    },
  }),
  days: field(z.int().min(1).max(90).default(30), {
    label: { en: 'How far to look back', de: 'Wie weit zurückgeschaut wird' },
    unit: 'days',
  }),
  acknowledgements: field(
    z
      .array(
        z.object({
          incident: z.string().min(1).max(300),
          by: z
            .string()
            .min(1)
            .max(80)
            .regex(/^[^@\n]+$/),
          at: z.iso.datetime({ offset: true }),
        }),
      )
      .max(2_000)
      .default([]),
    {
      label: { en: 'Acknowledgements', de: 'Quittierungen' },
      help: {
        en: 'For the command line; here, acknowledge on the page of platforms. For each incident its id, the role of who acknowledged it, and when',
        de: 'Für die Befehlszeile; hier wird auf der Seite der Plattformen quittiert. Je Störung ihre Kennung, die Rolle dessen, der sie quittiert hat, und wann',
      },
    },
  ),
})

/** Reads what a platform publishes about its incidents, without any credential. */
export const status = {
  id: 'status',
  title: { en: 'Status page of a platform', de: 'Statusseite einer Plattform' },
  about: {
    en: 'What a platform in use publishes about its incidents: a Statuspage, Atom or RSS.',
    de: 'Was eine genutzte Plattform über ihre Störungen veröffentlicht: eine Statuspage, Atom oder RSS.',
  },
  settings,
  facts: statusFacts,
  history: {
    volatile: ['incidents', 'acknowledgements'],
  },
  needs: [],
  // Incidents have to be acknowledged within hours.
  every: 'PT3H',
  address: ({ feed }) => `${new URL(feed).host}${new URL(feed).pathname}`,
  async collect({ feed, components, days, acknowledgements }, context) {
    const url = new URL(feed)
    const api = openApi(
      { base: url.origin, headers: { accept: 'application/json, application/atom+xml, application/rss+xml' } },
      context,
    )
    const about = { components, since: sinceOf(context.now(), days), host: url.host }
    const incidents = await api
      .text({ path: url.pathname, query: Object.fromEntries(url.searchParams) })
      .then((body) => readFeed(body, about))
      .then((found) => seen(found.incidents, found.complete))
      .catch(reasonOf)
    return { incidents, acknowledgements: seen(acknowledgements) }
  },
} satisfies Connector<typeof settings, StatusFacts>
