import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

/** Regions in the EU and, with Norway, in the EEA. Great Britain and Switzerland are neither. */
const europe = [
  'austriaeast',
  'belgiumcentral',
  'denmarkeast',
  'francecentral',
  'francesouth',
  'germanynorth',
  'germanywestcentral',
  'italynorth',
  'northeurope',
  'norwayeast',
  'norwaywest',
  'polandcentral',
  'spaincentral',
  'swedencentral',
  'swedensouth',
  'westeurope',
]

const params = z.object({
  regions: field(z.array(z.string()).default(europe), {
    label: { en: 'Allowed regions', de: 'Zulässige Regionen' },
    help: {
      en: 'As Azure writes them, for example germanywestcentral',
      de: 'Wie Azure sie schreibt, etwa germanywestcentral',
    },
  }),
})

export const azureRegionEu = {
  id: 'azure.region-eu',
  version: 1,
  connector: 'azure',
  title: { en: 'Cloud resources lie in EU regions', de: 'Cloud-Ressourcen liegen in EU-Regionen' },
  why: {
    en: 'A resource that somebody made elsewhere takes personal data out of the EU without anybody deciding so.',
    de: 'Eine anderswo angelegte Ressource bringt personenbezogene Daten aus der EU, ohne dass es jemand entschieden hätte.',
  },
  remedy: {
    en: 'Move the resource to an allowed region, and forbid all others by the Azure Policy for allowed locations.',
    de: 'Die Ressource in eine zulässige Region verlegen und alle anderen mit der Azure Policy für zulässige Orte verbieten.',
  },
  severity: 'high',
  serves: [{ measure: 'data-location-eu', as: 'proves' }],
  params,
  reads: ['places'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 44', 'ISO/IEC 27001:2022 A.5.23'],
  sources: [
    'https://learn.microsoft.com/azure/reliability/regions-list',
    'https://learn.microsoft.com/azure/governance/policy/samples/built-in-policies',
  ],
  pitfalls: [
    'Resources without a place (DNS zones, front doors, alerts) are told, not judged: what they process lies in many places.',
    'Copies of storage and backups in a paired region are not seen. Pairs of regions in the EU lie in the EU, but for copies that somebody chose by hand.',
    'Copies of a Cosmos DB account in further regions are judged.',
    'Where Microsoft gives support from is a matter of the contract, not of a region.',
  ],
  messages: {
    inside: { en: '{count} resources lie here, as allowed.', de: '{count} Ressourcen liegen hier, wie zulässig.' },
    outside: {
      en: '{count} resources lie outside the allowed regions: {types}.',
      de: '{count} Ressourcen liegen außerhalb der zulässigen Regionen: {types}.',
    },
    placeless: {
      en: '{count} resources have no place of their own: {types}.',
      de: '{count} Ressourcen haben keinen eigenen Ort: {types}.',
    },
  },
  judge({ places }, { regions }) {
    const allowed = new Set(regions.map((region) => region.toLowerCase().replaceAll(' ', '')))
    const byLocation = Map.groupBy(
      places.map((place, index) => ({ ...place, index })),
      ({ location }) => (location === '' ? 'global' : location),
    )
    return [...byLocation].map(([location, there]) => {
      const because = there.map(({ index }) => `places.${index}.location`)
      const count = there.reduce((sum, one) => sum + one.count, 0)
      const types = [...new Set(there.map(({ type }) => type))].sort().join(', ')
      if (location === 'global') return info(location, because, 'placeless', { count, types })
      return allowed.has(location)
        ? pass(location, because, 'inside', { count })
        : unlessDeclared(fail(location, because, 'outside', { count, types }), { list: 'regions', values: [location] })
    })
  },
} satisfies Check<AzureFacts, 'places', typeof params>
