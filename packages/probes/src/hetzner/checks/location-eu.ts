import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HetznerFacts } from '../facts.ts'

/** The 27 members of the EU, and Iceland, Liechtenstein and Norway, where the GDPR holds as well. */
const gdprCountries = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
)

const params = z.object({
  countries: field(z.array(z.string().regex(/^[A-Z]{2}$/)).default(gdprCountries), {
    label: { en: 'Countries in which data may lie', de: 'Länder, in denen Daten liegen dürfen' },
    help: { en: 'Two letters each, as DE', de: 'Je zwei Buchstaben, etwa DE' },
  }),
})

type Reads = 'servers' | 'volumes' | 'loadBalancers' | 'primaryIps' | 'storageBoxes'

/** Groups of things that have a place, and how one of each is called. */
const kinds = [
  ['servers', 'server'],
  ['volumes', 'volume'],
  ['loadBalancers', 'load-balancer'],
  ['primaryIps', 'primary-ip'],
  ['storageBoxes', 'storage-box'],
] as const satisfies readonly (readonly [Reads, string])[]

export const hzLocationEu = {
  id: 'hz.location-eu',
  version: 1,
  connector: 'hetzner',
  title: { en: 'Servers and volumes stand in the EU', de: 'Server und Volumes stehen in der EU' },
  why: {
    en: 'Hetzner also has sites in the USA and in Singapore; one wrong choice takes personal data out of the reach of the GDPR.',
    de: 'Hetzner hat auch Standorte in den USA und in Singapur; eine falsche Auswahl bringt personenbezogene Daten aus dem Geltungsbereich der DSGVO.',
  },
  remedy: {
    en: 'Make the server anew from a snapshot at a site in the EU (fsn1, nbg1 or hel1), move the data and delete the old one.',
    de: 'Den Server aus einem Snapshot an einem Standort in der EU (fsn1, nbg1 oder hel1) neu erstellen, die Daten umziehen und den alten löschen.',
  },
  severity: 'high',
  serves: [{ measure: 'data-location-eu', as: 'proves' }],
  params,
  reads: ['servers', 'volumes', 'loadBalancers', 'primaryIps', 'storageBoxes'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 44', 'ISO/IEC 27001:2022 A.5.23'],
  sources: ['https://docs.hetzner.com/cloud/general/locations/', 'https://docs.hetzner.cloud/reference/cloud'],
  pitfalls: [
    'Judged by the country of the location. The field "datacenter", on which older programs rely, is gone since July 2026.',
    'Snapshots and backups stay with the server and have no place of their own in the API; object storage has another API and is not looked at.',
    'A place in the EU says nothing about who may look in from elsewhere: that belongs into the contract under Art. 28.',
  ],
  messages: {
    inside: { en: '{name} stands in {country} ({place}).', de: '{name} steht in {country} ({place}).' },
    outside: {
      en: '{name} stands in {country} ({place}), which is not among the declared countries.',
      de: '{name} steht in {country} ({place}); das ist keines der angegebenen Länder.',
    },
  },
  judge(facts, { countries }) {
    return kinds.flatMap(([group, kind]) =>
      facts[group].map(({ id, name, place }, index) => {
        const isInside = countries.includes(place.country)
        const verdict = (isInside ? pass : fail)(
          `${kind}:${id}`,
          `${group}.${index}.place.country`,
          isInside ? 'inside' : 'outside',
          { name, country: place.country, place: place.name },
        )
        return unlessDeclared(verdict, { list: 'countries', values: [place.country] })
      }),
    )
  },
} satisfies Check<HetznerFacts, Reads, typeof params>
