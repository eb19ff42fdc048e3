import type { Call, Description } from '../testing/vendor.ts'

const subscription = '/subscriptions/{subscription}'
const group = `${subscription}/resourceGroups/{group}/providers`
const vault = `${group}/Microsoft.KeyVault/vaults/{name}`
const postgres = `${group}/Microsoft.DBforPostgreSQL/flexibleServers/{name}`

const versioned: Call = { query: ['api-version'], required: ['api-version'], rights: ['Reader'] }
const paged: Call = { ...versioned, query: ['api-version', '$skiptoken'] }
const filtered: Call = { ...versioned, query: ['api-version', '$filter', '$skiptoken'] }

/** The calls of Azure that the connector makes, as the published REST reference describes them. */
export const description: Description = {
  'POST /{tenant}/oauth2/v2.0/token': {},
  'POST /providers/Microsoft.ResourceGraph/resources': versioned,
  [`GET ${subscription}/providers/Microsoft.Authorization/permissions`]: paged,
  [`GET ${subscription}/providers/Microsoft.Authorization/locks`]: filtered,
  [`GET ${subscription}/providers/Microsoft.Authorization/roleAssignments`]: filtered,
  [`GET ${subscription}/providers/Microsoft.Authorization/roleDefinitions`]: filtered,
  [`GET ${subscription}/providers/Microsoft.Security/secureScores`]: paged,
  [`GET ${subscription}/providers/Microsoft.Solutions/applicationDefinitions`]: paged,
  [`GET ${subscription}/providers/Microsoft.Solutions/applications`]: paged,
  [`GET ${vault}/keys`]: paged,
  [`GET ${vault}/secrets`]: { ...paged, query: ['api-version', '$top', '$skiptoken'] },
  [`GET ${vault}/providers/Microsoft.Insights/diagnosticSettings`]: versioned,
  [`GET ${group}/Microsoft.Web/sites/{name}/config/web`]: versioned,
  [`GET ${postgres}/configurations/{parameter}`]: versioned,
  [`GET ${postgres}/backups`]: paged,
}

/** The version of the API in which each provider is asked. */
export const versions: Readonly<Record<string, string>> = {
  'Microsoft.ResourceGraph/resources': '2022-10-01',
  'Microsoft.Authorization/permissions': '2022-04-01',
  'Microsoft.Authorization/locks': '2020-05-01',
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Authorization/roleDefinitions': '2022-04-01',
  'Microsoft.Security/secureScores': '2020-01-01',
  'Microsoft.Solutions/applicationDefinitions': '2021-07-01',
  'Microsoft.Solutions/applications': '2021-07-01',
  'Microsoft.Insights/diagnosticSettings': '2021-05-01-preview',
  'Microsoft.KeyVault/vaults': '2025-05-01',
  'Microsoft.Web/sites': '2024-04-01',
  'Microsoft.DBforPostgreSQL/flexibleServers': '2025-08-01',
}
