/**
 * What the first example provider has connected: Linden Apps, whose apps run in its customers' Atlassian and Azure. Every
 * vendor is a strict server on this machine with the answers of a provider that keeps its promises.
 */
import { startAzure, settings as azureSettings } from '../../packages/probes/src/azure/vendor.ts'
import { goodRows, rg } from '../../packages/probes/src/azure/vendor-rows.ts'
import {
  startAtlassian,
  managed,
  person,
  organisation,
  key as atlassianKey,
} from '../../packages/probes/src/atlassian/vendor.ts'
import { bitbucketAnswers, bitbucketSettings, startBitbucket } from '../../packages/probes/src/bitbucket/vendor.ts'
import { member, rightClient, startBitwarden } from '../../packages/probes/src/bitwarden/vendor.ts'
import { id, rule, settingsFor, startEntra, strengthOfMfa, user } from '../../packages/probes/src/entra/vendor.ts'
import { account, app, startForge, token as forgeToken } from '../../packages/probes/src/forge/vendor.ts'
import { startS3, rightKey, object } from '../../packages/probes/src/s3/vendor.ts'
import { description as statusDescription } from '../../packages/probes/src/status/description.ts'
import { startVendor } from '../../packages/probes/src/testing/vendor.ts'
import type { Said } from '../../packages/probes/src/testing/vendor.ts'
import { daysAgo, hoursAgo, nightly } from './connection.ts'
import type { DemoConnection, Keep, Place } from './connection.ts'

const value = (...items: object[]): Said => ({ value: items })

/** Starts the vendors of Linden Apps. @param repository folder of the app's repository */
export async function startLinden(place: Place, keep: Keep, repository: string): Promise<DemoConnection[]> {
  return [
    await entra(place, keep),
    await azure(place, keep),
    await bitbucket(place, keep),
    await forge(place, keep, repository),
    await atlassian(place, keep),
    await bitwarden(place, keep),
    await status(place, keep),
    await bucket(place, keep),
  ]
}

/** Six people, two of them administrators, all with a second factor; sign-in without it and by old protocols is blocked. */
async function entra(place: Place, keep: Keep): Promise<DemoConnection> {
  const names = ['amber', 'birch', 'cedar', 'dahlia', 'elm', 'fern']
  const people = names.map((name) => `${name}@linden-apps.example`)
  const accounts = people.map((userPrincipalName, index) =>
    user(index + 1, { userPrincipalName, employeeId: String(index + 1) }),
  )
  const left = user(9, { accountEnabled: false, userPrincipalName: 'gone@linden-apps.example', signInActivity: null })
  const admin = (number: number) => ({
    id: `assignment-${number}`,
    principalId: id(number),
    roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
    directoryScopeId: '/',
    principal: { '@odata.type': '#microsoft.graph.user', id: id(number) },
  })
  const block = rule(102, { grantControls: { operator: 'OR', builtInControls: ['block'] } })
  const legacy = {
    ...block,
    conditions: { ...block.conditions, clientAppTypes: ['exchangeActiveSync', 'other'] },
    grantControls: {
      operator: 'OR',
      builtInControls: ['block'],
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
    },
  }
  const resistant = {
    operator: 'OR',
    builtInControls: [],
    customAuthenticationFactors: [],
    termsOfUse: [],
    authenticationStrength: { id: strengthOfMfa },
  }
  const vendor = await keep(
    startEntra(
      {
        'GET /v1.0/users': () => value(...accounts, left),
        'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': () =>
          value(...people.map((_name, index) => ({ id: id(index + 1), isAdmin: index < 2, isMfaCapable: true }))),
        'GET /v1.0/identity/conditionalAccess/policies': () => value(rule(101, { grantControls: resistant }), legacy),
        'GET /v1.0/policies/authenticationStrengthPolicies': () =>
          value({
            id: strengthOfMfa,
            requirementsSatisfied: 'mfa',
            allowedCombinations: ['fido2', 'windowsHelloForBusiness'],
          }),
        'GET /v1.0/roleManagement/directory/roleAssignments': () => value(admin(1), admin(2)),
        'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances': () => value(),
        'GET /v1.0/applications': () =>
          value({
            id: id(71),
            passwordCredentials: [],
            keyCredentials: [
              { keyId: id(73), usage: 'Verify', startDateTime: daysAgo(100), endDateTime: daysAgo(-200) },
            ],
          }),
        'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances': () =>
          value({ id: id(81), status: 'Applied', endDateTime: daysAgo(174) }),
        'GET /v1.0/domains': () =>
          value({
            id: 'linden-apps.example',
            isVerified: true,
            authenticationType: 'Managed',
            passwordValidityPeriodInDays: 2_147_483_647,
          }),
        'GET /v1.0/auditLogs/directoryAudits': ({ query }) =>
          query.get('$filter')?.includes('Disable account') === true
            ? value({
                activityDateTime: daysAgo(20),
                result: 'success',
                targetResources: [{ id: id(9), userPrincipalName: 'gone@linden-apps.example' }],
              })
            : value(),
      },
      await place('entra'),
    ),
  )
  return {
    connector: 'entra',
    name: 'Microsoft Entra ID of Linden Apps',
    settings: {
      ...settingsFor(vendor.base),
      people,
      leavers: [{ account: 'gone@linden-apps.example', left: daysAgo(20.2) }],
    },
  }
}

