import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { isBelow } from '../facts.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  minVersion: field(z.enum(['1.2', '1.3']).default('1.2'), {
    label: { en: 'Oldest version that may be accepted', de: 'Älteste zulässige Version' },
  }),
})

export const azureMinTls = {
  id: 'azure.min-tls',
  version: 1,
  connector: 'azure',
  title: { en: 'Cloud resources demand TLS 1.2 or later', de: 'Cloud-Ressourcen verlangen mindestens TLS 1.2' },
  why: {
    en: 'Storage, queues, databases and sites speak with the whole world, and each has its own switch.',
    de: 'Speicher, Warteschlangen, Datenbanken und Websites sprechen mit aller Welt, und jede Ressource hat ihren eigenen Schalter.',
  },
  remedy: {
    en: 'Set the minimum TLS version of the resource to 1.2 or later and refuse plain HTTP; enforce both by Azure Policy.',
    de: 'Die TLS-Mindestversion der Ressource auf 1.2 oder höher setzen und unverschlüsseltes HTTP ablehnen; beides per Azure Policy erzwingen.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves', takes: { tls: 'minVersion' } }],
  params,
  reads: ['tlsFloors'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: [
    'CIS Microsoft Azure Foundations 9.3.4',
    'CIS Microsoft Azure Foundations 9.3.6',
    'ISO/IEC 27001:2022 A.8.24',
    'BSI TR-02102-2',
  ],
  sources: [
    'https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version',
    'https://learn.microsoft.com/azure/app-service/overview-tls',
  ],
  pitfalls: [
    'Services spell versions in four ways (TLS1_2, 1.2, Tls12, TLSv1.2). A spelling that is not known makes the outcome not-evaluated (contract), never a pass.',
    'Judged are storage accounts, Event Hubs, Service Bus, SQL servers, Cosmos DB, Azure Cache for Redis and App Service without its deployment slots. Gateways and front doors end TLS by policies of their own: look at their host names by the connector tls.',
    'A resource without a floor may be safe by a default of Azure, which changes over the years; a floor that is written down does not.',
  ],
  messages: {
    floor: {
      en: 'Nothing older than TLS {version} is accepted.',
      de: 'Nichts Älteres als TLS {version} wird angenommen.',
    },
    old: {
      en: 'TLS {version} is still accepted, the oldest allowed is {minimum}.',
      de: 'TLS {version} wird noch angenommen, zulässig ist erst {minimum}.',
    },
    unset: { en: 'No minimum version is set.', de: 'Keine Mindestversion ist gesetzt.' },
    plain: { en: 'Connections without TLS are accepted.', de: 'Verbindungen ohne TLS werden angenommen.' },
  },
  judge({ tlsFloors }, { minVersion }) {
    return tlsFloors.map(({ resource, floor, encryptedOnly }, index) => {
      const because = `tlsFloors.${index}.floor`
      const isEncrypted = `tlsFloors.${index}.encryptedOnly`
      if (encryptedOnly === false) return fail(resource, isEncrypted, 'plain')
      if (floor === null) return fail(resource, because, 'unset')
      if (isBelow(floor, minVersion)) return fail(resource, because, 'old', { version: floor, minimum: minVersion })
      return pass(resource, [because, isEncrypted], 'floor', { version: floor })
    })
  },
} satisfies Check<AzureFacts, 'tlsFloors', typeof params>
