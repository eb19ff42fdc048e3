import { z } from 'zod'
import { openApi } from '../api/api.ts'
import { clientCredentials } from '../api/oauth.ts'
import type { Discovered } from '../engine/discovered.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { reasonOf, unseen } from '../engine/reading.ts'
import type { Seen, Unseen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readManagedApps } from './applications.ts'
import { requireReader, turns } from './arm.ts'
import type { Azure } from './arm.ts'
import { readJobs, readProtection } from './backups.ts'
import { askServers, readDatabaseTls } from './databases.ts'
import { azureFacts } from './facts.ts'
import type { AzureFacts } from './facts.ts'
import { askFloors, readFloors, readStorage } from './floors.ts'
import { readHealthAlerts, readLocks, readOwners, readPlaces, readSecureScore } from './governance.ts'
import { askVaults, readVaultItems, readVaultLogs, readVaults } from './vaults.ts'

const guid = z.guid().transform((id) => id.toLowerCase())
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

const settings = z.object({
  tenantId: field(guid, { label: { en: 'Tenant id', de: 'Mandanten-ID' } }),
  clientId: field(guid, {
    label: { en: 'Application (client) id', de: 'Anwendungs-ID (Client)' },
    help: { en: 'Of an app registration of its own', de: 'Einer eigenen App-Registrierung' },
  }),
  secret: field(z.string().min(1).optional(), {
    label: { en: 'Client secret', de: 'Geheimer Clientschlüssel' },
    help: { en: 'Not needed with a certificate', de: 'Mit einem Zertifikat nicht nötig' },
    secret: true,
  }),
  certificate: field(z.string().min(1).optional(), {
    label: { en: 'Certificate and private key (PEM)', de: 'Zertifikat und privater Schlüssel (PEM)' },
    help: { en: 'Better than a secret', de: 'Besser als ein Clientschlüssel' },
    secret: true,
  }),
  subscriptions: field(z.array(guid).min(1), {
    label: { en: 'Subscription ids', de: 'Abonnement-IDs' },
    help: { en: 'Those that belong to this environment', de: 'Diejenigen, die zu dieser Umgebung gehören' },
  }),
  ownerGroups: field(z.array(guid).default([]), {
    label: { en: 'Groups of owners', de: 'Gruppen von Besitzern' },
    help: {
      en: 'Object ids of groups with the role Owner whose members are looked after elsewhere; each counts as one owner',
      de: 'Objekt-IDs von Gruppen mit der Rolle Besitzer, deren Mitglieder anderswo geprüft werden; jede zählt als ein Besitzer',
    },
  }),
  baseUrl: field(address.default('https://management.azure.com'), {
    label: { en: 'Address of Resource Manager', de: 'Adresse des Resource Manager' },
    help: { en: 'Another one only for sovereign clouds', de: 'Eine andere nur für souveräne Clouds' },
  }),
  loginUrl: field(address.default('https://login.microsoftonline.com'), {
    label: { en: 'Address of the sign-in', de: 'Adresse der Anmeldung' },
  }),
})