/** Two subscriptions; jobs of backups, keys and secrets with times that move on with the clock. */
async function azure(place: Place, keep: Keep): Promise<DemoConnection> {
  const backupVault = `${rg}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`
  const dataVault = `${rg}/providers/Microsoft.DataProtection/backupVaults/bv-prod`
  const job = (vault: string, set: string, item: string, ended: string) => ({
    id: `${vault}/backupJobs/${item}`,
    operation: 'Backup',
    set,
    item,
    status: 'Completed',
    ended,
  })
  const inDays = (days: number) => Math.floor(Date.parse(daysAgo(-days)) / 1000)
  const item = (name: string, days: number) => ({
    name,
    properties: { contentType: null, attributes: { enabled: true, exp: inDays(days) } },
  })
  const vendor = await keep(
    startAzure(
      {
        rows: {
          'keyvault/vaults': goodRows['keyvault/vaults'].map((row) => ({
            ...row,
            publicAccess: 'Disabled',
            acls: { ...row.acls, ipRules: [] },
          })),
        },
        // Jobs end anew every night, so they are made when they are asked for.
        page: (word) => {
          if (word !== 'backupjobs') return undefined
          const data = [job(backupVault, '', 'vm-prod', nightly(0)), job(dataVault, 'pg-prod', 'orders', nightly(0))]
          return { totalRecords: data.length, count: data.length, data, facets: [], resultTruncated: 'false' }
        },
        answers: {
          'GET keys': () => ({ value: [item('data-key', 300)] }),
          'GET secrets': () => ({ value: [item('db-password', 200)] }),
          'GET backups': () => ({
            value: [0, 1].map((night) => ({
              properties: { backupType: 'Full', completedTime: nightly(night), source: 'Automatic' },
            })),
          }),
        },
      },
      await place('azure'),
    ),
  )
  return { connector: 'azure', name: 'Azure of Linden Apps', settings: azureSettings(vendor.base) }
}

/** One repository in which every change was approved, built, scanned and deployed over three environments. */
async function bitbucket(place: Place, keep: Keep): Promise<DemoConnection> {
  const repository = 'GET /repositories/{workspace}/{repo_slug}'
  const step = (name: string) => ({ name, state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } } })
  const kinds = [
    'push',
    'force',
    'delete',
    'require_approvals_to_merge',
    'require_passing_builds_to_merge',
    'enforce_merge_checks',
    'reset_pullrequest_approvals_on_change',
  ]
  const owner = { type: 'user', uuid: '{c3}', display_name: 'not kept' }
  const vendor = await keep(
    startBitbucket(
      {
        [`${repository}/branch-restrictions`]: () => ({
          values: kinds.map((kind) => ({
            kind,
            branch_match_kind: 'glob',
            pattern: 'main',
            value: kind.startsWith('require') ? 2 : null,
            users: [],
            groups: [],
          })),
        }),
        [`${repository}/pipelines/{pipeline_uuid}/steps`]: () => ({
          values: ['Unit tests', 'SAST with Semgrep', 'Audit of dependencies', 'Secrets', 'Deploy'].map(step),
        }),
        'GET /workspaces/{workspace}/permissions/repositories': () => ({
          values: [{ permission: 'admin', user: owner, repository: { full_name: 'example/shop' } }],
        }),
        [`${repository}/permissions-config/users`]: () => ({ values: [] }),
        [`${repository}/deployments`]: (asked) => {
          const said = bitbucketAnswers[`${repository}/deployments`]?.(asked)
          const { values } = said as { values: object[] }
          return { page: 1, pagelen: 100, size: 3, values: values.slice(0, 3) }
        },
      },
      await place('bitbucket'),
    ),
  )
  return {
    connector: 'bitbucket',
    name: 'Bitbucket of Linden Apps',
    settings: { ...bitbucketSettings(vendor.base) },
  }
}

