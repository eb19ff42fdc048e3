import { z } from 'zod'
import { clientCredentials } from '../api/oauth.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { reasonOf } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readAccess } from './access.ts'
import { accountsOfRoster } from '../roster/facts.ts'
import { accountsOf, activityOf, readAccounts, readRegistration, rosterOf } from './accounts.ts'
import { readAdmins } from './admins.ts'
import { readAuthorization, readCredentials, readPasswords, readReviews } from './directory.ts'
import { entraFacts } from './facts.ts'
import type { EntraFacts } from './facts.ts'
import { openGraph } from './graph.ts'
import { readLeavers } from './leavers.ts'
import { needs } from './needs.ts'

const settings = z.object({
  tenant: field(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,252}$/i), {
    label: { en: 'Tenant', de: 'Mandant des Verzeichnisses' },
    help: { en: 'Directory ID or a verified domain', de: 'Verzeichnis-ID oder eine bestätigte Domain' },
  }),
  clientId: field(z.guid(), {
    label: { en: 'Application (client) ID', de: 'Anwendungs-ID (Client)' },
  }),
  certificate: field(z.string().min(1).optional(), {
    label: { en: 'Certificate with key', de: 'Zertifikat mit Schlüssel' },
    help: {
      en: 'PEM, the RSA key without a password; better than a client secret',
      de: 'PEM, der RSA-Schlüssel ohne Passwort; besser als ein geheimer Clientschlüssel',
    },
    secret: true,
  }),
  secret: field(z.string().min(1).optional(), {
    label: { en: 'Client secret', de: 'Geheimer Clientschlüssel' },
    help: { en: 'Only where there is no certificate', de: 'Nur wo es kein Zertifikat gibt' },
    secret: true,
  }),
  people: field(z.array(z.email()).default([]), {
    label: { en: 'People', de: 'Personen' },
    help: {
      en: 'Account names of all who work here; not needed where accounts carry employee numbers',
      de: 'Kontonamen aller, die hier arbeiten; nicht nötig, wo Konten Personalnummern tragen',
    },
    secret: true,
  }),
  leavers: field(z.array(z.object({ account: z.email(), left: z.iso.datetime({ offset: true }) })).default([]), {
    label: { en: 'Leavers', de: 'Ausgeschiedene' },
    help: {
      en: 'Account name and time of leaving, for the last 30 days: the directory keeps its log no longer',
      de: 'Kontoname und Zeitpunkt des Ausscheidens, für die letzten 30 Tage: Länger bewahrt das Verzeichnis sein Protokoll nicht auf',
    },
    secret: true,
  }),
  baseUrl: field(z.url().default('https://graph.microsoft.com'), {
    label: { en: 'Address of Microsoft Graph', de: 'Adresse von Microsoft Graph' },
    help: { en: 'Another one for national clouds only', de: 'Nur für nationale Clouds eine andere' },
  }),
  authority: field(z.url().default('https://login.microsoftonline.com'), {
    label: { en: 'Address for signing in', de: 'Adresse der Anmeldung' },
    help: { en: 'Another one for national clouds only', de: 'Nur für nationale Clouds eine andere' },
  }),
})
type Settings = z.output<typeof settings>

/** Looks at a directory of Microsoft Entra ID, by Microsoft Graph v1.0. */
export const entra = {
  id: 'entra',
  title: { en: 'Microsoft Entra ID', de: 'Microsoft Entra ID' },
  about: {
    en: 'A directory of Microsoft Entra ID: second factors, rules for signing in, administrators, guests, apps and passwords.',
    de: 'Ein Verzeichnis von Microsoft Entra ID: zweite Faktoren, Regeln der Anmeldung, Administratoren, Gäste, Apps und Passwörter.',
  },
  settings,
  facts: entraFacts,
  history: {
    volatile: [
      'registration.members',
      // Who joins and leaves stands on the page of accounts.
      'roster',
      'accounts.members',
      'accounts.people',
      'accounts.doubtful.signsIn',
      'activity',
      'reviews.completed',
    ],
    lasting: ['credentials.start', 'credentials.end', 'leavers.left', 'leavers.ended'],
    named: {
      admins: ['id', 'standing'],
      credentials: ['app', 'key'],
      'passwords.domains': ['domain'],
      leavers: ['person'],
    },
  },
  // Only those that hold a credential are seen; their names are free text of the tenant and stay there.
  discovers: ({ credentials = [] }) =>
    [...new Set(credentials.map(({ app }) => app))].map((app) => ({ kind: 'application', key: app, name: app })),
  needs,
  address: ({ tenant }) => tenant.toLowerCase(),
  roster: 'roster',
  accounts: ({ admins = [], accounts, activity, registration, roster = [] }) => [
    ...accountsOfRoster(roster),
    ...admins.flatMap(({ id, kind, enabled }) => (kind === 'user' ? [{ id, isAdmin: true, isActive: enabled }] : [])),
    ...(registration?.incapable ?? []).map(({ id, admin }) => ({ id, isAdmin: admin, isActive: true })),
    ...(accounts?.doubtful ?? []).map(({ id }) => ({ id, isAdmin: false, isActive: true })),
    ...(activity?.idle ?? []).map(({ id, lastUsed }) => ({ id, isAdmin: false, isActive: true, lastUsed })),
  ],
  async collect(given, context) {
    const token = await tokenOf(given, context)
    const base = `${given.baseUrl.replace(/\/$/, '')}/v1.0`
    const graph = openGraph(base, `${given.tenant} ${given.clientId}`, token, context)
    const accounts = readAccounts(graph, {
      people: new Set(given.people.map((name) => name.toLowerCase())),
      leavers: new Set(given.leavers.map(({ account }) => account.toLowerCase())),
      pseudonym: context.pseudonym,
    })
    const [access, registration, own, activity, admins, authorization, credentials, passwords, reviews, leavers] =
      await Promise.all([
        readAccess(graph),
        readRegistration(graph, accounts, context).catch(reasonOf),
        accounts.then((known) => accountsOf(known, given.people.length), reasonOf),
        accounts.then((known) => activityOf(known, context.now()), reasonOf),
        readAdmins(graph, accounts).catch(reasonOf),
        readAuthorization(graph).catch(reasonOf),
        readCredentials(graph).catch(reasonOf),
        readPasswords(graph).catch(reasonOf),
        readReviews(graph).catch(reasonOf),
        readLeavers(graph, given.leavers, accounts, context).catch(reasonOf),
      ])
    return {
      ...access,
      registration,
      roster: await accounts.then((known) => rosterOf(known, admins), reasonOf),
      accounts: own,
      activity,
      admins,
      authorization,
      credentials,
      passwords,
      reviews,
      leavers,
    }
  },
} satisfies Connector<typeof settings, EntraFacts>

function tokenOf({ tenant, clientId, secret, certificate, baseUrl, authority }: Settings, context: Context) {
  return clientCredentials(
    {
      tokenUrl: `${authority.replace(/\/$/, '')}/${tenant}/oauth2/v2.0/token`,
      clientId,
      scope: `${new URL(baseUrl).origin}/.default`,
      secret,
      certificate,
    },
    context,
  )
}
