import { z } from 'zod'
import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Said } from '../testing/vendor.ts'
import { description, searchFields } from './description.ts'

export const organisation = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
export const key = 'ATCTT3-example-key'

export const managed = (id: string, more: object = {}) => ({
  account_id: `557058:${id}`,
  account_type: 'atlassian',
  account_status: 'active',
  name: `Account of ${id}`,
  picture: 'https://avatar.example.com/a.png',
  email: `${id}@example.com`,
  access_billable: true,
  last_active: '2026-11-20T13:10:59.759Z',
  product_access: [{ key: 'jira-software', name: 'Jira', url: 'example.atlassian.net', last_active: '2026-11-20' }],
  links: { self: `https://api.example.com/users/${id}/manage/profile` },
  ...more,
})

const managedPages = [
  [managed('a'), managed('b', { last_active: undefined })],
  [managed('app', { account_type: 'app' }), managed('gone', { account_status: 'inactive' })],
  [managed('c', { last_active: '2026-01-01T00:00:00' })],
]

export const person = (id: string, more: object = {}) => ({
  accountId: `557058:${id}`,
  accountType: 'atlassian',
  accountStatus: 'active',
  membershipStatus: 'active',
  claimStatus: 'managed',
  mfaEnabled: true,
  name: `Account of ${id}`,
  email: `${id}@example.com`,
  platformRoles: [],
  addedToOrg: '2025-03-01T09:00:00Z',
  ...more,
})

const peoplePages = [
  [person('a', { platformRoles: ['atlassian/org-admin'] }), person('b', { mfaEnabled: false, addedToOrg: undefined })],
  [
    person('c', { mfaEnabled: undefined }),
    person('guest', { claimStatus: 'unmanaged', mfaEnabled: null }),
    person('suspended', { membershipStatus: 'suspended' }),
  ],
]

const searched = z
  .object({ cursor: z.string().optional(), limit: z.int().max(100) })
  .catchall(z.unknown())
  .refine((body) => Object.keys(body).every((name) => searchFields.some((known) => known === name)))

/** A strict server of the Organizations API. */
export const startAtlassian = (
  instead: { managed?: (page: number) => Said; people?: (page: number) => Said } = {},
  at?: ListenAt,
) =>
  startVendor({
    description,
    at,
    isAuthorised: ({ authorization }) => authorization === `Bearer ${key}`,
    answers: {
      'GET /admin/v1/orgs/{orgId}/users': ({ params, query, base }) => {
        const page = Number(query.get('cursor') ?? 0)
        if (instead.managed !== undefined) return instead.managed(page)
        const next = page + 1 < managedPages.length ? String(page + 1) : null
        // The first page names the next by its address, the second by a mark: both are met.
        const address = `${base}/admin/v1/orgs/${params['orgId']}/users?cursor=${next}`
        return {
          data: managedPages[page],
          meta: { total: 5 },
          links: { self: null, next: next === null || page > 0 ? next : address },
        }
      },
      'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search': ({ body, params }) => {
        if (params['directoryId'] !== '-') throw new Error('there is no such directory')
        const page = Number(searched.parse(body).cursor ?? 0)
        if (instead.people !== undefined) return instead.people(page)
        return {
          data: peoplePages[page],
          links: { self: 'x', ...(page + 1 < peoplePages.length ? { next: String(page + 1) } : {}) },
        }
      },
    },
  })