/** The app as it was deployed is the app as it was reviewed: the manifest lies in the repository of the demo. */
async function forge(place: Place, keep: Keep, repository: string): Promise<DemoConnection> {
  const page = (nodes: readonly object[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })
  const environment = (key: string, type: string, version: string, days: number) => ({
    key,
    type,
    versions: { nodes: [{ version, createdAt: daysAgo(days) }] },
  })
  const installation = (site: string) => ({
    installationContext: `ari:cloud:jira::site/${site}`,
    appEnvironment: { key: 'production', type: 'PRODUCTION' },
    appEnvironmentVersion: { version: '3.2.0' },
  })
  const vendor = await keep(
    startForge(
      {
        art32_environments: () => ({
          data: {
            app: {
              environmentsPage: page([
                environment('default', 'DEVELOPMENT', '7.0.0', 2),
                environment('staging', 'STAGING', '4.1.0', 4),
                environment('production', 'PRODUCTION', '3.2.0', 3),
              ]),
            },
          },
        }),
        art32_installations: () => ({
          data: { ecosystem: { appInstallationsByApp: page(['a', 'b', 'c'].map(installation)) } },
        }),
        art32_deployed: () => ({
          data: {
            app: {
              environmentByKey: {
                versions: {
                  nodes: [
                    {
                      version: '3.2.0',
                      createdAt: daysAgo(3),
                      permissions: [{ scopes: [], egress: [], securityPolicies: [] }],
                      extensions: {
                        nodes: [{ key: 'panel', extensionData: { type: 'jira:issuePanel', title: 'Forms' } }],
                      },
                      storage: { hosted: { classifications: ['UGC'], locations: ['EU'] }, remotes: [] },
                    },
                  ],
                },
              },
            },
          },
        }),
      },
      await place('forge'),
    ),
  )
  return {
    connector: 'forge',
    name: 'Linden Forms on Forge',
    settings: { app, account, token: forgeToken, baseUrl: vendor.base, repository },
  }
}

async function atlassian(place: Place, keep: Keep): Promise<DemoConnection> {
  const ids = ['amber', 'birch', 'cedar']
  const vendor = await keep(
    startAtlassian(
      {
        managed: () => ({
          data: ids.map((one) => managed(one, { last_active: daysAgo(1) })),
          meta: { total: ids.length },
          links: { self: null, next: null },
        }),
        people: () => ({ data: ids.map((one) => person(one)), links: { self: 'x' } }),
      },
      await place('atlassian'),
    ),
  )
  return {
    connector: 'atlassian',
    name: 'Atlassian organisation of Linden Apps',
    settings: { organisation, key: atlassianKey, baseUrl: `${vendor.base}/admin` },
  }
}

async function bitwarden(place: Place, keep: Keep): Promise<DemoConnection> {
  const names = ['amber', 'birch', 'cedar', 'dahlia']
  const address = (name: string) => `${name}@linden-apps.example`
  const vendor = await keep(
    startBitwarden(
      { members: names.map((name, index) => member(name, { email: address(name), type: index < 2 ? 0 : 2 })) },
      await place('bitwarden'),
    ),
  )
  return {
    connector: 'bitwarden',
    name: 'Bitwarden of Linden Apps',
    settings: {
      clientId: rightClient.clientId,
      clientSecret: rightClient.clientSecret,
      baseUrl: vendor.base,
      identityUrl: vendor.base,
      staff: names.map(address),
      staffDate: daysAgo(1).slice(0, 10),
    },
  }
}

/** A Statuspage with one incident, which somebody of Linden Apps acknowledged within the hour. */
async function status(place: Place, keep: Keep): Promise<DemoConnection> {
  const at = daysAgo(5)
  const vendor = await keep(
    startVendor({
      description: statusDescription,
      isAuthorised: () => true,
      at: await place('status'),
      answers: {
        'GET /api/v2/incidents.json': () => ({
          page: { id: 'p1', name: 'Example', url: 'https://status.example.com', time_zone: 'Etc/UTC' },
          incidents: [
            {
              id: 'forge-invocations',
              name: 'Invocations are slow',
              status: 'resolved',
              impact: 'minor',
              created_at: at,
              shortlink: null,
              components: [{ id: 'c1', name: 'Forge Functions', status: 'operational' }],
              incident_updates: [],
            },
          ],
        }),
      },
    }),
  )
  return {
    connector: 'status',
    name: 'Status of Atlassian Forge',
    settings: {
      feed: `${vendor.base}/api/v2/incidents.json`,
      components: ['Forge Functions'],
      acknowledgements: [{ incident: 'forge-invocations', by: 'engineer on duty', at: hoursAgo(5 * 24 - 1) }],
    },
  }
}

/** The second cloud storage for copies of repositories and pipelines. */
async function bucket(place: Place, keep: Keep): Promise<DemoConnection> {
  const vendor = await keep(
    startS3({
      objects: {
        get ''() {
          return [object('repositories.bundle.age', nightly(0), 48_000_000)]
        },
      },
      at: await place('bucket'),
    }),
  )
  return {
    connector: 's3',
    name: 'Second storage of Linden Apps',
    settings: { bucket: 'copies', region: 'eu-central-1', ...rightKey, baseUrl: vendor.base },
  }
}
