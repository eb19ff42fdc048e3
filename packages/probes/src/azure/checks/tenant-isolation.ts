import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureMgaTenantIsolation = {
  id: 'azure.mga.tenant-isolation',
  version: 1,
  connector: 'azure',
  title: {
    en: 'Each customer has its own resource group and storage',
    de: 'Jeder Kunde hat eigene Ressourcengruppe und eigenen Speicher',
  },
  why: {
    en: 'Where two customers share a store, one mistake in the application shows the data of one to the other.',
    de: 'Teilen sich zwei Kunden einen Speicher, zeigt ein Fehler in der Anwendung dem einen die Daten des anderen.',
  },
  remedy: {
    en: 'Deploy storage, databases and vaults into the managed group of each customer, and hand no common one over as a parameter.',
    de: 'Speicher, Datenbanken und Tresore in die verwaltete Gruppe jedes Kunden legen und keinen gemeinsamen als Parameter übergeben.',
  },
  severity: 'critical',
  serves: [
    { measure: 'tenant-isolation', as: 'proves' },
    { measure: 'system-separation', as: 'supports' },
    { measure: 'no-production-access', as: 'supports' },
    { measure: 'data-stays-with-customer', as: 'supports' },
  ],
  params: noParams,
  reads: ['managedApps'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.22', 'GDPR Art. 32(1)(b)'],
  sources: ['https://learn.microsoft.com/azure/azure-resource-manager/managed-applications/overview'],
  pitfalls: [
    'Stores are recognised by their resource ids in parameters and outputs; one that an application reaches by a connection text alone is not seen.',
    'One application alone shares with nobody: that is told and is no proof.',
    'Only applications in the subscriptions of the connection are seen, not those in the tenants of customers.',
  ],
  messages: {
    own: {
      en: 'Shares no group and no store with another one.',
      de: 'Teilt keine Gruppe und keinen Speicher mit einer anderen.',
    },
    alone: { en: 'The only application that is seen.', de: 'Die einzige Anwendung, die zu sehen ist.' },
    'shared-group': {
      en: '{count} applications share this managed group.',
      de: '{count} Anwendungen teilen sich diese verwaltete Gruppe.',
    },
    'shared-store': { en: '{count} applications use this store.', de: '{count} Anwendungen nutzen diesen Speicher.' },
    groupless: { en: 'Has no managed group of its own.', de: 'Hat keine eigene verwaltete Gruppe.' },
  },
  judge({ managedApps: { applications } }) {
    const all = applications.map((application, index) => ({
      ...application,
      path: `managedApps.applications.${index}`,
    }))
    const groups = shared(all.map(({ managedGroup, path }) => ({ at: `${path}.managedGroup`, on: managedGroup ?? '' })))
    const stores = shared(all.flatMap(({ uses, path }) => uses.map((on) => ({ at: `${path}.uses`, on }))))
    const isShared = ({ managedGroup, uses }: (typeof all)[number]) =>
      groups.has(managedGroup ?? '') || uses.some((one) => stores.has(one))
    return [
      ...[...groups].map(([on, because]) => fail(on, because, 'shared-group', { count: because.length })),
      ...[...stores].map(([on, because]) => fail(on, because, 'shared-store', { count: because.length })),
      ...all.flatMap((one) => {
        if (one.managedGroup === null) return [fail(one.resource, `${one.path}.managedGroup`, 'groupless')]
        if (isShared(one)) return []
        const because = [`${one.path}.managedGroup`, `${one.path}.uses`]
        return [all.length === 1 ? info(one.resource, because, 'alone') : pass(one.resource, because, 'own')]
      }),
    ]
  },
} satisfies Check<AzureFacts, 'managedApps', typeof noParams>

/** What stands more than once, with the places where it does. */
function shared(places: readonly { readonly at: string; readonly on: string }[]): Map<string, string[]> {
  const named = places.filter(({ on }) => on !== '')
  return new Map(
    [...Map.groupBy(named, ({ on }) => on)].flatMap(([on, all]) =>
      all.length > 1 ? [[on, all.map(({ at }) => at)] as const] : [],
    ),
  )
}
