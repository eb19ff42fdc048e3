import type { Person, TestServer } from './server.ts'

/** A directory that calls art32 as Entra and Okta do. */
export interface TestDirectory {
  readonly token: string
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Response>
  /** Brings a person. @returns the resource */
  bring(email: string, more?: Record<string, unknown>): Promise<ScimUser>
}

/** What art32 answers of a person. */
export interface ScimUser {
  readonly id: string
  readonly userName: string
  readonly displayName: string
  readonly active: boolean
  readonly emails: readonly { readonly value: string }[]
}

/** Opens the directory of a tenant with a token that its owner issues. */
export async function openDirectory(server: TestServer, owner: Person, tenant: string): Promise<TestDirectory> {
  const issued = await owner.post(`/api/tenants/${tenant}/directory/issue_token`, { days: 30 })
  const { token } = (await issued.json()) as { token: string }
  const { publicId } = (await server.registry.open(tenant)).tenant
  const ask: TestDirectory['ask'] = (method, path, body, shown = token) =>
    fetch(`${server.local}/scim/v2/${publicId}${path}`, {
      method,
      headers: { authorization: `Bearer ${shown}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return {
    token,
    ask,
    async bring(email, more = {}) {
      const response = await ask('POST', '/Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: email,
        displayName: email.split('@')[0],
        emails: [{ primary: true, type: 'work', value: email }],
        active: true,
        ...more,
      })
      if (response.status !== 201)
        throw new Error(`bringing was answered with ${response.status}: ${await response.text()}`)
      return (await response.json()) as ScimUser
    },
  }
}
