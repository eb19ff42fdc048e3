import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().min(1).default(8), {
    label: { en: 'Access on request lasts at most', de: 'Zugriff auf Anfrage dauert höchstens' },
    unit: 'hours',
  }),
})

export const azureMgaPublisherAccess = {
  id: 'azure.mga.publisher-access',
  version: 1,
  connector: 'azure',
  title: {
    en: "The publisher has no standing access to customers' resources",
    de: 'Der Herausgeber hat keinen Dauerzugriff auf Kundenressourcen',
  },
  why: {
    en: 'A role in a managed application holds in the resource group of every customer, for as long as the application is there.',
    de: 'Eine Rolle in einer verwalteten Anwendung gilt in der Ressourcengruppe jedes Kunden, solange die Anwendung besteht.',
  },
  remedy: {
    en: 'Take the authorizations out of the definition, or let the customer approve access on request for a few hours (just-in-time access).',
    de: 'Die Berechtigungen aus der Definition entfernen oder den Kunden den Zugriff auf Anfrage für wenige Stunden freigeben lassen (Just-in-Time-Zugriff).',
  },
  severity: 'high',
  serves: [
    { measure: 'no-production-access', as: 'proves' },
    { measure: 'privileged-access', as: 'supports' },
    { measure: 'no-manual-data-change', as: 'supports' },
  ],
  params,
  reads: ['managedApps'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.15', 'ISO/IEC 27001:2022 A.8.2', 'BSI OPS.2.3'],
  sources: [
    'https://learn.microsoft.com/azure/azure-resource-manager/managed-applications/publish-service-catalog-app',
    'https://learn.microsoft.com/azure/azure-resource-manager/managed-applications/request-just-in-time-access',
  ],
  pitfalls: [
    'Applications in the tenants of customers are not seen from the tenant of the publisher: the definition is what binds them all, so it is judged, too.',
    'A definition with authorizations is told and not failed only where applications of it are seen and each of them demands a request that a person approves.',
    'The level of the lock keeps the customer from changing resources and says nothing about the publisher: a fact, not judged.',
    'Plans of the marketplace keep their authorizations in Partner Center; only definitions in the subscriptions are seen.',
  ],
  messages: {
    none: { en: 'The publisher gets no role.', de: 'Der Herausgeber bekommt keine Rolle.' },
    unmanaged: { en: 'The publisher does not manage it.', de: 'Der Herausgeber verwaltet sie nicht.' },
    standing: {
      en: 'The publisher holds {count} standing roles.',
      de: 'Der Herausgeber hat {count} dauerhafte Rollen.',
    },
    request: {
      en: 'The publisher gets access only on request, approved by a person, for at most {hours} hours.',
      de: 'Der Herausgeber bekommt nur auf Anfrage Zugriff, von einer Person freigegeben, höchstens {hours} Stunden.',
    },
    automatic: {
      en: 'Requests of the publisher are approved by no person.',
      de: 'Anfragen des Herausgebers gibt keine Person frei.',
    },
    long: {
      en: 'Access on request lasts longer than {most} hours, or without end.',
      de: 'Zugriff auf Anfrage dauert länger als {most} Stunden oder ist unbegrenzt.',
    },
    'all-request': {
      en: 'The definition gives {count} roles; every application of it that is seen demands a request.',
      de: 'Die Definition vergibt {count} Rollen; jede Anwendung daraus, die zu sehen ist, verlangt eine Anfrage.',
    },
  },
  judge({ managedApps: { definitions, applications } }, { maxHours }) {
    const judged = applications.map((app, index) =>
      judgeApplication(app, `managedApps.applications.${index}`, maxHours),
    )
    const byDefinition = Map.groupBy(judged.entries(), ([at]) => applications[at]?.definition)
    const judgedDefinitions = definitions.map(({ resource, mode, authorizations: count }, index) => {
      const path = `managedApps.definitions.${index}`
      if (mode === 'unmanaged') return pass(resource, `${path}.mode`, 'unmanaged')
      if (count === 0) return pass(resource, `${path}.authorizations`, 'none')
      const own = byDefinition.get(resource) ?? []
      const isByRequest = own.length > 0 && own.every(([, { state }]) => state === 'pass')
      return (isByRequest ? info : fail)(resource, `${path}.authorizations`, isByRequest ? 'all-request' : 'standing', {
        count,
      })
    })
    return [...judgedDefinitions, ...judged]
  },
} satisfies Check<AzureFacts, 'managedApps', typeof params>

function judgeApplication(
  { resource, mode, authorizations: count, onRequest }: AzureFacts['managedApps']['applications'][number],
  path: string,
  most: number,
): Verdict {
  if (mode === 'unmanaged') return pass(resource, `${path}.mode`, 'unmanaged')
  if (count === 0) return pass(resource, `${path}.authorizations`, 'none')
  if (onRequest === null) return fail(resource, [`${path}.authorizations`, `${path}.onRequest`], 'standing', { count })
  if (onRequest.approval === 'automatic') return fail(resource, `${path}.onRequest.approval`, 'automatic')
  const { maxHours: hours } = onRequest
  return hours === null || hours > most
    ? fail(resource, `${path}.onRequest.maxHours`, 'long', { most })
    : pass(resource, `${path}.onRequest`, 'request', { hours })
}