/** Looks at subscriptions of Azure by their control plane, with the role Reader and nothing else. */
export const azure = {
  id: 'azure',
  title: { en: 'Microsoft Azure', de: 'Microsoft Azure' },
  about: {
    en: 'Subscriptions of Azure: key vaults, TLS, storage, databases, backups, managed applications, locks, owners, places and alerts.',
    de: 'Abonnements von Azure: Schlüsseltresore, TLS, Speicher, Datenbanken, Sicherungen, verwaltete Anwendungen, Sperren, Besitzer, Orte und Meldungen.',
  },
  settings,
  facts: azureFacts,
  history: {
    volatile: ['backupJobs.lastCompleted', 'backupJobs.lastFailed', 'secureScore.percent'],
    lasting: ['vaultItems.expires'],
    named: {
      vaultItems: ['vault', 'kind', 'name'],
      protection: ['workload', 'by'],
      backupJobs: ['resource', 'item'],
      'locks.groups': ['group'],
      places: ['type', 'location'],
    },
  },
  discovers: ({ vaults = [], storage = [], databaseTls = [], managedApps }) => [
    ...vaults.map(({ resource }) => resourceOf('vault', resource)),
    ...storage.map(({ resource }) => resourceOf('storage', resource)),
    ...databaseTls.map(({ resource }) => resourceOf('database', resource)),
    ...(managedApps?.applications ?? []).map(({ resource }) => resourceOf('application', resource)),
  ],
  needs: [
    {
      privilege: 'Reader',
      reason: {
        en: 'On each subscription: how resources are set up. It reads no data: no secret, no key, no blob, no row.',
        de: 'Auf jedem Abonnement: wie Ressourcen eingerichtet sind. Sie liest keine Daten: kein Geheimnis, keinen Schlüssel, keinen Blob, keine Zeile.',
      },
    },
  ],
  address: ({ baseUrl, subscriptions }) => [new URL(baseUrl).host, ...[...subscriptions].sort()].join('/'),
  async collect(given, context) {
    const azure = await open(given, context)
    const [vaults, floors, servers] = [askVaults(azure), askFloors(azure), askServers(azure)]
    const [
      managedApps,
      vaultSettings,
      vaultItems,
      vaultLogs,
      tlsFloors,
      storage,
      databaseTls,
      protection,
      backupJobs,
      locks,
      owners,
      places,
      healthAlerts,
      secureScore,
    ] = await Promise.all([
      group(readManagedApps(azure)),
      group(vaults.then(readVaults)),
      group(vaults.then((rows) => readVaultItems(azure, rows))),
      group(vaults.then((rows) => readVaultLogs(azure, rows))),
      group(floors.then((rows) => readFloors(azure, rows))),
      group(floors.then(readStorage)),
      group(servers.then((rows) => readDatabaseTls(azure, rows))),
      group(servers.then((rows) => readProtection(azure, rows))),
      group(servers.then((rows) => readJobs(azure, rows))),
      group(readLocks(azure)),
      group(readOwners(azure, given.ownerGroups)),
      group(readPlaces(azure)),
      group(readHealthAlerts(azure)),
      group(readSecureScore(azure)),
    ])
    return {
      managedApps,
      vaults: vaultSettings,
      vaultItems,
      vaultLogs,
      tlsFloors,
      storage,
      databaseTls,
      protection,
      backupJobs,
      locks,
      owners,
      places,
      healthAlerts,
      secureScore,
    }
  },
} satisfies Connector<typeof settings, AzureFacts>

/** A resource as something to look at; its last part is its name. */
function resourceOf(kind: Discovered['kind'], resource: string): Discovered {
  return { kind, key: resource, name: resource.split('/').at(-1) ?? resource }
}

/** One group that is refused leaves the others. */
function group<T>(read: Promise<Seen<T>>): Promise<Seen<T>> {
  return read.catch(reasonOf)
}

/** Gets a token and makes sure that an empty answer will mean that there is nothing. */
async function open(
  { tenantId, clientId, secret, certificate, subscriptions, baseUrl, loginUrl }: z.output<typeof settings>,
  context: Context,
): Promise<Azure> {
  const token = await clientCredentials(
    {
      tokenUrl: `${loginUrl}/${tenantId}/oauth2/v2.0/token`,
      clientId,
      scope: `${baseUrl}/.default`,
      secret,
      certificate,
    },
    context,
  )
  const vendor = { base: baseUrl, headers: { authorization: `Bearer ${token}` }, meaning }
  const azure = {
    api: openApi({ ...vendor, credential: `azure ${clientId}`, perMinute: 600 }, context),
    // Fifteen queries in five seconds are allowed.
    graph: openApi({ ...vendor, credential: `azure graph ${clientId}`, perMinute: 150 }, context),
    subscriptions: [...new Set(subscriptions)],
    turn: turns(8),
  }
  await requireReader(azure)
  return azure
}

const Refusal = z.object({ error: z.object({ code: z.string().regex(/^[\w ]{1,60}$/) }) })

/** Refusals that say more than their status; what Azure writes beside the code is not told, since it names people. */
function meaning(status: number, body: unknown): Unseen | undefined {
  const said = Refusal.safeParse(body)
  if (!said.success) return undefined
  const code = said.data.error.code.replaceAll(' ', '').toLowerCase()
  if (code === 'missingsubscriptionregistration' || code === 'subscriptionnotregistered')
    return unseen('not-configured', `a service is not registered in a subscription (${status})`, {
      needs: 'registration of the resource provider',
    })
  if (code === 'subscriptionnotfound')
    return unseen('denied', `a subscription is not there or may not be seen (${status})`, { needs: 'Reader' })
  return undefined
}
