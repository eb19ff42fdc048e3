import { z } from 'zod'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { EntraFacts, Policy, Strength } from './facts.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

const texts = z.array(z.string())

const graphPolicy = z.object({
  id: z.string(),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  // Loose, since a condition that Microsoft adds later narrows a rule, too.
  conditions: z.looseObject({
    clientAppTypes: texts,
    users: z
      .object({
        includeUsers: texts,
        excludeUsers: texts,
        includeGroups: texts,
        excludeGroups: texts,
        includeRoles: texts,
        excludeRoles: texts,
        includeGuestsOrExternalUsers: z.unknown(),
        excludeGuestsOrExternalUsers: z.unknown(),
      })
      .nullish(),
    applications: z
      .object({ includeApplications: texts, excludeApplications: texts, applicationFilter: z.unknown() })
      .nullish(),
    platforms: z.object({ includePlatforms: texts, excludePlatforms: texts }).nullish(),
    locations: z.object({ includeLocations: texts, excludeLocations: texts }).nullish(),
    devices: z.unknown(),
    authenticationFlows: z.unknown(),
    clientApplications: z.unknown(),
    insiderRiskLevels: z.unknown(),
    signInRiskLevels: texts,
    userRiskLevels: texts,
    servicePrincipalRiskLevels: z.unknown(),
  }),
  grantControls: z
    .object({
      operator: z.string().nullable(),
      builtInControls: texts,
      customAuthenticationFactors: texts,
      termsOfUse: texts,
      authenticationStrength: z.object({ id: z.string() }).nullish(),
    })
    .nullish(),
})
type GraphPolicy = z.output<typeof graphPolicy>

const graphStrength = z.object({
  id: z.string(),
  requirementsSatisfied: z.string(),
  allowedCombinations: texts,
})

const securityDefaultsSchema = z.object({ isEnabled: z.boolean() })

/** What is required of those who sign in: security defaults, rules, and the strengths that the rules name. */
export async function readAccess(graph: Graph): Promise<Pick<Groups, 'signIn' | 'policies'>> {
  const [policies, securityDefaults] = await Promise.all([
    readPolicies(graph).catch(reasonOf),
    readSecurityDefaults(graph).then((isOn) => seen(isOn), reasonOf),
  ])
  if (securityDefaults.read === 'no') return { policies, signIn: securityDefaults }
  // With security defaults no rule of the tenant can be in force: what cannot be read of them changes nothing.
  if (securityDefaults.facts) return { policies, signIn: seen({ securityDefaults: true, policies: [], strengths: [] }) }
  if (policies.read === 'no') return { policies, signIn: policies }
  return { policies, signIn: seen({ securityDefaults: false, ...policies.facts }, policies.complete) }
}

type Groups = { readonly [K in keyof EntraFacts]: Seen<EntraFacts[K]> }

async function readSecurityDefaults({ api }: Graph): Promise<boolean> {
  const path = '/policies/identitySecurityDefaultsEnforcementPolicy'
  return (await api.get({ path, query: { $select: 'isEnabled' }, schema: securityDefaultsSchema })).isEnabled
}

async function readPolicies({ api }: Graph): Promise<Groups['policies']> {
  const [policies, strengths] = await Promise.all([
    all(
      api,
      // No selection: the strength that a rule names is a relation, which a selection may leave out.
      { path: '/identity/conditionalAccess/policies', item: graphPolicy },
      asPolicy,
    ),
    all(
      api,
      {
        path: '/policies/authenticationStrengthPolicies',
        query: { $select: 'id,requirementsSatisfied,allowedCombinations' },
        item: graphStrength,
      },
      asStrength,
    ),
  ])
  for (const { grant } of policies.items)
    if (typeof grant?.strength === 'string' && !strengths.items.some(({ id }) => id === grant.strength))
      throw new Unreadable('contract', 'a rule names an authentication strength that is not in the list')
  return seen(
    { policies: [...policies.items], strengths: [...strengths.items] },
    policies.complete && strengths.complete,
  )
}

function asStrength({ id, requirementsSatisfied, allowedCombinations }: z.output<typeof graphStrength>): Strength {
  return { id, mfa: requirementsSatisfied.split(',').includes('mfa'), combinations: allowedCombinations }
}

function asPolicy({ id, state, conditions, grantControls }: GraphPolicy): Policy {
  const { users, applications } = conditions
  return {
    id,
    state,
    users: {
      all: users?.includeUsers.includes('All') ?? false,
      included: users ? named(users, 'include') : [],
      excluded: users ? named(users, 'exclude') : [],
    },
    apps: {
      all: applications?.includeApplications.includes('All') ?? false,
      excluded: [
        ...(applications?.excludeApplications ?? []).map((app) => `app:${app}`),
        ...(isSet(applications?.applicationFilter) ? ['app-filter'] : []),
      ],
    },
    clients: conditions.clientAppTypes,
    narrowedBy: narrowing(conditions),
    grant: grantControls
      ? {
          operator: grantControls.operator,
          controls: grantControls.builtInControls,
          strength: grantControls.authenticationStrength?.id ?? null,
          others: grantControls.customAuthenticationFactors.length + grantControls.termsOfUse.length,
        }
      : null,
  }
}

function named(users: NonNullable<GraphPolicy['conditions']['users']>, way: 'include' | 'exclude'): string[] {
  const people = users[`${way}Users`].filter((id) => id !== 'All' && id !== 'None')
  const hasGuests = people.includes('GuestsOrExternalUsers') || isSet(users[`${way}GuestsOrExternalUsers`])
  return [
    ...people.filter((id) => id !== 'GuestsOrExternalUsers').map((id) => `user:${id}`),
    ...users[`${way}Groups`].map((id) => `group:${id}`),
    ...users[`${way}Roles`].map((id) => `role:${id}`),
    ...(hasGuests ? ['guests'] : []),
  ]
}

/** Names of the conditions that keep a rule from applying always. */
function narrowing(conditions: GraphPolicy['conditions']): string[] {
  const { platforms, locations } = conditions
  const narrow: Readonly<Record<string, boolean>> = {
    platforms: !!platforms && (!platforms.includePlatforms.includes('all') || platforms.excludePlatforms.length > 0),
    locations: !!locations && (!locations.includeLocations.includes('All') || locations.excludeLocations.length > 0),
  }
  const others = Object.entries(conditions)
    .filter(([name, condition]) => !notNarrowing.has(name) && !name.includes('@') && isSet(condition))
    .map(([name]) => name)
  return [...Object.keys(narrow).filter((name) => narrow[name]), ...others]
}

/** Conditions that are judged by what they say; every other one narrows as soon as it is set. */
const notNarrowing = new Set([
  'users',
  'applications',
  'clientAppTypes',
  'platforms',
  'locations',
  // About programs that sign in, not people.
  'servicePrincipalRiskLevels',
])

function isSet(condition: unknown): boolean {
  return condition !== null && condition !== undefined && !(Array.isArray(condition) && condition.length === 0)
}
