import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { deploymentsRead } from './facts.ts'
import type { ForgeFacts } from './facts.ts'
import type { Query } from './graphql.ts'

/** Times come as milliseconds since 1970 in a text, or in ISO 8601. */
const time = z.string().transform((text, context) => {
  const at = new Date(/^\d{12,14}$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\dT/.test(text) ? text : Number.NaN)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  context.addIssue({ code: 'custom', message: 'not a time' })
  return z.NEVER
})
const type = z.enum(['DEVELOPMENT', 'STAGING', 'PRODUCTION'])
const paging = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

/** A list may hold nothing in a place that this account must not see. */
const listOf = <T extends z.ZodType>(node: T) =>
  z
    .array(node.nullable())
    .nullish()
    .transform((nodes) => (nodes ?? []).filter((one) => one !== null))
const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? [])

/** An app that is not there, or not for this account, is null without any error. */
function mustSee<T>(app: T | null | undefined): T {
  if (app === null || app === undefined)
    throw new Unreadable('denied', 'the app is not there, or not for this account', { needs: 'contributor of the app' })
  return app
}

const environmentsPage = z.object({
  app: z
    .object({
      environmentsPage: z.object({
        nodes: listOf(
          z.object({
            key: z.string(),
            type,
            versions: z
              .object({ nodes: listOf(z.object({ version: z.string(), createdAt: time })) })
              .nullish()
              .transform((versions) => versions?.nodes ?? []),
          }),
        ),
        pageInfo: paging,
      }),
    })
    .nullish(),
})

export const environmentsOf = (app: string): Query<z.output<typeof environmentsPage>> => ({
  text: `query art32_environments($app: ID!, $first: Int!, $after: String, $versions: Int!) {
    app(id: $app) { environmentsPage(first: $first, after: $after) {
      nodes { key type versions(first: $versions) { nodes { version createdAt } } }
      pageInfo { hasNextPage endCursor }
    } } }`,
  variables: { app, first: 25, versions: deploymentsRead },
  schema: environmentsPage,
})

export function pageOfEnvironments(answer: z.output<typeof environmentsPage>) {
  const { nodes, pageInfo } = mustSee(answer.app).environmentsPage
  const items: ForgeFacts['environments'] = nodes.map(({ key, type: kind, versions }) => ({
    key,
    type: kind,
    deployments: versions
      .map(({ version, createdAt }) => ({ version, at: createdAt }))
      .sort((a, b) => (a.at < b.at ? 1 : -1)),
  }))
  return { items, next: nextOf(pageInfo) }
}

const installationsPage = z.object({
  ecosystem: z
    .object({
      appInstallationsByApp: z
        .object({
          nodes: z.array(
            z
              .object({
                installationContext: z.string(),
                appEnvironment: z.object({ key: z.string(), type }).nullish(),
                appEnvironmentVersion: z.object({ version: z.string() }).nullish(),
              })
              .nullable(),
          ),
          pageInfo: paging,
        })
        .nullish(),
    })
    .nullish(),
})

export const installationsOf = (app: string): Query<z.output<typeof installationsPage>> => ({
  text: `query art32_installations($filter: AppInstallationsByAppFilter!, $first: Int!, $after: String) {
    ecosystem { appInstallationsByApp(filter: $filter, first: $first, after: $after) {
      nodes { installationContext appEnvironment { key type } appEnvironmentVersion { version } }
      pageInfo { hasNextPage endCursor }
    } } }`,
  variables: { filter: { apps: { ids: [app] } }, first: 100 },
  schema: installationsPage,
})

export function pageOfInstallations(answer: z.output<typeof installationsPage>) {
  const { nodes, pageInfo } = mustSee(answer.ecosystem?.appInstallationsByApp)
  const items = nodes.map((node): ForgeFacts['installations'][number] | null => {
    if (node?.appEnvironment === null || node?.appEnvironment === undefined) return null
    return {
      context: node.installationContext,
      environment: node.appEnvironment.key,
      type: node.appEnvironment.type,
      version: node.appEnvironmentVersion?.version ?? null,
    }
  })
  return { items, next: nextOf(pageInfo) }
}

