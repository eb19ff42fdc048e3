import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import { clientCredentials } from '../api/oauth.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { dayMs } from '../engine/duration.ts'
import { reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { eventsPage, membersPage, policiesPage } from './answers.ts'
import { coverageOf, exportsOf, memberOf, newestOf, policiesOf } from './distil.ts'
import type { KnownMember } from './distil.ts'
import { accountsOfRoster } from '../roster/facts.ts'
import { bitwardenFacts } from './facts.ts'
import type { BitwardenFacts } from './facts.ts'

const settings = z.object({
  clientId: field(z.string().regex(/^organization\.[\w-]{1,64}$/), {
    label: { en: 'Client id of the organisation', de: 'Client-ID der Organisation' },
    help: { en: 'Begins with "organization."', de: 'Beginnt mit „organization.“' },
  }),
  clientSecret: field(z.string().min(1), {
    label: { en: 'Client secret of the organisation', de: 'Client-Secret der Organisation' },
    help: {
      en: 'Bitwarden knows no key that only reads: this one may change members and policies, too',
      de: 'Bitwarden kennt keinen Schlüssel, der nur liest: Dieser darf auch Mitglieder und Richtlinien ändern',
    },
    secret: true,
  }),
  baseUrl: field(z.url().default('https://api.bitwarden.eu'), {
    label: { en: 'Address of the API', de: 'Adresse der API' },
    help: {
      en: 'https://api.bitwarden.com in the USA; an own server: its address with /api',
      de: 'https://api.bitwarden.com in den USA; ein eigener Server: dessen Adresse mit /api',
    },
  }),
  identityUrl: field(z.url().default('https://identity.bitwarden.eu'), {
    label: { en: 'Address for tokens', de: 'Adresse für Token' },
    help: {
      en: 'https://identity.bitwarden.com in the USA; an own server: its address with /identity',
      de: 'https://identity.bitwarden.com in den USA; ein eigener Server: dessen Adresse mit /identity',
    },
  }),
  eventDays: field(z.int().min(1).max(366).default(7), {
    label: { en: 'Days in which vault exports are looked for', de: 'Tage, in denen nach Tresor-Exporten gesucht wird' },
    unit: 'days',
  }),
  staff: field(z.array(z.email()).default([]), {
    label: { en: 'Mail addresses of all staff', de: 'E-Mail-Adressen aller Beschäftigten' },
    help: {
      en: 'Who must have a seat; without the list nobody is compared',
      de: 'Wer einen Platz haben muss; ohne die Liste wird niemand abgeglichen',
    },
  }),
  staffDate: field(z.iso.date().optional(), {
    label: { en: 'Day of the list of staff', de: 'Stand der Liste der Beschäftigten' },
  }),
})

type Settings = z.output<typeof settings>

/** The period over which the log is asked whether it lives at all. */
const aliveDays = 30

/** Looks at an organisation of Bitwarden through its Public API. No vault item can be read by it. */
export const bitwarden = {
  id: 'bitwarden',
  title: { en: 'Bitwarden', de: 'Bitwarden' },
  about: {
    en: 'An organisation of Bitwarden: second factors and roles of its members, its policies, its event log and exports.',
    de: 'Eine Organisation in Bitwarden: zweite Faktoren und Rollen der Mitglieder, Richtlinien, Ereignisprotokoll und Exporte.',
  },
  settings,
  facts: bitwardenFacts,
  history: {
    // Members with their roles are compared; the roster says the same of them.
    volatile: ['events', 'roster'],
  },
  needs: [
    {
      privilege: 'API key of the organisation (scope api.organization)',
      reason: {
        en: 'Lists members, policies and events. Bitwarden has no key that only reads: this one could also invite and remove members and change policies. It never opens a vault. art32 only reads, takes a new token for each look and keeps none.',
        de: 'Listet Mitglieder, Richtlinien und Ereignisse auf. Bitwarden hat keinen Schlüssel, der nur liest: Dieser könnte auch Mitglieder einladen und entfernen und Richtlinien ändern. Einen Tresor öffnet er nie. art32 liest nur, holt für jeden Blick ein neues Token und bewahrt keines auf.',
      },
    },
  ],
  address: ({ clientId }) => clientId,
  roster: 'roster',
  accounts: ({ members = [], roster = [] }) => [
    ...accountsOfRoster(roster),
    ...members.map(({ id, role, status }) => ({ id, isAdmin: isAdmin(role), isActive: status !== 'revoked' })),
  ],
  async collect(given, context) {
    const api = await signIn(given, context).catch(reasonOf)
    if ('read' in api) return { members: api, roster: api, policies: api, events: api, coverage: api }
    const [members, policies, events] = await Promise.all([
      group(readMembers(api)),
      group(readPolicies(api)),
      group(readEvents(api, context.now(), given.eventDays)),
    ])
    return {
      members: mapped(members, (all) => all.map(({ facts }) => facts)),
      roster: mapped(members, (all) =>
        all.map(({ facts: { id, role, status }, mail }) => ({
          id,
          person: context.pseudonym(mail),
          active: status !== 'revoked',
          admin: isAdmin(role),
          rights: [role],
        })),
      ),
      policies,
      events,
      coverage: coverage(members, given, context),
    }
  },
} satisfies Connector<typeof settings, BitwardenFacts>

const isAdmin = (role: BitwardenFacts['members'][number]['role']) => role === 'owner' || role === 'admin'

/** A token lives for an hour at the vendor, and here as long as this look. */
async function signIn({ clientId, clientSecret, baseUrl, identityUrl }: Settings, context: Context): Promise<Api> {
  const tokenUrl = `${identityUrl.replace(/\/$/, '')}/connect/token`
  const token = await clientCredentials(
    { tokenUrl, clientId, scope: 'api.organization', secret: clientSecret },
    context,
  )
  return openApi(
    { base: baseUrl, headers: { authorization: `Bearer ${token}` }, credential: `bitwarden ${clientId}` },
    context,
  )
}

const group = <T>(read: Promise<Seen<T>>): Promise<Seen<T>> => read.catch(reasonOf)

function mapped<T, U>(one: Seen<T>, how: (facts: T) => U): Seen<U> {
  return one.read === 'no' ? one : seen(how(one.facts), one.complete)
}

/** Where a list goes on. */
const next = ({ continuationToken: token }: { continuationToken?: string | null | undefined }) =>
  token === null || token === undefined || token === '' ? undefined : { continuationToken: token }

async function readMembers(api: Api): Promise<Seen<readonly KnownMember[]>> {
  const { items, complete } = await api.list(
    { path: '/public/members', schema: membersPage },
    { items: ({ data }) => data.map(memberOf), next },
  )
  return seen(items, complete)
}

async function readPolicies(api: Api): Promise<Seen<BitwardenFacts['policies']>> {
  const { items, complete } = await api.list(
    { path: '/public/policies', schema: policiesPage },
    { items: ({ data }) => data, next },
  )
  return seen(policiesOf(items), complete)
}

/** One page tells whether the log lives, since the newest come first; exports are looked for on all pages of some days. */
async function readEvents(api: Api, now: Date, days: number): Promise<Seen<BitwardenFacts['events']>> {
  const since = (ago: number) => new Date(now.getTime() - ago * dayMs).toISOString()
  const ask = (ago: number) => ({
    path: '/public/events',
    schema: eventsPage,
    query: { start: since(ago), end: now.toISOString() },
  })
  const [latest, { items, complete }] = await Promise.all([
    api.get(ask(aliveDays)),
    api.list(ask(days), { items: ({ data }) => data.flatMap(exportsOf), next }),
  ])
  return seen({ newest: newestOf(latest.data), from: since(days), exports: [...items] }, complete)
}

function coverage(
  members: Seen<readonly KnownMember[]>,
  { staff, staffDate }: Settings,
  { pseudonym }: Context,
): Seen<BitwardenFacts['coverage']> {
  if (staff.length === 0 || staffDate === undefined)
    return unseen('not-configured', 'there is no list of staff with its day', { needs: 'staff' })
  return mapped(members, (all) => coverageOf(all, { staff, listed: staffDate }, pseudonym))
}
