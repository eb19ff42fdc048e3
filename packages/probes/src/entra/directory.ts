import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { EntraFacts } from './facts.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

const time = z.iso.datetime({ offset: true }).nullable()

const authorizationPolicy = z.object({
  allowInvitesFrom: z.string().nullable(),
  guestUserRoleId: z.string().nullable(),
  defaultUserRolePermissions: z.object({ permissionGrantPoliciesAssigned: z.array(z.string()) }),
})

/** What guests and users may do. */
export async function readAuthorization({ api }: Graph): Promise<Seen<EntraFacts['authorization']>> {
  const said = await api.get({
    path: '/policies/authorizationPolicy',
    query: { $select: 'allowInvitesFrom,guestUserRoleId,defaultUserRolePermissions' },
    schema: authorizationPolicy,
  })
  // Others of these policies are about groups and chats that somebody owns.
  const consent = said.defaultUserRolePermissions.permissionGrantPoliciesAssigned.flatMap((name) => {
    const own = /^ManagePermissionGrantsForSelf\.(.+)$/i.exec(name)?.[1]
    return own === undefined ? [] : [own]
  })
  return seen({ guestRole: said.guestUserRoleId, invitesFrom: said.allowInvitesFrom, consent })
}

const credential = z.object({ keyId: z.string(), startDateTime: time, endDateTime: time })
const application = z.object({
  id: z.string(),
  passwordCredentials: z.array(credential),
  keyCredentials: z.array(credential),
})

/** The credentials of apps that the tenant registered. */
export async function readCredentials({ api }: Graph): Promise<Seen<EntraFacts['credentials']>> {
  const { items, complete } = await all(
    api,
    {
      path: '/applications',
      query: { $select: 'id,passwordCredentials,keyCredentials', $top: '999' },
      item: application,
    },
    (app) => (app.passwordCredentials.length + app.keyCredentials.length === 0 ? undefined : app),
  )
  const listed = items.flatMap(({ id, passwordCredentials, keyCredentials }) => {
    const as =
      (kind: 'secret' | 'certificate') =>
      ({ keyId, startDateTime, endDateTime }: z.output<typeof credential>) => ({
        app: id,
        key: keyId,
        kind,
        start: startDateTime,
        end: endDateTime,
      })
    return [...passwordCredentials.map(as('secret')), ...keyCredentials.map(as('certificate'))]
  })
  // The same certificate is listed twice where it signs and verifies.
  const byKey = new Map(listed.map((one) => [`${one.app} ${one.key}`, one]))
  return seen([...byKey.values()], complete)
}

/** The template of settings that holds the rules for passwords, the same in every tenant. */
const passwordRules = '5cf42378-d67d-4f36-ba46-e8b86229381d'

/** What holds where a tenant never changed them. */
const defaults = { LockoutThreshold: '10', LockoutDurationInSeconds: '60' }

const groupSetting = z.object({
  templateId: z.string().nullable(),
  values: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
})
const domain = z.object({
  id: z.string(),
  isVerified: z.boolean(),
  authenticationType: z.string(),
  passwordValidityPeriodInDays: z.int().nullable(),
})

/** The rules for passwords that the directory keeps. */
export async function readPasswords({ api }: Graph): Promise<Seen<EntraFacts['passwords']>> {
  const [settings, domains] = await Promise.all([
    all(api, { path: '/groupSettings', query: { $select: 'templateId,values' }, item: groupSetting }, (one) =>
      one.templateId === passwordRules ? one.values : undefined,
    ),
    all(
      api,
      {
        path: '/domains',
        query: { $select: 'id,isVerified,authenticationType,passwordValidityPeriodInDays' },
        item: domain,
      },
      // Passwords of a federated domain are kept elsewhere.
      ({ id, isVerified, authenticationType, passwordValidityPeriodInDays }) =>
        isVerified && authenticationType === 'Managed'
          ? { domain: id, validDays: passwordValidityPeriodInDays }
          : undefined,
    ),
  ])
  const values: Readonly<Record<string, string | null>> = {
    ...defaults,
    ...Object.fromEntries((settings.items[0] ?? []).map(({ name, value }) => [name, value])),
  }
  const isOn = values['EnableBannedPasswordCheck']?.toLowerCase() === 'true'
  const words = (values['BannedPasswordList'] ?? '').split(/[\t\n\r]+/).filter((word) => word.trim() !== '')
  return seen(
    {
      bannedWords: isOn ? words.length : 0,
      lockoutAfter: Number(values['LockoutThreshold']),
      lockoutSeconds: Number(values['LockoutDurationInSeconds']),
      domains: [...domains.items],
    },
    settings.complete && domains.complete,
  )
}

const definition = z.object({ id: z.string() })
const instance = z.object({ status: z.string().nullable(), endDateTime: time })

/** Completed by people; a review that ended by itself, with nobody's decision, is `AutoReviewed`. */
const completedBy = new Set(['Completed', 'Applying', 'Applied'])

/** Access reviews and when they were last completed. */
export async function readReviews({ api }: Graph): Promise<Seen<EntraFacts['reviews']>> {
  const definitions = await all(
    api,
    { path: '/identityGovernance/accessReviews/definitions', query: { $select: 'id' }, item: definition },
    ({ id }) => id,
  )
  const reviews: EntraFacts['reviews'] = []
  let { complete } = definitions
  for (const id of definitions.items) {
    const ends = await all(
      api,
      {
        path: '/identityGovernance/accessReviews/definitions/{definition}/instances',
        params: { definition: id },
        query: { $select: 'id,status,endDateTime' },
        item: instance,
      },
      ({ status, endDateTime }) => (completedBy.has(status ?? '') ? (endDateTime ?? undefined) : undefined),
    )
    complete &&= ends.complete
    reviews.push({ id, completed: newest(ends.items) })
  }
  return seen(reviews, complete)
}

/** The latest of some times. */
export function newest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (latest, one) => (latest === null || Date.parse(one) > Date.parse(latest) ? one : latest),
    null,
  )
}