/** A list that goes on without saying where must not be taken for the whole. */
function nextOf({ hasNextPage, endCursor }: z.output<typeof paging>): string | null {
  if (!hasNextPage) return null
  if (endCursor) return endCursor
  throw new Unreadable('contract', '/graphql has a further page and does not say where')
}

const versionPage = z.object({
  app: z
    .object({
      environmentByKey: z
        .object({
          versions: z
            .object({
              nodes: listOf(
                z.object({
                  version: z.string(),
                  createdAt: time,
                  permissions: z.array(
                    z.object({
                      scopes: z.array(z.object({ key: z.string() })),
                      egress: listOf(
                        z.object({
                          type: z.string().nullish(),
                          addresses: strings,
                          inScopeEUD: z.boolean().nullish(),
                        }),
                      ),
                      securityPolicies: listOf(z.object({ policies: strings })),
                    }),
                  ),
                  extensions: z
                    .object({
                      nodes: listOf(z.object({ key: z.string(), extensionData: z.looseObject({ type: z.string() }) })),
                    })
                    .nullish()
                    .transform((extensions) => extensions?.nodes ?? []),
                  storage: z.object({
                    hosted: z.object({ classifications: strings, locations: strings }).nullish(),
                    remotes: listOf(z.object({ key: z.string(), baseUrl: z.string(), locations: strings })),
                  }),
                }),
              ),
            })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
})

export const deployedOf = (app: string, environment: string): Query<z.output<typeof versionPage>> => ({
  text: `query art32_deployed($app: ID!, $environment: String!, $first: Int!) {
    app(id: $app) { environmentByKey(key: $environment) { versions(first: $first) { nodes {
      version createdAt
      permissions { scopes { key } egress { type addresses inScopeEUD } securityPolicies { type policies } }
      extensions { nodes { key extensionData } }
      storage { hosted { classifications locations } remotes { key baseUrl locations } }
    } } } } }`,
  variables: { app, environment, first: 1 },
  schema: versionPage,
})

/** Types of modules that the platform adds, or that stand elsewhere in a manifest. */
const notInModules = new Set(['remote', 'service', 'event', 'workflow'])
/** Addresses that are scripts and styles, and those to which people go by themselves. */
const codeTypes = new Set(['SCRIPTS', 'STYLES'])

export function deployedFrom(answer: z.output<typeof versionPage>): ForgeFacts['deployed'] {
  const version = mustSee(answer.app).environmentByKey?.versions?.nodes[0]
  if (version === undefined) throw new Unreadable('not-configured', 'nothing was deployed to this environment')
  const egress = version.permissions.flatMap((one) => one.egress)
  const isCode = (kind: string | null | undefined) => codeTypes.has(kind ?? '')
  return {
    version: version.version,
    at: version.createdAt,
    scopes: [...new Set(version.permissions.flatMap(({ scopes }) => scopes.map(({ key }) => key)))].sort(),
    egress: egress
      .filter((one) => !isCode(one.type) && one.type !== 'NAVIGATION')
      .flatMap(({ addresses, inScopeEUD }) =>
        addresses.map((address) => ({ address, inScopeEndUserData: inScopeEUD === true })),
      ),
    content: [
      ...egress.filter((one) => isCode(one.type)).flatMap(({ addresses }) => addresses),
      ...version.permissions.flatMap(({ securityPolicies }) => securityPolicies.flatMap(({ policies }) => policies)),
    ],
    modules: version.extensions
      .map(({ key, extensionData }) => ({ type: extensionData.type.replace(/^(core|xen):/, ''), key }))
      .filter((one) => !notInModules.has(one.type)),
    storage: { hosted: version.storage.hosted ?? null, remotes: version.storage.remotes },
  }
}
