import { z } from 'zod'
import { mostPages } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { AtlassianFacts } from './facts.ts'

/** Times come with or without zone and fractions; empty where there is none. */
const time = z
  .string()
  .nullish()
  .transform((text, context) => {
    if (text === null || text === undefined || text === '') return null
    const at = new Date(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text)
    if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString()
    context.addIssue({ code: 'custom', message: 'not a time' })
    return z.NEVER
  })
const links = z.object({ next: z.string().nullish() }).nullish()

const managedPage = z.object({
  data: z.array(
    z.object({
      account_id: z.string(),
      account_type: z.string(),
      account_status: z.string(),
      last_active: time,
    }),
  ),
  links,
})

/** All managed accounts of people who can sign in; apps, customers of a help desk and closed accounts are left out. */
export async function readManaged(api: Api, organisation: string): Promise<Seen<AtlassianFacts['managed']>> {
  const { items, complete } = await api.list(
    { path: '/v1/orgs/{orgId}/users', params: { orgId: organisation }, schema: managedPage },
    {
      items: ({ data }) =>
        data
          .filter((one) => one.account_type === 'atlassian' && one.account_status === 'active')
          .map((one) => ({ id: one.account_id, lastActive: one.last_active })),
      // An address in the one version of the interface, a mere mark in the other.
      next: (page) => {
        const next = page.links?.next ?? ''
        if (next === '') return undefined
        return /^(https?:|\/)/.test(next) ? next : { cursor: next }
      },
    },
  )
  return seen([...items], complete)
}

const peoplePage = z.object({
  data: z.array(
    z.object({
      accountId: z.string(),
      accountType: z.string().optional(),
      accountStatus: z.string().optional(),
      claimStatus: z.string(),
      membershipStatus: z.string().optional(),
      mfaEnabled: z.boolean().nullish(),
      platformRoles: z.array(z.string()).nullish(),
      addedToOrg: time,
    }),
  ),
  links,
})

/** Everybody whose access is not suspended, over all directories (`-`). Asked by POST, and changes nothing. */
export async function readPeople(api: Api, organisation: string): Promise<Seen<AtlassianFacts['people']>> {
  const people = new Map<string, AtlassianFacts['people'][number]>()
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const found = await api.post({
      path: '/v2/orgs/{orgId}/directories/{directoryId}/users/search',
      params: { orgId: organisation, directoryId: '-' },
      schema: peoplePage,
      body: {
        limit: 100,
        accountStatus: ['active'],
        membershipStatus: ['active'],
        expand: ['platformRoles'],
        ...(cursor === undefined ? {} : { cursor }),
      },
    })
    for (const one of found.data) {
      // The filter is asked for, and not relied on.
      if ((one.accountStatus ?? 'active') !== 'active' || (one.membershipStatus ?? 'active') !== 'active') continue
      if ((one.accountType ?? 'atlassian') === 'atlassian') people.set(one.accountId, personOf(one))
    }
    const next = cursorOf(found.links?.next ?? '')
    if (next === '') return seen([...people.values()])
    if (next === cursor) throw new Unreadable('contract', 'the search for users names the same page as the next one')
    cursor = next
  }
  return seen([...people.values()], false)
}

const personOf = (one: z.output<typeof peoplePage>['data'][number]): AtlassianFacts['people'][number] => ({
  id: one.accountId,
  managed: one.claimStatus === 'managed',
  admin: (one.platformRoles ?? []).some((role) => role.endsWith('admin')),
  secondFactor: one.mfaEnabled ?? null,
  addedAt: one.addedToOrg,
})

/** The mark of the next page: as it is, or in an address. */
function cursorOf(next: string): string {
  if (!URL.canParse(next)) return next
  return new URL(next).searchParams.get('cursor') ?? next
}
