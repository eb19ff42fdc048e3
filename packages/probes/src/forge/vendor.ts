import { z } from 'zod'
import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Said } from '../testing/vendor.ts'
import { askedByTheVendor, description } from './description.ts'

export const app = 'ari:cloud:ecosystem::app/11111111-2222-4333-8444-555555555555'
export const account = 'forge@example.com'
export const token = 'ATATT-example-token'

const site = (name: string) => `ari:cloud:jira::site/${name}`
const times = { staging: '1793440800000', production: '2026-11-02T10:00:00.000Z' }

const environment = (key: string, type: string, versions: readonly (object | null)[] | null) => ({
  key,
  type,
  versions: versions === null ? null : { nodes: versions },
})

const environments = [
  [
    environment('default', 'DEVELOPMENT', [{ version: '7.0.0', createdAt: '1793613600000' }]),
    environment('staging', 'STAGING', [{ version: '4.1.0', createdAt: times.staging }]),
  ],
  [environment('production', 'PRODUCTION', [{ version: '3.2.0', createdAt: times.production }, null])],
]

const installation = (context: string, type: string, version: string | null) => ({
  installationContext: site(context),
  appEnvironment: { key: type.toLowerCase(), type },
  appEnvironmentVersion: version === null ? null : { version },
})

const installations = [
  [installation('a', 'PRODUCTION', '3.2.0'), installation('b', 'PRODUCTION', '2.9.1')],
  [installation('c', 'PRODUCTION', null), installation('own', 'STAGING', '4.1.0')],
]

/** A version as Atlassian's command line reads it. */
export const version = () => ({
  version: '3.2.0',
  createdAt: times.production,
  permissions: [
    {
      scopes: [{ key: 'write:jira-work' }, { key: 'read:jira-work' }],
      egress: [
        {
          type: 'FETCH_BACKEND_SIDE',
          addresses: ['https://api.example.com', 'https://remote.example.com'],
          inScopeEUD: true,
        },
        { type: 'SCRIPTS', addresses: ['https://cdn.example.com'], inScopeEUD: null },
        { type: 'NAVIGATION', addresses: ['https://docs.example.com'], inScopeEUD: null },
        { type: 'IMAGES', addresses: null, inScopeEUD: null },
      ],
      securityPolicies: [{ type: 'STYLES', policies: ['unsafe-inline'] }],
    },
  ],
  extensions: {
    nodes: [
      { key: 'panel', extensionData: { type: 'jira:issuePanel', title: 'Panel' } },
      { key: 'main', extensionData: { type: 'core:function' } },
      { key: 'backend', extensionData: { type: 'core:remote' } },
      null,
    ],
  },
  storage: {
    hosted: { classifications: ['UGC'], locations: ['EU'] },
    remotes: [{ key: 'backend', baseUrl: 'https://remote.example.com', locations: null }],
  },
})

const pages = (all: readonly object[][], after: string | null) => {
  const page = after === null ? 0 : Number(after)
  return {
    nodes: all[page] ?? [],
    pageInfo: { hasNextPage: page + 1 < all.length, endCursor: page + 1 < all.length ? String(page + 1) : null },
  }
}

const asked = z.object({ query: z.string(), variables: z.object({ after: z.string().nullish() }) })

/** Answers of the three operations; each can be replaced. */
export type Operations = Partial<Record<keyof typeof askedByTheVendor, (after: string | null) => Said>>

const good: Required<Operations> = {
  art32_environments: (after) => ({ data: { app: { environmentsPage: pages(environments, after) } } }),
  art32_installations: (after) => ({ data: { ecosystem: { appInstallationsByApp: pages(installations, after) } } }),
  art32_deployed: () => ({ data: { app: { environmentByKey: { versions: { nodes: [version()] } } } } }),
}

/** Atlassian's GraphQL as strict as can be: a field for which its own command line does not ask stops the test. */
export const startForge = (instead: Operations = {}, at?: ListenAt) =>
  startVendor({
    description,
    at,
    isAuthorised: ({ authorization }) =>
      authorization === `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
    answers: {
      'POST /graphql': ({ body }) => {
        const { query, variables } = asked.parse(body)
        const name = operationOf(query)
        const unknown = fieldsOf(query).filter((one) => !askedByTheVendor[name].some((known) => known === one))
        if (unknown.length > 0) throw new Error(`${name} asks for ${unknown.join(', ')}`)
        return { ...good, ...instead }[name](variables.after ?? null)
      },
    },
  })

function operationOf(query: string): keyof typeof askedByTheVendor {
  const name = /^query (\w+)\(/.exec(query)?.[1]
  for (const known of ['art32_environments', 'art32_installations', 'art32_deployed'] as const)
    if (name === known) return known
  throw new Error('an operation that nobody knows')
}

/** Names of fields: what stands outside the brackets of arguments, after the first brace. */
const fieldsOf = (query: string) =>
  query
    .slice(query.indexOf('{'))
    .replace(/\([^)]*\)/g, ' ')
    .match(/\w+/g) ?? []
