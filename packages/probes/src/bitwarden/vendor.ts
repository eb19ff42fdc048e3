import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'

/** What the server of the tests accepts, and the token that it gives for it. */
export const rightClient = {
  clientId: 'organization.539a36c5-e0d2-4cf9-979e-51ecf5cf6593',
  clientSecret: 'client-secret-of-a-test',
  token: 'token-of-a-test',
}

/** A member as the vendor tells it. */
export const member = (id: string, change: object = {}) => ({
  object: 'member',
  id,
  userId: `user-of-${id}`,
  name: `Person ${id}`,
  email: `${id}@Example.com`,
  twoFactorEnabled: true,
  status: 2,
  type: 2,
  collections: [],
  resetPasswordEnrolled: false,
  ...change,
})

const policy = (type: number, data: object | null = null) => ({
  object: 'policy',
  id: `policy-${type}`,
  type,
  enabled: true,
  data,
})

/** An event so many hours before now. */
export const event = (type: number, hoursAgo: number, change: object = {}) => ({
  object: 'event',
  type,
  date: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
  actingUserId: 'user-of-a',
  device: 9,
  ipAddress: '192.0.2.7',
  ...change,
})

/** What the organisation holds: all of it as it should be. */
export const stock = {
  members: [member('a', { type: 0 }), member('b', { type: 0 }), member('c'), member('d', { status: -1 })],
  policies: [
    policy(0),
    policy(1, { minComplexity: 3, minLength: 14, enforceOnLogin: true }),
    policy(3),
    policy(9, { minutes: 60, action: 'lock' }),
    policy(21),
  ],
  events: [event(1000, 1), event(1107, 5)],
}

export type Stock = Readonly<Record<keyof typeof stock, readonly object[]>>

/** The vendor with this stock; a page of events holds two. */
export function startBitwarden(all: Partial<Stock> = {}, at?: ListenAt): Promise<VendorServer> {
  const { members, policies, events } = { ...stock, ...all }
  return startVendor({
    description,
    at,
    answers: {
      'POST /connect/token': ({ body }) => giveToken(body),
      'GET /public/members': () => ({ object: 'list', data: members }),
      'GET /public/policies': () => ({ object: 'list', data: policies }),
      'GET /public/events': (asked) => page(events, asked),
    },
    isAuthorised: ({ authorization }) => authorization === `Bearer ${rightClient.token}`,
    open: ['POST /connect/token'],
  })
}

function giveToken(body: unknown): Said {
  const form: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {}
  const isRight =
    form['grant_type'] === 'client_credentials' &&
    form['scope'] === 'api.organization' &&
    form['client_id'] === rightClient.clientId &&
    form['client_secret'] === rightClient.clientSecret
  if (!isRight) return { status: 400, json: { error: 'invalid_client' } }
  return { access_token: rightClient.token, expires_in: 3600, token_type: 'Bearer', scope: 'api.organization' }
}

function page(items: readonly object[], { query }: Asked): Said {
  const at = Number(query.get('continuationToken') ?? 0)
  const more = at + 2 < items.length
  return { object: 'list', data: items.slice(at, at + 2), continuationToken: more ? String(at + 2) : null }
}
